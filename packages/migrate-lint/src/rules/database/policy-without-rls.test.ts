import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './policy-without-rls.ts';

const database = await databaseTesting(rule);
const notes = 'CREATE TABLE notes (id int PRIMARY KEY, owner text);';
const policy = 'CREATE POLICY own ON notes USING (owner = current_user);';

test.each([
  ['enabled before', `${notes} ALTER TABLE notes ENABLE ROW LEVEL SECURITY; ${policy}`],
  ['enabled after', `${notes} ${policy} ALTER TABLE notes ENABLE ROW LEVEL SECURITY;`],
  ['no policy', notes],
  ['dropped again', `${notes} ${policy} DROP POLICY own ON notes;`],
  ['a table of the platform', `CREATE POLICY own ON storage.objects USING (owner = auth.uid());`],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('names the table and its policies', async () => {
  expect(await database.say(`${notes}\n${policy}`)).toEqual([
    'notes: Row-level security is not enabled on `notes`, so `own` holds nobody back.',
  ]);
  expect(await database.say(`${notes} ${policy} CREATE POLICY other ON notes USING (true);`)).toEqual([
    'notes: Row-level security is not enabled on `notes`, so `other, own` hold nobody back.',
  ]);
});

test('one that was disabled again, and the fix', async () => {
  const sql = `${notes} ALTER TABLE notes ENABLE ROW LEVEL SECURITY; ${policy} ALTER TABLE notes DISABLE ROW LEVEL SECURITY;`;
  expect(await database.prove(sql)).toEqual(['ALTER TABLE "notes" ENABLE ROW LEVEL SECURITY;']);
});
