import { describe, expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './dropped-table.ts';

const { say, finding, rowsFound } = failTesting(rule);
const invoices = `CREATE TABLE "Invoice" ("id" INTEGER NOT NULL, "total" INTEGER NOT NULL, "note" TEXT, CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id"));`;
const tags = `CREATE TABLE "Post" ("id" INTEGER PRIMARY KEY);
CREATE TABLE "Tag" ("id" INTEGER PRIMARY KEY);
CREATE TABLE "_PostToTag" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL);
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "Post"("id");
ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_B_fkey" FOREIGN KEY ("B") REFERENCES "Tag"("id");`;

describe('is silent', () => {
  test.each([
    ['of a table of the same migration', 'CREATE TABLE "Draft" ("id" INTEGER); DROP TABLE "Draft";'],
    ['of a temporary table', 'CREATE TEMP TABLE "T" AS SELECT * FROM "Invoice"; DROP TABLE "T";'],
    [
      'where a new table with all rows takes its place',
      `CREATE TABLE "new_Invoice" ("id" BIGINT NOT NULL, "total" INTEGER NOT NULL, "note" TEXT);
INSERT INTO "new_Invoice" ("id", "total", "note") SELECT "id", "total", "note" FROM "Invoice";
DROP TABLE "Invoice";
ALTER TABLE "new_Invoice" RENAME TO "Invoice";`,
    ],
    [
      'where the old one was renamed before',
      `ALTER TABLE "Invoice" RENAME TO "Invoice_v1";
CREATE TABLE "Invoice" ("id" BIGINT NOT NULL, "amount" INTEGER NOT NULL);
INSERT INTO "Invoice" SELECT "id", "total" FROM "Invoice_v1";
DROP TABLE "Invoice_v1";`,
    ],
    [
      'where a view takes its place',
      `CREATE TABLE "Bill" AS SELECT * FROM "Invoice"; DROP TABLE "Invoice"; CREATE VIEW "Invoice" AS SELECT * FROM "Bill";`,
    ],
    [
      'of a probable rename',
      `DROP TABLE "Invoice"; CREATE TABLE "Bill" ("id" INTEGER NOT NULL, "total" INTEGER NOT NULL, "note" TEXT, CONSTRAINT "Bill_pkey" PRIMARY KEY ("id"));`,
    ],
    ['of what is cleared away for a new one', 'DROP TABLE IF EXISTS "New"; CREATE TABLE "New" ("id" INTEGER);'],
    ['of a view', 'CREATE VIEW "V" AS SELECT * FROM "Invoice"; DROP VIEW "V";'],
    ['of a table that is not there', 'DROP VIEW IF EXISTS "Invoice_view";'],
  ])('%s', async (_case, sql) => {
    expect(await say(invoices, sql)).toEqual([]);
  });
});

describe('rows that code moves', () => {
  const move = `FOR each IN SELECT * FROM "Invoice" LOOP INSERT INTO "Bill" VALUES (each."id"); END LOOP;`;
  const bills = 'CREATE TABLE "Bill" ("number" INTEGER);';
  const body = (sql: string) => `LANGUAGE plpgsql AS $$ DECLARE each RECORD; BEGIN ${sql} END $$;`;
  const make = (sql: string) => `${bills}\nCREATE FUNCTION move_rows() RETURNS void ${body(sql)}`;
  const drop = 'DROP FUNCTION move_rows();\nDROP TABLE "Invoice";';

  test.each([
    ['medium', 'a function that is called', `${make(move)}\nSELECT move_rows();\n${drop}`],
    ['medium', 'a block', `${bills}\nDO $$ DECLARE each RECORD; BEGIN ${move} END $$;\nDROP TABLE "Invoice";`],
    ['high', 'a function that nobody calls', `${make(move)}\n${drop}`],
    [
      'high',
      'a function that deletes them',
      `${make(`DELETE FROM "Invoice"; INSERT INTO "Bill" VALUES (1);`)}\nSELECT move_rows();\n${drop}`,
    ],
  ])('%s for %s', async (level, _case, sql) => {
    expect((await finding(invoices, sql)).level).toBe(level);
  });
});

test('is silent where a table of an earlier migration takes the name', async () => {
  const swap = 'DROP TABLE "Invoice"; ALTER TABLE "Invoice_v2" RENAME TO "Invoice";';
  const make = 'CREATE TABLE "Invoice_v2" ("id" BIGINT NOT NULL, "cents" BIGINT);';
  expect(await say(`${invoices}\n${make}`, swap)).toEqual([]);
  expect(await say(invoices, `${make}\n${swap}`)).toHaveLength(1);
});

test('is silent of the rows of a query that is stored again', async () => {
  const before = `${invoices}\nCREATE TABLE "Total" AS SELECT sum("total") FROM "Invoice";`;
  const again = 'CREATE TABLE "Total" AS SELECT max("total") FROM "Invoice";';
  expect(await say(before, `DROP TABLE "Total"; ${again}`)).toEqual([]);
  expect(await say(before, 'DROP TABLE "Total";')).toHaveLength(1);
});

test('says what is lost and who fails', async () => {
  const { message, level, precheck } = await finding(invoices, '-- DropTable\nDROP TABLE "Invoice";');
  expect(message).toBe(
    'Dropping the table `Invoice` loses its rows, and every query of the deployed clients on it fails until they are replaced.',
  );
  expect(level).toBe('high');
  expect(precheck).toContain('"Invoice"');
});

test.each([
  ['medium', 'CREATE TABLE "Bill" AS SELECT * FROM "Invoice"; DROP TABLE "Invoice";'],
  [
    'medium',
    'CREATE TABLE "B" ("id" INTEGER); WITH "gone" AS (DELETE FROM "Invoice" RETURNING "id") INSERT INTO "B" SELECT "id" FROM "gone"; DROP TABLE "Invoice";',
  ],
  [
    'medium',
    'CREATE TABLE "B" ("id" INTEGER); DO $$ BEGIN EXECUTE \'INSERT INTO "B" SELECT "id" FROM \' || \'"Invoice"\'; END $$; DROP TABLE "Invoice";',
  ],
  [
    'high',
    'CREATE TABLE "B" ("invoice" TEXT); INSERT INTO "B" SELECT "invoice" FROM (VALUES (\'a\')) AS "v"("invoice"); DROP TABLE "Invoice";',
  ],
  ['medium', 'DO $$ BEGIN IF now() > \'2026-01-01\' THEN DROP TABLE "Invoice"; END IF; END $$;'],
  ['low', 'DROP TABLE IF EXISTS "Elsewhere";'],
  ['high', 'DROP TABLE IF EXISTS "Invoice";'],
  ['high', 'DROP TABLE "Invoice"; CREATE TABLE "Invoice" ("id" INTEGER);'],
  ['high', 'INSERT INTO "Invoice" VALUES (1, 2, null); DROP TABLE "Invoice";'],
])('is %s: %s', async (level, sql) => {
  expect((await finding(invoices, sql)).level).toBe(level);
});

test.each([
  ['a backup', 'CREATE TABLE "User_old" ("id" INTEGER);', 'DROP TABLE "User_old";', 'low'],
  ['staging', 'CREATE UNLOGGED TABLE "Import" ("id" INTEGER);', 'DROP TABLE "Import";', 'low'],
  [
    'a partition',
    'CREATE TABLE "Log" ("day" DATE) PARTITION BY RANGE ("day"); CREATE TABLE "Log_1" PARTITION OF "Log" DEFAULT;',
    'DROP TABLE "Log_1";',
    'low',
  ],
  [
    'a join table with a successor',
    tags,
    `ALTER TABLE "_PostToTag" DROP CONSTRAINT "_PostToTag_A_fkey";
ALTER TABLE "_PostToTag" DROP CONSTRAINT "_PostToTag_B_fkey";
DROP TABLE "_PostToTag";
CREATE TABLE "PostTag" ("postId" INTEGER NOT NULL, "tagId" INTEGER NOT NULL, "at" TIMESTAMP(3));
ALTER TABLE "PostTag" ADD CONSTRAINT "PostTag_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post"("id");
ALTER TABLE "PostTag" ADD CONSTRAINT "PostTag_tagId_fkey" FOREIGN KEY ("tagId") REFERENCES "Tag"("id");`,
    'medium',
  ],
  ['a join table without one', tags, 'DROP TABLE "_PostToTag";', 'high'],
])('of %s', async (_case, before, sql, level) => {
  expect((await finding(before, sql)).level).toBe(level);
});

test.each([
  ['2_drop_invoices', 'DROP TABLE "Invoice";', 'medium'],
  ['2_removeLegacyInvoices', 'DROP TABLE "Invoice"; DROP TYPE IF EXISTS "Kind";', 'medium'],
  ['2_drop_invoices', 'DROP TABLE "Invoice"; CREATE TABLE "Bill" ("id" INTEGER);', 'high'],
  ['2_billing', 'DROP TABLE "Invoice";', 'high'],
])('%s, that does %s, is %s', async (name, sql, level) => {
  const migrations = { '1_before': invoices, [name]: sql };
  expect((await finding('', sql, { migrations })).level).toBe(level);
});

test('says where it may not be there', async () => {
  const [message] = await say(invoices, 'DROP TABLE IF EXISTS "Elsewhere";');
  expect(message).toContain('Dropping the table `Elsewhere`, if it is there, loses its rows');
});

test('speaks for each table that one statement drops, with names that want to be something else', async () => {
  const said = await say(
    'CREATE TABLE "a`b" ("id" INTEGER); CREATE TABLE "c"";d" ("id" INTEGER);',
    'DROP TABLE "a`b", "c"";d";',
  );
  expect(said).toHaveLength(2);
});

test('counts the rows that would be lost', async () => {
  expect(await rowsFound(invoices, 'DROP TABLE "Invoice";', '')).toEqual({ found: [], runs: true });
  const rows = 'INSERT INTO "Invoice" VALUES (1, 10, null), (2, 20, null)';
  expect((await rowsFound(invoices, 'DROP TABLE "Invoice";', rows)).found).toEqual([{ rows: 2 }]);
});
