import { describe, expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './dropped-column-dependents.ts';

const { say, finding, codeOf } = failTesting(rule);
const tasks = `CREATE TABLE "Task" ("id" INTEGER NOT NULL, "owner" TEXT, "slug" TEXT, "from" DATE, "to" DATE, "open" BOOLEAN, CONSTRAINT "Task_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "Task_owner_slug_key" ON "Task"("owner", "slug");
CREATE INDEX "Task_open_idx" ON "Task"("owner") WHERE "open";
CREATE INDEX "Task_to_idx" ON "Task"("id") INCLUDE ("to");
ALTER TABLE "Task" ADD CONSTRAINT "Task_time_check" CHECK ("from" <= "to");
CREATE INDEX "Task_slug_idx" ON "Task"("slug");`;
const drop = (column: string, more = '') => `ALTER TABLE "Task" DROP COLUMN "${column}"${more};`;

describe('is silent of', () => {
  test.each([
    [
      'an index of the column alone',
      'CREATE TABLE "Task" ("id" INTEGER, "a" TEXT UNIQUE CHECK ("a" <> \'\')); CREATE INDEX ON "Task"("a");',
      drop('a'),
    ],
    ['what is dropped before', tasks, `DROP INDEX "Task_open_idx"; ${drop('open')}`],
    ['what is made again', tasks, `${drop('open')} CREATE INDEX "Task_owner_idx" ON "Task"("owner");`],
    [
      'columns that go together',
      tasks,
      'DROP INDEX "Task_to_idx"; ALTER TABLE "Task" DROP COLUMN "from", DROP COLUMN "to";',
    ],
    ['a table that goes', tasks, `${drop('open')} DROP TABLE "Task";`],
    [
      'a policy without CASCADE',
      `${tasks} CREATE POLICY "own" ON "Task" USING ("owner" = current_user);`,
      'DROP INDEX "Task_owner_slug_key", "Task_open_idx"; ALTER TABLE "Task" DROP COLUMN "owner";',
    ],
    [
      'a key that is made anew',
      tasks,
      'DROP INDEX "Task_to_idx"; ALTER TABLE "Task" DROP COLUMN "id", ADD COLUMN "uuid" UUID NOT NULL, ADD CONSTRAINT "Task_pkey" PRIMARY KEY ("uuid");',
    ],
  ])('%s', async (_case, before, sql) => {
    expect(await say(before, sql)).toEqual([]);
  });
});

test.each([
  ['open', 'the index `Task_open_idx`', 'medium'],
  ['to', 'the index `Task_to_idx` and the CHECK `Task_time_check`', 'medium'],
  ['from', 'the CHECK `Task_time_check`', 'medium'],
  ['slug', 'the unique index `Task_owner_slug_key`', 'high'],
])('of %s names %s', async (column, names, expected) => {
  const { message, level } = await finding(tasks, drop(column));
  expect([message, level]).toEqual([
    `Dropping the column \`${column}\` of \`Task\` also drops ${names}, which the statement does not say.`,
    expected,
  ]);
});

test('Postgres drops them without a word', async () => {
  const gone = `DO $$ BEGIN IF EXISTS (SELECT FROM pg_class WHERE relname = 'Task_owner_slug_key') THEN RAISE 'there'; END IF; END $$;`;
  expect(await codeOf(tasks, drop('slug'))).toBeUndefined();
  expect(await codeOf(tasks, drop('slug'), gone)).toBeUndefined();
  expect(await codeOf(tasks, gone)).toBe('P0001');
});

test('with CASCADE policies, views and foreign keys of other tables go too', async () => {
  const before = `CREATE TABLE "Task" ("id" INTEGER, "owner" TEXT, "code" TEXT CONSTRAINT "Task_code_key" UNIQUE);
CREATE POLICY "own" ON "Task" USING ("owner" = current_user);
CREATE VIEW "Owner" AS SELECT "owner" FROM "Task";
CREATE TABLE "Sub" ("code" TEXT CONSTRAINT "Sub_code_fkey" REFERENCES "Task"("code"));`;
  const { message, level } = await finding(before, drop('owner', ' CASCADE'));
  expect(message).toContain('with CASCADE also drops the policy `own` and the view `Owner`, which');
  expect(level).toBe('high');
  expect(await say(before, drop('code', ' CASCADE'))).toEqual([
    'Dropping the column `code` of `Task` with CASCADE also drops the foreign key `Sub_code_fkey` of `Sub`, which the statement does not say.',
  ]);
});
