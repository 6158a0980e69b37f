import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './rls-disabled.ts';

const database = await databaseTesting(rule);
const profiles = `CREATE TABLE profiles (id uuid PRIMARY KEY); ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;`;
const clients = `${profiles} CREATE POLICY own ON profiles USING (id = (SELECT auth.uid()));`;
const payments = 'CREATE TABLE payments (id int PRIMARY KEY);';
const locked = (names: string) =>
  names
    .split(' ')
    .map(name => `CREATE TABLE ${name} (id int PRIMARY KEY); ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;`)
    .join('\n');

test.each([
  ['no client, no row-level security', payments],
  [
    'tenants by a setting of the server',
    `${payments} ${profiles} CREATE POLICY mine ON profiles USING (id = current_setting('app.tenant')::uuid);`,
  ],
  ['a role of the server', `${payments} CREATE ROLE app; GRANT ALL ON payments TO app;`],
  ['a REVOKE of the table', `${clients} ${payments} REVOKE ALL ON payments FROM anon, authenticated;`],
  [
    'a REVOKE of all tables',
    `${clients} ${payments} REVOKE ALL ON ALL TABLES IN SCHEMA public FROM anon, authenticated;`,
  ],
  ['a schema that the API does not offer', `${clients} CREATE SCHEMA internal; CREATE TABLE internal.jobs (id int);`],
  [
    'policies, of which another rule speaks',
    `${clients} ${payments} CREATE POLICY all_of_it ON payments USING (true);`,
  ],
  [
    'few locked tables among many',
    `${locked('a b c d')} ${payments} CREATE TABLE e (id int); CREATE TABLE f (id int);`,
  ],
  [
    'a project’s own schema called auth',
    'CREATE SCHEMA auth; CREATE TABLE auth.users (id int PRIMARY KEY); CREATE TABLE posts (author int REFERENCES auth.users);',
  ],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test.each([
  ['a policy that asks for the user', clients],
  ['a policy for a role of the API', `${profiles} CREATE POLICY all_of_it ON profiles TO authenticated USING (true);`],
  ['a grant', `CREATE ROLE anon; GRANT SELECT ON payments TO anon;`],
  [
    'a default',
    `CREATE TABLE notes (id int, owner uuid DEFAULT auth.uid()); ALTER TABLE notes ENABLE ROW LEVEL SECURITY;`,
  ],
  [
    'a key to the accounts',
    `CREATE TABLE notes (id uuid REFERENCES auth.users); ALTER TABLE notes ENABLE ROW LEVEL SECURITY;`,
  ],
])('knows clients by %s', async (_name, sql) => {
  expect(await database.say(`${payments} ${sql}`)).toEqual([
    'payments: `payments` has no row-level security and clients reach it, so whoever has the public key of the API reads and changes every row.',
  ]);
});

test('of several tables of PostgREST only those that are granted', async () => {
  const sql = `CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE ROLE web_anon; GRANT SELECT ON a TO web_anon;`;
  expect(await database.flagged(sql)).toEqual(['a']);
});

test('a table that was left out when the others were closed', async () => {
  expect(await database.say(`${locked('a b c d')} ${payments}`)).toEqual([
    'payments: `payments` has no row-level security, unlike nearly every other table of its schema, which the API of the platform lets anybody read.',
  ]);
});

test('the fix enables it', async () => {
  expect(await database.prove(`${clients} CREATE TABLE "pay ""ments" (id int PRIMARY KEY);`)).toEqual([
    'ALTER TABLE "pay ""ments" ENABLE ROW LEVEL SECURITY;',
  ]);
});
