import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './identifier-too-long.ts';

const { say, finding } = failTesting(rule);
const { applied } = await rewriteTesting();
const before = 'CREATE TABLE "A" ("id" INTEGER, "b" INTEGER);';
const long = 'x'.repeat(64);

test.each([
  ['63 bytes', `CREATE TABLE "${'x'.repeat(63)}" ("id" INTEGER);`],
  ['31 letters of two bytes', `CREATE TABLE "${'é'.repeat(31)}" ("id" INTEGER);`],
  ['a doubled quote', `CREATE TABLE "${'x'.repeat(62)}""" ("id" INTEGER);`],
  ['a name that only refers', `CREATE INDEX "i" ON "A"("b"); DROP INDEX IF EXISTS "${long}";`],
  ['a string', `COMMENT ON TABLE "A" IS '${long}';`],
  ['a default', `ALTER TABLE "A" ADD COLUMN "c" TEXT DEFAULT '${long}';`],
  ['a comment', `CREATE TABLE "B" ( -- ${long}\n"id" INTEGER /* ${long} */);`],
  ['a body', `CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT '${long}' AS ${long} $$;`],
])('is silent for %s', async (_case, sql) => {
  expect(await say(before, sql)).toEqual([]);
});

test.each([
  ['a table', `CREATE TABLE "${long}" ("id" INTEGER);`],
  ['a name without quotes', `CREATE TABLE ${long} ("id" INTEGER);`],
  ['a column of a table', `CREATE TABLE "B" ("${long}" INTEGER);`],
  ['a column', `ALTER TABLE "A" ADD COLUMN "${long}" INTEGER;`],
  ['a constraint', `ALTER TABLE "A" ADD CONSTRAINT "${long}" CHECK ("b" > 0);`],
  ['an index', `CREATE INDEX "${long}" ON "A"("b");`],
  ['a view', `CREATE VIEW "${long}" AS SELECT 1;`],
  ['an enum', `CREATE TYPE "${long}" AS ENUM ('a');`],
  ['a rename', `ALTER TABLE "A" RENAME TO "${long}";`],
  ['a rename of a column', `ALTER TABLE "A" RENAME COLUMN "b" TO "${long}";`],
  ['32 letters of two bytes', `CREATE INDEX "${'é'.repeat(32)}" ON "A"("b");`],
])('speaks of %s', async (_case, sql) => {
  expect(await say(before, sql)).toHaveLength(1);
});

test('says what is left, and cuts no letter', async () => {
  const { message, text, level } = await finding(before, `CREATE INDEX "${'é'.repeat(40)}" ON "A"("b");`);
  expect(message).toBe(`The name \`${'é'.repeat(40)}\` has 80 bytes, and Postgres cuts it to \`${'é'.repeat(31)}\`.`);
  expect(text).toBe(`"${'é'.repeat(40)}"`);
  expect(level).toBe('low');
});

test('says the name that it gets', async () => {
  const sql = `CREATE TABLE "${long}" ("id" INTEGER, "${long}y" INTEGER);\nCREATE INDEX "${'i'.repeat(70)}" ON "A"("b");`;
  const { files, said } = await applied(rule, before, sql);
  const name = 'x'.repeat(63);
  expect(files['2_next']).toBe(
    `CREATE TABLE "${name}" ("id" INTEGER, "${name}" INTEGER);\nCREATE INDEX "${'i'.repeat(63)}" ON "A"("b");`,
  );
  expect(said).toEqual([]);
});
