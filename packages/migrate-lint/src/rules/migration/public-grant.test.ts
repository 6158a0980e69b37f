import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './public-grant.ts';

const before = 'CREATE TABLE orders (id integer); CREATE SCHEMA app;';

test.each([
  'GRANT USAGE ON SCHEMA public TO PUBLIC;',
  'GRANT SELECT ON orders TO PUBLIC;',
  'GRANT ALL ON orders TO PUBLIC;',
  'GRANT ALL ON SCHEMA app TO app_owner;',
  'REVOKE CREATE ON SCHEMA public FROM PUBLIC;',
  'ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC;',
  'GRANT reader TO app_owner;',
])('is silent of %s', async sql => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test.each([
  ['GRANT ALL ON SCHEMA app TO PUBLIC;', 'the right to make objects in the schema `app`'],
  ['GRANT CREATE, USAGE ON SCHEMA public TO public;', 'the right to make objects in the schema `public`'],
  [
    'ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT ALL ON TABLES TO PUBLIC;',
    'the right to write to every table that is made from here on',
  ],
])('tells of %s', async (sql, right) => {
  expect(await say(rule, before, sql)).toEqual([`Every role of the server, now and later, gets ${right}.`]);
});
