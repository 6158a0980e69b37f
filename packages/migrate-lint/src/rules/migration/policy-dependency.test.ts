import { expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import { rewriteTesting } from '../../../test/rewrite-testing.ts';
import rule from './policy-dependency.ts';

const { say, finding, codeOf } = failTesting(rule);
const { applied } = await rewriteTesting();
const before = `CREATE TABLE "Team" ("id" INTEGER PRIMARY KEY, "code" TEXT UNIQUE);
CREATE TABLE "Note" ("id" SERIAL PRIMARY KEY, "owner" TEXT, "body" TEXT, "team" INTEGER REFERENCES "Team"("id"), "teamCode" TEXT REFERENCES "Team"("code"), "parent" INTEGER REFERENCES "Note"("id"), "plain" TEXT);
CREATE INDEX "Note_plain_idx" ON "Note"("plain");
CREATE POLICY "own notes" ON "Note" FOR SELECT USING ("owner" = current_user);
CREATE POLICY "of a team" ON "Note" USING (EXISTS (SELECT 1 FROM "Team" t WHERE t."id" = "team"));
CREATE VIEW "bodies" AS SELECT "id", "body" FROM "Note";
CREATE VIEW "long bodies" AS SELECT "id" FROM "bodies" WHERE length("body") > 9;
CREATE MATERIALIZED VIEW "codes" AS SELECT "code" FROM "Team";`;
const drop = (column: string): string => `ALTER TABLE "Note" DROP COLUMN "${column}";`;
const retype = (column: string): string => `ALTER TABLE "Note" ALTER COLUMN "${column}" TYPE VARCHAR(100);`;
const policy = 'DROP POLICY "own notes" ON "Note";';

test.each([
  ['a column that nothing needs', drop('plain')],
  ['another type of a column with an index', retype('plain')],
  ['a policy that is dropped before', `${policy} ${drop('owner')}`],
  [
    'a policy that is made anew',
    `${policy} ${retype('owner')} CREATE POLICY "own notes" ON "Note" USING ("owner" = current_user);`,
  ],
  [
    'a policy of other columns',
    `${policy} CREATE POLICY "own notes" ON "Note" USING ("plain" = current_user); ${drop('owner')}`,
  ],
  ['views that are dropped before', `DROP VIEW "long bodies", "bodies"; ${drop('body')}`],
  ['a table and its foreign keys', 'DROP POLICY "of a team" ON "Note"; DROP VIEW "bodies" CASCADE; DROP TABLE "Note";'],
  [
    'tables that go together',
    'DROP POLICY "of a team" ON "Note"; DROP VIEW "bodies" CASCADE; DROP MATERIALIZED VIEW "codes"; DROP TABLE "Team", "Note";',
  ],
  [
    'a column that a view only seems to read',
    'CREATE VIEW "v" AS SELECT t."id", n."plain" AS "team" FROM "Team" t JOIN "Note" n ON true; ALTER TABLE "Note" DROP COLUMN "teamCode"; DROP VIEW "bodies" CASCADE; ALTER TABLE "Note" DROP COLUMN "body";',
  ],
  [
    'a column that a policy only seems to read',
    'ALTER TABLE "Note" ADD COLUMN "code" TEXT; CREATE POLICY "c" ON "Note" USING (EXISTS (SELECT 1 FROM "Team" t WHERE t."code" = current_user)); ALTER TABLE "Note" DROP COLUMN "code";',
  ],
  [
    'all columns of another table',
    'CREATE POLICY "c" ON "Note" USING (EXISTS (SELECT * FROM "Team" t)); ALTER TABLE "Note" DROP COLUMN "plain";',
  ],
  [
    'a view that was replaced',
    'CREATE TABLE "B" ("x" INTEGER, "y" INTEGER); CREATE VIEW "v" AS SELECT "x" FROM "B"; CREATE OR REPLACE VIEW "v" AS SELECT "y" AS "x" FROM "B"; ALTER TABLE "B" DROP COLUMN "x";',
  ],
  [
    'a query in front of the view',
    'CREATE VIEW "v" AS WITH "Note" AS (SELECT 1 AS "plain") SELECT "plain" FROM "Note"; ALTER TABLE "Note" DROP COLUMN "plain";',
  ],
  [
    'a self-reference that goes too',
    'CREATE TABLE "B" ("id" INTEGER PRIMARY KEY, "up" INTEGER REFERENCES "B"("id")); ALTER TABLE "B" DROP CONSTRAINT "B_up_fkey", DROP COLUMN "id";',
  ],
  ['an own foreign key', drop('team').replace('"team"', '"parent"')],
  [
    'a key that goes before',
    'ALTER TABLE "Note" DROP CONSTRAINT "Note_teamCode_fkey"; DROP MATERIALIZED VIEW "codes"; ALTER TABLE "Team" DROP COLUMN "code";',
  ],
])('is silent for %s', async (_case, sql) => {
  expect(await say(before, sql)).toEqual([]);
  expect(await codeOf(before, sql)).toBeUndefined();
});

test.each([
  ['CASCADE', drop('owner').replace(';', ' CASCADE;')],
  ['a condition', `DO $$ BEGIN IF false THEN ${drop('owner')} END IF; END $$;`],
])('is silent for %s, which Postgres takes', async (_case, sql) => {
  expect(await say(before, sql)).toEqual([]);
  expect(await codeOf(before, sql)).toBeUndefined();
});

test.each([
  [
    drop('owner'),
    '2BP01',
    '`Note.owner` cannot be dropped while the policy `own notes` needs it, so the migration fails whatever is in the table.',
  ],
  [
    retype('owner'),
    '0A000',
    '`Note.owner` cannot change its type while the policy `own notes` needs it, so the migration fails whatever is in the table.',
  ],
  [
    drop('body'),
    '2BP01',
    '`Note.body` cannot be dropped while the view `bodies`, the view `long bodies` need it, so the migration fails whatever is in the table.',
  ],
  [
    retype('body'),
    '0A000',
    '`Note.body` cannot change its type while the view `bodies`, the view `long bodies` need it, so the migration fails whatever is in the table.',
  ],
  [
    'DROP TABLE "Note";',
    '2BP01',
    '`Note` cannot be dropped while the view `bodies`, the view `long bodies` need it, so the migration fails whatever is in the table.',
  ],
  [
    'ALTER TABLE "Team" DROP COLUMN "code";',
    '2BP01',
    '`Team.code` cannot be dropped while the constraint `Note_teamCode_fkey`, the materialized view `codes` need it, so the migration fails whatever is in the table.',
  ],
  [
    'DROP MATERIALIZED VIEW "codes"; DROP POLICY "of a team" ON "Note"; DROP TABLE "Team";',
    '2BP01',
    '`Team` cannot be dropped while the constraint `Note_team_fkey`, the constraint `Note_teamCode_fkey` need it, so the migration fails whatever is in the table.',
  ],
  [
    'ALTER TABLE "Note" ADD COLUMN "size" INTEGER GENERATED ALWAYS AS (length("plain")) STORED; ALTER TABLE "Note" DROP COLUMN "plain";',
    '2BP01',
    '`Note.plain` cannot be dropped while the column `size` needs it, so the migration fails whatever is in the table.',
  ],
  [
    'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TRIGGER "on plain" BEFORE UPDATE OF "plain" ON "Note" FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE "Note" DROP COLUMN "plain";',
    '2BP01',
    '`Note.plain` cannot be dropped while the trigger `on plain` needs it, so the migration fails whatever is in the table.',
  ],
  [
    'ALTER TABLE "Note" DROP COLUMN "id";',
    '2BP01',
    '`Note.id` cannot be dropped while the constraint `Note_parent_fkey`, the view `bodies`, the view `long bodies` need it, so the migration fails whatever is in the table.',
  ],
])('speaks of %s', async (sql, refused, message) => {
  expect(await finding(before, sql)).toMatchObject({ level: 'critical', message });
  expect(await codeOf(before, sql)).toBe(refused);
});

test('points at the statements that made them', async () => {
  const { related, text } = await finding(before, retype('owner'));
  expect(text).toBe('ALTER COLUMN "owner" TYPE VARCHAR(100)');
  expect(related).toMatchObject([{ message: 'makes `own notes`', location: { line: 4 } }]);
});

test('drops them in front and makes them again', async () => {
  const { files, said } = await applied(rule, before, retype('body'));
  expect(said).toEqual([]);
  expect(files['2_next']).toBe(`DROP VIEW "long bodies";
DROP VIEW "bodies";
ALTER TABLE "Note" ALTER COLUMN "body" TYPE VARCHAR(100);
CREATE VIEW "bodies" AS SELECT "id", "body" FROM "Note";
CREATE VIEW "long bodies" AS SELECT "id" FROM "bodies" WHERE length("body") > 9;`);
  expect((await applied(rule, before, retype('owner'))).said).toEqual([]);
});
