import { expect, jest, test } from '@jest/globals';
import { driftOf, driftTesting } from '../../../test/drift-testing.ts';
import { after, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/unmanaged-object');

const check = 'ALTER TABLE "User" ADD CONSTRAINT "some_name" CHECK ("name" <> \'\');';
const manifest = (...objects: readonly { kind: string; path: string }[]): string =>
  JSON.stringify({ version: 1, objects: objects.map(object => ({ ...object, definition: 'as it was' })) });

test('is silent where a schema can say everything, and on what the manifest lists', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const listed = manifest({ kind: 'check', path: 'User.some_name' });
  expect(await drift.findings(after(check, { manifest: listed }))).toEqual([]);
});

test('names the statement, and how to list it', async () => {
  const project = after(`-- names are not empty\n${check}`);
  const message = 'No .prisma file can say the check `User.some_name`, so nothing would tell you that it is gone.';
  expect(await drift.findings(project)).toMatchObject([
    {
      subject: 'User.some_name check',
      level: 'low',
      place: 'prisma/migrations/2_change/migration.sql:2',
      related: [],
      message,
      fix: { title: 'List it with `migrate-lint drift --write-manifest`, and commit the file', sql: null, edits: [] },
    },
  ]);
  const other = await drift.findings({ ...project, manifest: manifest({ kind: 'view', path: 'User.some_name' }) });
  expect(other.map(finding => finding.message)).toEqual([
    'No .prisma file can say the check `User.some_name`, so nothing would tell you that it is gone: `prisma/unmanaged.json` does not list it.',
  ]);
});

/** What the engine's own diff does not see, in platform.md's words; each must be named by the comparison. */
const unseen: readonly (readonly [name: string, sql: string, expected: readonly string[]])[] = [
  ['CHECK', check, ['check User.some_name']],
  ['EXCLUDE', `ALTER TABLE "User" ADD CONSTRAINT "one" EXCLUDE USING btree ("name" WITH =);`, ['exclusion User.one']],
  [
    'triggers and functions',
    `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$; CREATE TRIGGER t BEFORE UPDATE ON "User" FOR EACH ROW EXECUTE FUNCTION f();`,
    ['function f', 'trigger User.t'],
  ],
  ['a procedure', `CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';`, ['function p']],
  [
    'row level security and policies',
    `ALTER TABLE "User" ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON "User" USING ("active");`,
    ['policy User.own', 'row level security User'],
  ],
  ['views', 'CREATE VIEW v AS SELECT "id" FROM "User";', ['view v']],
  ['materialized views', 'CREATE MATERIALIZED VIEW m AS SELECT "id" FROM "User";', ['materialized view m']],
  ['sequences', 'CREATE SEQUENCE s START 1000;', ['sequence s']],
  ["sequences' options", 'ALTER SEQUENCE "User_id_seq" CYCLE CACHE 20;', ['sequence User_id_seq']],
  ['domains', `CREATE DOMAIN mail AS text CHECK (VALUE LIKE '%@%');`, ['domain mail']],
  ['composite types', 'CREATE TYPE pair AS (a int, b text);', ['composite type pair']],
  ['comments', `COMMENT ON COLUMN "User"."name" IS 'It''s theirs';`, ['comment User.name']],
  ['expression indexes', 'CREATE INDEX low ON "User"(lower("email"));', ['expression index User.low']],
  ['partial indexes', 'CREATE INDEX part ON "User"("name") WHERE "active";', ['partial index User.part']],
  [
    'a UNIQUE constraint against a unique index',
    'ALTER TABLE "User" ADD CONSTRAINT "User_email_key" UNIQUE USING INDEX "User_email_key";',
    ['unique constraint User.User_email_key'],
  ],
  [
    'NULLS NOT DISTINCT',
    'DROP INDEX "User_email_key"; CREATE UNIQUE INDEX "User_email_key" ON "User"("email") NULLS NOT DISTINCT;',
    ['index option User.User_email_key'],
  ],
  [
    'index collation, operator class, NULLS FIRST and INCLUDE',
    `DROP INDEX "posts_author_id_title_key"; CREATE UNIQUE INDEX "posts_author_id_title_key" ON "posts"("author_id", "title" COLLATE "C");
     DROP INDEX "User_email_key"; CREATE UNIQUE INDEX "User_email_key" ON "User"("email" text_pattern_ops);
     DROP INDEX "_PostToTag_B_index"; CREATE INDEX "_PostToTag_B_index" ON "_PostToTag"("B" NULLS FIRST);
     DROP INDEX "posts_author_id_created_at_idx"; CREATE INDEX "posts_author_id_created_at_idx" ON "posts"("author_id", "created_at" DESC) INCLUDE ("score");`,
    [
      'index option User.User_email_key',
      'index option _PostToTag._PostToTag_B_index',
      'index option posts.posts_author_id_created_at_idx',
      'index option posts.posts_author_id_title_key',
    ],
  ],
  [
    'identity kind',
    'ALTER TABLE "User" ALTER COLUMN "id" DROP DEFAULT, ALTER COLUMN "id" ADD GENERATED ALWAYS AS IDENTITY;',
    ['identity User.id'],
  ],
  [
    'disabled triggers',
    `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$; CREATE TRIGGER t BEFORE UPDATE ON "User" FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE "User" DISABLE TRIGGER t;`,
    ['function f', 'trigger User.t'],
  ],
  ['grants', 'CREATE ROLE reader; GRANT SELECT ON "User" TO reader;', ['grant table User to reader']],
  ['other schemas', 'CREATE SCHEMA audit; CREATE TABLE audit.log (id int);', ['table audit.log']],
  [
    'generated columns',
    'ALTER TABLE "User" DROP COLUMN "name"; ALTER TABLE "User" ADD COLUMN "name" text GENERATED ALWAYS AS (lower("email")) STORED;',
    ['generated column User.name'],
  ],
  ['column collation', 'ALTER TABLE "User" ALTER COLUMN "name" TYPE text COLLATE "C";', ['column collation User.name']],
  ['unlogged tables', 'ALTER TABLE "_PostToTag" SET UNLOGGED;', ['unlogged table _PostToTag']],
];

