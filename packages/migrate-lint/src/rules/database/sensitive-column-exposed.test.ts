import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './sensitive-column-exposed.ts';

const database = await databaseTesting(rule);
const table = (columns: string, name = 'profiles') =>
  `CREATE TABLE ${name} (id uuid PRIMARY KEY DEFAULT auth.uid(), ${columns}); ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;`;
const open = (name = 'profiles') => `CREATE POLICY everyone ON ${name} FOR SELECT USING (true);`;

test.each([
  ['own rows', `${table('email text')} CREATE POLICY own ON profiles FOR SELECT USING (id = auth.uid());`],
  ['hashes and public keys', `${table('password_hash text, public_key text, share_token text')} ${open()}`],
  ['no text', `${table('email_verified boolean, password_changed_at timestamptz')} ${open()}`],
  ['a shop', `${table('phone text, email text', 'restaurants')} ${open('restaurants')}`],
  ['colleagues', `${table('email text')} CREATE POLICY team ON profiles FOR SELECT TO authenticated USING (true);`],
  [
    'a restrictive policy',
    `${table('email text')} ${open()} CREATE POLICY r ON profiles AS RESTRICTIVE USING (id = auth.uid());`,
  ],
  [
    'columns that are granted',
    `${table('email text')} ${open()} REVOKE SELECT ON profiles FROM anon; GRANT SELECT (id) ON profiles TO anon;`,
  ],
  ['a REVOKE', `${table('email text')} ${open()} REVOKE ALL ON profiles FROM anon, authenticated;`],
  ['no row-level security', `CREATE TABLE profiles (id uuid DEFAULT auth.uid(), email text); ${open()}`],
  [
    'no client',
    `CREATE TABLE profiles (id int, email text); ALTER TABLE profiles ENABLE ROW LEVEL SECURITY; ${open()}`,
  ],
  [
    'open for writing, of which another rule speaks',
    `${table('email text')} CREATE POLICY p ON profiles USING (true);`,
  ],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('personal data that everybody reads', async () => {
  expect(await database.say(`${table('email text, date_of_birth date, name text')} ${open()}`)).toEqual([
    'profiles.email: A policy lets everybody read every row of `profiles`, and with it `email`, which tells who a person is.',
    'profiles.date_of_birth: A policy lets everybody read every row of `profiles`, and with it `date_of_birth`, which tells who a person is.',
  ]);
});

test.each([
  '(true)',
  `(auth.role() = 'authenticated')`,
  '((SELECT auth.uid()) IS NOT NULL)',
  '(auth.uid() IS NOT NULL)',
])('a secret that every signed-in user reads: %s', async condition => {
  const sql = `${table('api_key text', 'shops')} CREATE POLICY p ON shops FOR SELECT TO authenticated USING ${condition};`;
  expect(await database.say(sql)).toEqual([
    'shops.api_key: A policy lets every signed-in user read every row of `shops`, and with it `api_key`, which is a secret.',
  ]);
});
