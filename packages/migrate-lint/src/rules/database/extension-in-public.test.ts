import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './extension-in-public.ts';

const database = await databaseTesting(rule);
const clients = 'CREATE TABLE notes (id uuid PRIMARY KEY DEFAULT auth.uid());';

test.each([
  ['no client', 'CREATE EXTENSION citext;'],
  [
    'a schema of its own',
    `${clients} CREATE SCHEMA IF NOT EXISTS extensions; CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA "extensions";`,
  ],
  ['moved later', `${clients} CREATE SCHEMA ext; CREATE EXTENSION citext; ALTER EXTENSION citext SET SCHEMA ext;`],
  [
    'what Supabase installs',
    `${clients} CREATE EXTENSION IF NOT EXISTS "uuid-ossp"; CREATE EXTENSION IF NOT EXISTS pgcrypto;`,
  ],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('one without a schema and one in public, and the fix', async () => {
  const sql = `${clients} CREATE EXTENSION citext; CREATE EXTENSION pg_trgm SCHEMA public;`;
  expect(await database.say(sql)).toEqual([
    'citext: The extension `citext` is installed in `public`, so what it brings is a part of the API.',
    'pg_trgm: The extension `pg_trgm` is installed in `public`, so what it brings is a part of the API.',
  ]);
  expect(await database.prove(sql)).toEqual([
    'CREATE SCHEMA IF NOT EXISTS extensions;\nALTER EXTENSION "citext" SET SCHEMA extensions;',
    'CREATE SCHEMA IF NOT EXISTS extensions;\nALTER EXTENSION "pg_trgm" SET SCHEMA extensions;',
  ]);
});
