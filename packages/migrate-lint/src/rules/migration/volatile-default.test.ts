import { expect, jest, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './volatile-default.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const orders = `CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text);
INSERT INTO "orders" VALUES (1), (2);
`;
const add = (definition: string): string => `ALTER TABLE "orders" ADD COLUMN "a" ${definition};`;

test.each([
  ['no default', add('uuid')],
  ['a constant', add(`text NOT NULL DEFAULT 'new'`)],
  ['now()', add('timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP')],
  ['a date', add('date NOT NULL DEFAULT now()')],
  ['a list', add(`text[] DEFAULT ARRAY[]::text[]`)],
  ['serial', add('serial')],
  ['identity', add('bigint GENERATED ALWAYS AS IDENTITY')],
  ['SET DEFAULT', 'ALTER TABLE "orders" ALTER COLUMN "email" SET DEFAULT gen_random_uuid()::text;'],
  [
    'a default that comes after',
    'ALTER TABLE "orders" ADD COLUMN "a" uuid, ALTER COLUMN "a" SET DEFAULT gen_random_uuid();',
  ],
  ['a new table', 'CREATE TABLE "b" ("id" integer);\nALTER TABLE "b" ADD COLUMN "a" uuid DEFAULT gen_random_uuid();'],
  [
    'a temporary table',
    'CREATE TEMP TABLE "b" ("id" integer);\nALTER TABLE "b" ADD COLUMN "a" uuid DEFAULT gen_random_uuid();',
  ],
  ['a column that is there', 'ALTER TABLE "orders" ADD COLUMN IF NOT EXISTS "email" text DEFAULT random()::text;'],
])('is silent of %s', async (_, sql) => {
  expect(await say(rule, orders, sql)).toEqual([]);
});

test.each(['gen_random_uuid()', 'clock_timestamp()', 'md5(random()::text)'])('speaks of %s', async value => {
  const type = value.startsWith('gen') ? 'uuid' : value.startsWith('clock') ? 'timestamptz' : 'text';
  expect(await findingsOf(rule, orders, add(`${type} DEFAULT ${value}`))).toMatchObject([
    {
      level: 'high',
      message: `Adding \`orders.a\` with the default \`${value}\`, which is another value for each row, writes all of \`orders\` anew under an ACCESS EXCLUSIVE lock, which blocks reads and writes until it is done.`,
    },
  ]);
});

test('is less sure of a function that nobody knows', async () => {
  const [finding] = await findingsOf(rule, orders, add('text DEFAULT nanoid()'));
  expect(finding).toMatchObject({ level: 'medium' });
  expect(finding?.message).toContain('which may be another value for each row');
});

test('the fix fills an optional column in the migration behind', async () => {
  const { files, migrations, said, locks } = await applied(rule, orders, add('uuid DEFAULT gen_random_uuid()'));
  expect(files['2_next']).toBe(
    'ALTER TABLE "orders" ADD COLUMN "a" uuid, ALTER COLUMN "a" SET DEFAULT gen_random_uuid();',
  );
  expect(migrations).toHaveLength(1);
  expect(migrations[0]).toContain('UPDATE "orders" SET "a" = DEFAULT WHERE "a" IS NULL;');
  expect(said).toEqual([]);
  expect(locks.flatMap(each => each.locks).filter(({ rewrite }) => rewrite)).toEqual([]);
});

test('the fix makes a required column required when it is filled', async () => {
  const sql = add('uuid NOT NULL DEFAULT gen_random_uuid()').replace('"orders"', '"public"."orders"');
  const { files, migrations, said, locks } = await applied(rule, orders, sql);
  expect(files['2_next']).toContain('ADD COLUMN "a" uuid, ALTER COLUMN "a" SET DEFAULT gen_random_uuid();');
  expect(migrations).toHaveLength(2);
  expect(migrations[1]).toMatch(/VALIDATE CONSTRAINT [^]*SET NOT NULL;[^]*DROP CONSTRAINT/);
  expect(said).toEqual([]);
  expect(locks.flatMap(each => each.locks).filter(({ rewrite }) => rewrite)).toEqual([]);
});

test.each(['uuid UNIQUE DEFAULT gen_random_uuid()', 'text COLLATE "C" DEFAULT random()::text'])(
  'has no text for more than a type and a default: %s',
  async definition => {
    expect(await findingsOf(rule, orders, add(definition))).toMatchObject([{ fix: { sql: null, edits: [] } }]);
  },
);

test('keeps names that want to be something else', async () => {
  const [table, column] = ['o"; DROP TABLE x; --', `a'"\\`];
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const before = `CREATE TABLE ${quoted(table)} ("id" integer);`;
  const sql = `ALTER TABLE ${quoted(table)} ADD COLUMN ${quoted(column)} uuid NOT NULL DEFAULT gen_random_uuid();`;
  expect((await applied(rule, before, sql)).said).toEqual([]);
});
