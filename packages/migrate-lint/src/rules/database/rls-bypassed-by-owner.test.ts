import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './rls-bypassed-by-owner.ts';

const database = await databaseTesting(rule);
const table = 'CREATE TABLE bills (id int PRIMARY KEY, tenant text); ALTER TABLE bills ENABLE ROW LEVEL SECURITY;';
const tenant = `CREATE POLICY tenant ON bills USING (tenant = current_setting('app.tenant'));`;

test.each([
  ['forced', `${table} ${tenant} ALTER TABLE bills FORCE ROW LEVEL SECURITY;`],
  ['a role with grants', `${table} ${tenant} CREATE ROLE app; GRANT SELECT ON bills TO app;`],
  ['a role that a policy names', `${table} CREATE ROLE app; CREATE POLICY p ON bills TO app USING (tenant = 'a');`],
  ['clients of an API', `${table} CREATE POLICY p ON bills USING (tenant = auth.uid()::text);`],
  ['a schema that is only closed', table],
  ['policies that are not in effect', `CREATE TABLE bills (id int, tenant text); ${tenant}`],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('a table whose owner is the only one there', async () => {
  expect(await database.say(`${table} ${tenant}`)).toEqual([
    'bills: The policies of `bills` do not hold for its owner, and no migration grants the table to another role, so the application that connects as the owner sees every row.',
  ]);
  expect(await database.prove(`${table} ${tenant}`)).toEqual(['ALTER TABLE "bills" FORCE ROW LEVEL SECURITY;']);
});
