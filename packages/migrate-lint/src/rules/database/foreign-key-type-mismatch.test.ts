import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './foreign-key-type-mismatch.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const tie = (child: string, parent: string): string =>
  `CREATE TABLE "parents" ("id" ${parent} PRIMARY KEY);\nCREATE TABLE "children" ("id" bigint PRIMARY KEY, "parent" ${child} REFERENCES "parents"("id"));`;

test.each([
  ['integer', 'integer'],
  ['bigint', 'integer'],
  ['integer', 'smallint'],
  ['text', 'varchar(20)'],
  ['varchar', 'text'],
  ['text', 'varchar'],
  ['varchar(30)', 'varchar(20)'],
  ['numeric(12)', 'numeric(10)'],
  ['uuid', 'uuid'],
  ['date', 'timestamptz'],
  ['varchar(36)', 'text DEFAULT gen_random_uuid()'],
])('is silent on %s to %s', async (child, parent) => {
  expect(await database.flagged(tie(child, parent))).toEqual([]);
});

test.each([
  ['integer', 'bigint'],
  ['smallint', 'integer'],
  ['varchar(10)', 'text'],
  ['varchar(10)', 'varchar(20)'],
  ['integer', 'numeric'],
])('tells %s to %s, and widens it', async (child, parent) => {
  const sql = tie(child, parent);
  expect(await database.flagged(sql)).toEqual(['children.children_parent_fkey']);
  await database.prove(sql);
});

test('says both columns', async () => {
  expect(await database.say(tie('integer', 'bigint'))).toEqual([
    'children.children_parent_fkey: `children.parent` is `integer` and refers to `parents.id`, which is `bigint`, so keys that do not fit cannot be referred to.',
  ]);
});

test('looks at each column of a compound key', async () => {
  const sql = `CREATE TABLE "parents" ("a" bigint, "b" text, PRIMARY KEY ("a", "b"));
CREATE TABLE "children" ("id" bigint PRIMARY KEY, "x" text, "y" integer, FOREIGN KEY ("y", "x") REFERENCES "parents"("a", "b"));`;
  expect(await database.prove(sql)).toEqual(['ALTER TABLE "children" ALTER COLUMN "y" TYPE bigint;']);
});

test('gives no SQL where a view reads the column', async () => {
  const sql = `${tie('integer', 'bigint')}\nCREATE VIEW "v" AS SELECT "parent" FROM "children";`;
  expect(await database.findings(sql)).toMatchObject([{ fix: { sql: null, safety: 'unsafe' } }]);
});

test('leaves relations to the schema', async () => {
  const schema = `model parents {
  id       BigInt     @id
  children children[]
}

model children {
  id       BigInt   @id
  parent   BigInt?
  relation parents? @relation(fields: [parent], references: [id])
}`;
  expect(await database.flagged(tie('integer', 'bigint'), { schema })).toEqual([]);
});

test('tells a column once, whatever many foreign keys it has', async () => {
  const again = `${tie('integer', 'bigint')}\nALTER TABLE "children" ADD FOREIGN KEY ("parent") REFERENCES "parents"("id");`;
  expect(await database.flagged(again)).toEqual(['children.children_parent_fkey']);
});
