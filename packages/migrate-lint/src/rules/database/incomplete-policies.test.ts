import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './incomplete-policies.ts';

const database = await databaseTesting(rule);
const table = 'CREATE TABLE notes (id int PRIMARY KEY, owner text); ALTER TABLE notes ENABLE ROW LEVEL SECURITY;';
const own = 'USING (owner = current_user)';

test.each([
  ['ALL without WITH CHECK', `CREATE POLICY p ON notes ${own};`],
  ['no policy for DELETE', `CREATE POLICY r ON notes FOR SELECT ${own}; CREATE POLICY u ON notes FOR UPDATE ${own};`],
  ['insert only', `CREATE POLICY p ON notes FOR INSERT WITH CHECK (owner = current_user);`],
  [
    'reading for everybody',
    `CREATE POLICY r ON notes FOR SELECT USING (true); CREATE POLICY u ON notes FOR UPDATE TO authenticated ${own};`,
  ],
  [
    'a role that may be a member of the reading one',
    `CREATE ROLE reader; CREATE ROLE editor IN ROLE reader; CREATE POLICY r ON notes FOR SELECT TO reader ${own}; CREATE POLICY u ON notes FOR UPDATE TO editor ${own};`,
  ],
  ['a role that no policy binds', `CREATE POLICY u ON notes FOR UPDATE TO service_role USING (true);`],
  ['closed on purpose, permissive', `CREATE POLICY d ON notes FOR DELETE USING (false);`],
  ['closed on purpose', `CREATE POLICY d ON notes AS RESTRICTIVE FOR DELETE USING (false);`],
  [
    'restrictive beside permissive',
    `CREATE POLICY p ON notes ${own}; CREATE POLICY d ON notes AS RESTRICTIVE FOR DELETE USING (id > 1);`,
  ],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(`${table} ${sql}`)).toEqual([]);
});

test.each([
  [
    `CREATE POLICY p ON notes FOR UPDATE ${own};`,
    'is for UPDATE, and no policy for SELECT shows `public` the rows, so a statement with a WHERE finds none of them',
  ],
  [
    `CREATE POLICY r ON notes FOR SELECT TO anon USING (true); CREATE POLICY p ON notes FOR DELETE TO authenticated ${own};`,
    'is for DELETE, and no policy for SELECT shows `authenticated` the rows, so a statement with a WHERE finds none of them',
  ],
  [`CREATE POLICY p ON notes FOR SELECT;`, 'has neither USING nor WITH CHECK, so it lets nobody through'],
  [
    `CREATE POLICY p ON notes AS RESTRICTIVE ${own};`,
    'is restrictive and there is no permissive one beside it, so it lets nobody through',
  ],
])('%s', async (sql, said) => {
  expect(await database.say(`${table} ${sql}`)).toEqual([`notes.p: The policy \`p\` of \`notes\` ${said}.`]);
});
