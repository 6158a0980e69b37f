import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './superuser-statement.ts';

test.each([
  `CREATE ROLE reader NOLOGIN;`,
  `CREATE ROLE "superuser" LOGIN PASSWORD 'bypassrls';`,
  `CREATE ROLE reader NOSUPERUSER NOREPLICATION;`,
  `CREATE EXTENSION IF NOT EXISTS pgcrypto;`,
  `ALTER ROLE reader SET search_path = public;`,
  `CREATE TABLE load (id integer);`,
])('is silent of %s', async sql => {
  expect(await say(rule, '', sql)).toEqual([]);
});

test.each([
  [`ALTER SYSTEM SET work_mem = '64MB';`, 'ALTER SYSTEM'],
  [`CREATE ROLE boss SUPERUSER;`, 'a role with SUPERUSER'],
  [`ALTER ROLE boss BYPASSRLS;`, 'a role with BYPASSRLS'],
  [`CREATE TABLESPACE fast LOCATION '/mnt/fast';`, 'CREATE TABLESPACE'],
  [`CREATE TABLE a (id integer); COPY a FROM PROGRAM 'cat x';`, 'COPY with a file or program of the server'],
  [`CREATE TABLE a (id integer); COPY a FROM 'rows.csv';`, 'COPY with a file or program of the server'],
])('tells of %s', async (sql, what) => {
  expect(await say(rule, '', sql)).toEqual([
    `Only a superuser may run ${what}, which hosted databases give to nobody, so the migration fails there.`,
  ]);
});
