import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './auth-users-exposed.ts';

const database = await databaseTesting(rule);

test.each([
  ['own account', 'CREATE VIEW me AS SELECT id, email FROM auth.users WHERE id = auth.uid();'],
  ['ids and times', 'CREATE VIEW members AS SELECT id, created_at FROM auth.users;'],
  ['security_invoker', 'CREATE VIEW members WITH (security_invoker = true) AS SELECT email FROM auth.users;'],
  ['a REVOKE', 'CREATE VIEW members AS SELECT email FROM auth.users; REVOKE ALL ON members FROM anon, authenticated;'],
  ['another schema', 'CREATE SCHEMA app; CREATE VIEW app.members AS SELECT email FROM auth.users;'],
  [
    'users of the project',
    'CREATE SCHEMA auth; CREATE TABLE auth.users (email text); CREATE VIEW members AS SELECT email FROM auth.users;',
  ],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('names what it shows, and the fix takes it from clients', async () => {
  const sql = `CREATE VIEW members AS SELECT id, email, raw_user_meta_data ->> 'name' AS name FROM auth.users;`;
  expect(await database.say(sql)).toEqual([
    'members: Whoever reads the view `members` sees `email, raw_user_meta_data` of every account in `auth.users`.',
  ]);
  expect(await database.prove(sql)).toEqual(['REVOKE ALL ON "members" FROM "anon", "authenticated";']);
});

test('a materialized view, and one through another view', async () => {
  const sql = `CREATE SCHEMA app; CREATE VIEW app.a AS SELECT email FROM auth.users;
    CREATE MATERIALIZED VIEW copy AS SELECT email FROM auth.users; CREATE VIEW b AS SELECT email FROM app.a;`;
  expect(await database.flagged(sql)).toEqual(['copy', 'b']);
});
