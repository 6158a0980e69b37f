import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './unvalidated-constraint.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const offers = `CREATE TABLE "users" ("id" bigint PRIMARY KEY);
CREATE TABLE "offers" ("id" bigint PRIMARY KEY, "cents" bigint, "note" text, "user_id" bigint);\n`;
const check = `ALTER TABLE "offers" ADD CONSTRAINT "positive" CHECK ("cents" > 0 AND "note" <> E'a\\nb') NOT VALID;\n`;
const key =
  'ALTER TABLE "offers" ADD CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION NOT VALID;\n';

test.each([
  ['a CHECK', 'ALTER TABLE "offers" ADD CHECK ("cents" > 0);'],
  ['one that was validated later', `${check}ALTER TABLE "offers" VALIDATE CONSTRAINT "positive";`],
  ['a foreign key that was', `${key}ALTER TABLE "offers" VALIDATE CONSTRAINT "fk";`],
])('is silent on %s', async (_, sql) => {
  expect(await database.flagged(offers + sql)).toEqual([]);
});

test('leaves foreign keys of the schema, and those that it lacks, to drift', async () => {
  const schema = (back: string, relation: string): string =>
    `model users {\n  id BigInt @id\n  ${back}\n}\n\nmodel offers {\n  id BigInt @id\n  cents BigInt?\n  note String?\n  user_id BigInt?\n  ${relation}\n}\n`;
  const user = 'user users? @relation(fields: [user_id], references: [id], map: "fk")';
  expect(await database.flagged(offers + key, { schema: schema('offers offers[]', user) })).toEqual([]);
  expect(await database.flagged(offers + key, { schema: schema('', '') })).toEqual([]);
  expect(await database.flagged(offers + check, { schema: schema('', '') })).toEqual(['offers.positive']);
});

test('tells both kinds, and validates them', async () => {
  expect(await database.say(offers + check + key)).toEqual([
    'offers.positive: The CHECK `positive` of `offers` is NOT VALID, so rows from before it may break it.',
    'offers.fk: The foreign key `fk` of `offers` is NOT VALID, so rows from before it may point to what is not there.',
  ]);
  const fixes = await database.prove(offers + check + key);
  expect(fixes.map(sql => sql.split('\n'))).toEqual([
    [
      expect.stringMatching(
        /^-- Fails while this finds rows: SELECT \* FROM "offers" WHERE NOT \(\(\(cents > 0\) AND /,
      ),
      'ALTER TABLE "offers" VALIDATE CONSTRAINT "positive";',
    ],
    [expect.stringMatching(/^-- Fails/), 'ALTER TABLE "offers" VALIDATE CONSTRAINT "fk";'],
  ]);
});
