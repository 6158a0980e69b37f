import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './public-grant.ts';

const database = await databaseTesting(rule);
const bills = 'CREATE TABLE bills (id int PRIMARY KEY);';

test.each([
  ['no grant', bills],
  ['reading', `${bills} GRANT SELECT ON bills TO PUBLIC;`],
  ['a role', `${bills} CREATE ROLE app; GRANT ALL ON bills TO app;`],
  ['revoked again', `${bills} GRANT ALL ON bills TO PUBLIC; REVOKE ALL ON bills FROM PUBLIC;`],
  [
    'a function',
    'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$; GRANT EXECUTE ON FUNCTION f() TO PUBLIC;',
  ],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('names the privileges, and the fix takes them back', async () => {
  const sql = `${bills} CREATE VIEW v AS SELECT * FROM bills; GRANT SELECT, INSERT, DELETE ON bills TO PUBLIC; GRANT ALL ON v TO PUBLIC;`;
  expect(await database.say(sql)).toEqual([
    'bills: Every role may delete, insert on `bills`, because that is granted to `PUBLIC`.',
    'v: Every role may delete, insert, truncate, update on `v`, because that is granted to `PUBLIC`.',
  ]);
  expect(await database.prove(sql)).toEqual([
    'REVOKE DELETE, INSERT ON "bills" FROM PUBLIC;',
    'REVOKE DELETE, INSERT, TRUNCATE, UPDATE ON "v" FROM PUBLIC;',
  ]);
});

test('a default for the tables to come', async () => {
  const sql = `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO PUBLIC; ${bills}`;
  expect(await database.flagged(sql)).toEqual(['bills']);
});
