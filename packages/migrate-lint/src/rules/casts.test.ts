import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../database/database.ts';
import { openEmbedded } from '../database/embedded.ts';
import { castKind } from './casts.ts';

let database: Database;
beforeAll(async () => {
  database = await openEmbedded([]);
  await database.execute(`CREATE TYPE one AS ENUM ('a'); CREATE TYPE two AS ENUM ('a');
CREATE FUNCTION runs(script text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN EXECUTE script; RAISE EXCEPTION 'undone' USING ERRCODE = 'UNDON';
EXCEPTION WHEN SQLSTATE 'UNDON' THEN RETURN true; WHEN OTHERS THEN RETURN false; END $$;`);
}, 60_000);
afterAll(() => database.close());

const types = [
  ...['smallint', 'integer', 'bigint', 'numeric', 'numeric(10,2)', 'real', 'double precision', 'money', 'text'],
  ...['character varying(5)', 'character(5)', 'name', 'boolean', 'date', 'timestamp(3) without time zone'],
  ...['timestamp with time zone', 'time without time zone', 'time with time zone', 'interval', 'uuid', 'json', 'jsonb'],
  ...['bytea', 'inet', 'cidr', 'bit(4)', 'bit varying', 'xml', 'oid', 'one', 'two'],
  ...['text[]', 'integer[]', 'bigint[]', 'one[]', 'uuid[]', 'boolean[]'],
];
const isEnum = (type: string): boolean => type === 'one' || type === 'two';

const isNewer = (from: string, to: string): boolean =>
  [from, to].includes('bytea') && [from, to].some(type => /^(?:smallint|integer|bigint)$/.test(type));

test.each(types)('casts %s as Postgres does', async from => {
  const script = (to: string, using: string): string =>
    `runs('CREATE TEMP TABLE t (c ${from}); ALTER TABLE t ALTER c TYPE ${to}${using}')`;
  const others = types.filter(to => to !== from);
  const rows = others.map(
    to => `SELECT '${to}' AS "to", ${script(to, '')} AS "plain", ${script(to, ` USING c::${to}`)} AS "using"`,
  );
  const measured = await database.query<{ to: string; plain: boolean; using: boolean }>(rows.join(' UNION ALL '));
  const kinds = measured
    .filter(({ to }) => !isNewer(from, to))
    .map(({ to, plain, using }) => [to, plain ? 'assignment' : using ? 'explicit' : 'none']);
  expect(kinds.length).toBeGreaterThan(30);
  expect(others.filter(to => !isNewer(from, to)).map(to => [to, castKind(from, to, isEnum)])).toEqual(kinds);
});

test('does not know what only Postgres 18 can', () => {
  expect(castKind('integer', 'bytea', isEnum)).toBeUndefined();
  expect(castKind('bytea', 'bigint', isEnum)).toBeUndefined();
});

test('does not know what is not of Postgres', () => {
  expect(castKind('geometry', 'text', isEnum)).toBeUndefined();
  expect(castKind('text', '"Unknown"', isEnum)).toBeUndefined();
});
