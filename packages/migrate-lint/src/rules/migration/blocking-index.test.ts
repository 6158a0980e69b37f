import { expect, jest, test } from '@jest/globals';
import { findingsOf, withPrisma } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './blocking-index.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

const orders = 'CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);\n';
const index = 'CREATE INDEX "orders_email_idx" ON "orders"("email");';

test.each([
  ['a table that the migration makes', `CREATE TABLE "a" ("b" text);\nCREATE INDEX "a_b_idx" ON "a"("b");`],
  [
    'a table that the migration makes and renames',
    `CREATE TABLE "a" ("b" text);\nALTER TABLE "a" RENAME TO "c";\nCREATE INDEX ON "c"("b");`,
  ],
  ['CONCURRENTLY', 'CREATE INDEX CONCURRENTLY "orders_email_idx" ON "orders"("email");'],
  ['a temporary table', 'CREATE TEMP TABLE "a" ("b" text);\nCREATE INDEX ON "a"("b");'],
  ['an index that is there', 'CREATE INDEX IF NOT EXISTS "taken" ON "orders"("email");'],
  ['a materialized view', 'CREATE INDEX ON "seen"("id");'],
  ['a partitioned table', 'CREATE INDEX ON "events"("id");'],
  ['no index at all', 'ALTER TABLE "orders" ADD COLUMN "note" text;'],
])('is silent of %s', async (_, sql) => {
  const before = `${orders}CREATE INDEX "taken" ON "orders"("email");
CREATE MATERIALIZED VIEW "seen" AS SELECT "id" FROM "orders";
CREATE TABLE "events" ("id" integer) PARTITION BY RANGE ("id");`;
  expect(await say(rule, before, sql)).toEqual([]);
});

test.each([
  index,
  'CREATE UNIQUE INDEX "orders_email_idx" ON "orders"("email");',
  'CREATE INDEX IF NOT EXISTS "orders_email_idx" ON "public"."orders"("email");',
  'CREATE INDEX "orders_email_idx" ON "orders"(lower("email")) WHERE "id" > 0;',
  'ALTER TABLE "orders" ADD COLUMN "note" text;\nCREATE INDEX "orders_email_idx" ON "orders"("note");',
  'ALTER TABLE "orders" RENAME TO "sales";\nCREATE INDEX "orders_email_idx" ON "sales"("email");',
])('speaks of %s', async sql => {
  const table = sql.includes('sales') ? 'sales' : 'orders';
  expect(await say(rule, orders, sql)).toEqual([
    `Building the index \`orders_email_idx\` takes a SHARE lock on \`${table}\`, which blocks every write to the table until all of it is read.`,
  ]);
});

test.each([
  ['BEGIN;', undefined],
  ['', withPrisma('6.19.0')],
])('reads wait too where the transaction has altered the table', async (begin, more) => {
  const sql = `${begin}\nALTER TABLE "orders" ADD COLUMN "note" text;\n${index}\n${begin && 'COMMIT;'}`;
  expect(await say(rule, orders, sql, more)).toEqual([
    'Building the index `orders_email_idx` prolongs the ACCESS EXCLUSIVE lock that its transaction has taken on `orders` before, which blocks every read and write to the table until all of it is read.',
  ]);
});

test('speaks of a table that no migration made', async () => {
  expect(await say(rule, 'SELECT 1;', 'CREATE INDEX ON "elsewhere"."jobs"("queue");')).toHaveLength(1);
});

test('is not sure of what stands in a DO block, and has no text for it', async () => {
  const block = `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'x') THEN ${index} END IF; END $$;`;
  expect(await findingsOf(rule, orders, block)).toMatchObject([{ level: 'medium', fix: { sql: null } }]);
});

test('another column may get another name', async () => {
  const sql = `${index}\nALTER TABLE "orders" RENAME COLUMN "id" TO "key";\nALTER TABLE "orders" ADD COLUMN "a" text;`;
  const { said, migrations } = await applied(rule, orders, sql);
  expect([said, migrations.length]).toEqual([[], 1]);
});

test.each([
  [index, 'CREATE INDEX CONCURRENTLY "orders_email_idx" ON "orders"("email");'],
  [
    '-- CreateIndex\nCREATE UNIQUE INDEX "a" ON "orders"("email")',
    'CREATE UNIQUE INDEX CONCURRENTLY "a" ON "orders"("email");',
  ],
  [
    'create index /* why */ if not exists "a;b" on "orders"("email");',
    'create index CONCURRENTLY "a;b" on "orders"("email");',
  ],
  ['CREATE INDEX ON "orders"("email");', 'CREATE INDEX CONCURRENTLY ON "orders"("email");'],
])('%s goes to a migration of its own', async (sql, online) => {
  const { files, migrations, said, locks } = await applied(rule, orders, `${sql.replace(/;?$/, ';')}\n\nSELECT 1;\n`);
  expect(files['2_next']?.trim()).toBe('SELECT 1;');
  expect(migrations).toHaveLength(1);
  expect(migrations[0]).toContain(`\n${online}\n`);
  expect(said).toEqual([]);
  expect(locks.flatMap(each => each.locks).filter(({ mode }) => mode === 'SHARE')).toEqual([]);
});

test.each([
  `CREATE UNIQUE INDEX "key" ON "orders"("email");\nALTER TABLE "orders" ADD CONSTRAINT "key" UNIQUE USING INDEX "key";`,
  `CREATE UNIQUE INDEX "key" ON "orders"("email");\nCREATE TABLE "a" ("email" text REFERENCES "orders"("email"));`,
  `CREATE UNIQUE INDEX "key" ON "orders"("email");\nINSERT INTO "orders" VALUES (1, '') ON CONFLICT ("email") DO NOTHING;`,
  `CREATE INDEX "key" ON "orders"("email");\nALTER TABLE "orders" RENAME COLUMN "email" TO "mail";`,
  `CREATE INDEX "key" ON "orders"("email");\nALTER TABLE "orders" RENAME TO "sales";`,
  `CREATE INDEX "key" ON "orders"("email");\nDROP TABLE "orders";`,
  `CREATE INDEX "key" ON "orders"("email");\nCLUSTER "orders" USING "key";`,
])('does not move an index that is needed at once: %s', async sql => {
  expect(await findingsOf(rule, orders, sql)).toMatchObject([{ fix: { sql: null, edits: [] } }]);
});