test.each(unseen)('sees %s', async (_name, sql, expected) => {
  const { comparison } = await facts(sql);
  expect(comparison.unmanaged.map(({ kind, path }) => `${kind} ${path}`)).toEqual(expected);
  for (const { definition } of comparison.unmanaged) expect(definition).not.toBe('');
});

test.each([
  [
    'DEFERRABLE uniques',
    'DROP INDEX "User_email_key"; ALTER TABLE "User" ADD CONSTRAINT "User_email_key" UNIQUE ("email") DEFERRABLE;',
    'drift/weak-unique',
  ],
  [
    'a partial index in place of @unique',
    'DROP INDEX "User_email_key"; CREATE UNIQUE INDEX "User_email_key" ON "User"("email") WHERE "active";',
    'drift/weak-unique',
  ],
  [
    'an invalid index',
    `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'posts_author_id_created_at_idx'::regclass;`,
    'drift/missing-index',
  ],
  [
    'a duplicate index under another name',
    'CREATE INDEX again ON "posts"("author_id", "created_at" DESC);',
    'drift/extra-index',
  ],
  [
    'a NOT VALID foreign key',
    'ALTER TABLE "Member" DROP CONSTRAINT "Member_userId_fkey"; ALTER TABLE "Member" ADD CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;',
    'drift/weak-foreign-key',
  ],
  [
    'a DEFERRABLE foreign key',
    'ALTER TABLE "Member" ALTER CONSTRAINT "Member_userId_fkey" DEFERRABLE;',
    'drift/weak-foreign-key',
  ],
])('sees %s as drift', async (_name, sql, rule) => {
  const { report } = await drift.audit(after(sql));
  expect(report.findings.map(finding => finding.rule)).toEqual([rule]);
});

test('sees extensions', async () => {
  const { comparison } = await facts('CREATE EXTENSION citext;');
  expect(comparison.unmanaged.map(({ kind, path }) => `${kind} ${path}`)).toEqual(['extension citext']);
});

async function facts(sql: string) {
  const audit = await drift.audit(after(sql));
  expect(driftOf(audit)).toEqual([]);
  return { comparison: await audit.fact('comparison') };
}
