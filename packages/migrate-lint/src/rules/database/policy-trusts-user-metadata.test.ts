import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './policy-trusts-user-metadata.ts';

const database = await databaseTesting(rule);
const table = 'CREATE TABLE bills (id int PRIMARY KEY, org text); ALTER TABLE bills ENABLE ROW LEVEL SECURITY;';
const policy = (condition: string) => `${table} CREATE POLICY p ON bills USING (${condition});`;

test.each([
  ['app metadata', policy(`org = (auth.jwt() -> 'app_metadata' ->> 'org')`)],
  [
    'a column of that name',
    `CREATE TABLE t (id int, user_metadata text); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (user_metadata = 'x');`,
  ],
  [
    'a trigger that copies it',
    `${policy('true')} CREATE FUNCTION copied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.org := NEW.raw_user_meta_data ->> 'org'; RETURN NEW; END $$;`,
  ],
  [
    'no row-level security',
    `CREATE TABLE t (id int); CREATE POLICY p ON t USING ((auth.jwt() -> 'user_metadata' ->> 'a') = 'b');`,
  ],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test.each([
  [`org = (auth.jwt() -> 'user_metadata' ->> 'org')`, `app_metadata`],
  [`org = (auth.jwt() #>> '{user_metadata,org}')`, `'{app_metadata,org}'`],
  [
    `EXISTS (SELECT FROM auth.users u WHERE u.id = auth.uid() AND u.raw_user_meta_data ->> 'org' = org)`,
    'raw_app_meta_data',
  ],
])('%s, and its fix', async (condition, fixed) => {
  expect(await database.say(policy(condition))).toEqual([
    'bills.p: The policy `p` of `bills` decides by `user_metadata`, which every user sets for himself.',
  ]);
  expect((await database.prove(policy(condition))).join()).toContain(fixed);
});

test('a function between', async () => {
  const helper = `CREATE FUNCTION my_org() RETURNS text LANGUAGE sql AS $$ SELECT auth.jwt() -> 'user_metadata' ->> 'org' $$;`;
  expect(await database.say(`${helper} ${policy('org = my_org()')}`)).toEqual([
    'bills.p: The policy `p` of `bills` decides, through `my_org`, by `user_metadata`, which every user sets for himself.',
  ]);
});
