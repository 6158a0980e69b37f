import { expect, jest, test } from '@jest/globals';
import { findingsOf, withPrisma } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './concurrently-in-transaction.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const orders = 'CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);\n';
const index = 'CREATE INDEX CONCURRENTLY "orders_email_idx" ON "orders"("email");';
const column = 'ALTER TABLE "orders" ADD COLUMN "note" text;';

test.each([
  ['a file of its own', index, '6.19.0'],
  ['a file of its own with a comment', `-- CreateIndex\n${index}\n-- the end\n`, '6.19.0'],
  ['a file of which Prisma runs each statement by itself', `${column}\n${index}`, '7.10.0'],
  ['a file behind its COMMIT', `BEGIN;\n${column}\nCOMMIT;\n${index}`, '7.10.0'],
  ['no CONCURRENTLY', `${column}\nCREATE INDEX ON "orders"("email");`, '6.19.0'],
  ['REFRESH CONCURRENTLY', 'BEGIN;\nREFRESH MATERIALIZED VIEW CONCURRENTLY "seen";\nCOMMIT;', '7.10.0'],
  ['CLUSTER of one table', 'BEGIN;\nCLUSTER "orders" USING "orders_pkey";\nCOMMIT;', '7.10.0'],
  ['REINDEX of one table', 'BEGIN;\nREINDEX TABLE "orders";\nCOMMIT;', '7.10.0'],
])('is silent of %s', async (_, sql, version) => {
  const before = `${orders}CREATE MATERIALIZED VIEW "seen" AS SELECT "id" FROM "orders";`;
  expect(await say(rule, before, sql, withPrisma(version))).toEqual([]);
});

test.each([
  [index, 'CREATE INDEX CONCURRENTLY'],
  ['DROP INDEX CONCURRENTLY "orders_email_idx";', 'DROP INDEX CONCURRENTLY'],
  ['REINDEX TABLE CONCURRENTLY "orders";', 'REINDEX CONCURRENTLY'],
  ['REINDEX SCHEMA "public";', 'REINDEX SCHEMA'],
  ['ALTER TABLE "events" DETACH PARTITION "events_1" CONCURRENTLY;', 'DETACH PARTITION CONCURRENTLY'],
  ['VACUUM "orders";', 'VACUUM'],
  ['VACUUM FULL "orders";', 'VACUUM'],
  ['CLUSTER;', 'CLUSTER of all tables'],
  ["ALTER SYSTEM SET work_mem = '8MB';", 'ALTER SYSTEM'],
  ['CREATE DATABASE "other";', 'CREATE DATABASE'],
  ['DROP DATABASE "other";', 'DROP DATABASE'],
  [`CREATE TABLESPACE "disk" LOCATION '/disk';`, 'CREATE TABLESPACE'],
  ['DROP TABLESPACE "disk";', 'DROP TABLESPACE'],
])('%s fails in a transaction', async (sql, name) => {
  const before = `${orders}CREATE TABLE "events" ("id" integer) PARTITION BY RANGE ("id");
CREATE TABLE "events_1" PARTITION OF "events" FOR VALUES FROM (1) TO (2);`;
  expect(await say(rule, before, `BEGIN;\n${sql}\nCOMMIT;`)).toEqual([
    `Postgres refuses ${name} here, because it stands between BEGIN and COMMIT, so the migration fails.`,
  ]);
  expect(await say(rule, before, `${column}\n${sql}`, withPrisma('7.3.0'))).toEqual([
    `Postgres refuses ${name} here, because \`2_next\` has other statements as well, and Prisma 7.3.0 runs them all in one transaction, so the migration fails.`,
  ]);
});

test('a COMMIT in front does not help up to Prisma 7.3', async () => {
  const sql = `BEGIN;\n${column}\nCOMMIT;\n${index}`;
  expect(await say(rule, orders, sql, withPrisma('6.19.0'))).toHaveLength(1);
  expect(await say(rule, orders, sql, withPrisma('7.4.0'))).toEqual([]);
  expect(await say(rule, orders, sql)).toEqual([]);
});

test('is silent where another runner than Prisma fills in names, and sends the statements as it likes', async () => {
  const before = (name: string) => `${orders}CREATE INDEX "a" ON ${name}"orders"("id");`;
  const sql = `${column}\n${index}`;
  expect(await say(rule, before(''), sql, withPrisma('6.19.0'))).toHaveLength(1);
  expect(await say(rule, before('/* SCHEMA */.'), sql, withPrisma('6.19.0'))).toEqual([]);
});

test('a DO block is a transaction', async () => {
  expect(await say(rule, orders, `DO $$ BEGIN ${index} END $$;`)).toEqual([
    'Postgres refuses CREATE INDEX CONCURRENTLY here, because a DO block is always in a transaction, so the migration fails.',
  ]);
});

test('the fix moves what nothing rests on to a migration of its own', async () => {
  const more = withPrisma('6.19.0');
  const { files, migrations, said } = await applied(rule, orders, `${column}\n\n-- CreateIndex\n${index}\n`, more);
  expect(files['2_next']?.trim()).toBe(column);
  expect(migrations[0]).toContain(`\n${index}\n`);
  expect(said).toEqual([]);
  expect(await findingsOf(rule, orders, `BEGIN;\n${index}\n${column}\nCOMMIT;`)).toMatchObject([
    { fix: { sql: null } },
  ]);
});

test('the fix of a new table leaves CONCURRENTLY out', async () => {
  const sql = 'CREATE TABLE "a" ("b" text);\nCREATE INDEX CONCURRENTLY IF NOT EXISTS "a_b" ON "a"("b");\n';
  const { files, migrations, said } = await applied(rule, orders, sql, withPrisma('6.19.0'));
  expect(files['2_next']).toBe('CREATE TABLE "a" ("b" text);\nCREATE INDEX "a_b" ON "a"("b");\n');
  expect([migrations, said]).toEqual([[], []]);
});
