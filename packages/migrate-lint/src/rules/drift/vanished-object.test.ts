import { expect, jest, test } from '@jest/globals';
import { driftOf, driftTesting } from '../../../test/drift-testing.ts';
import { after, change, healthy } from '../../../test/healthy-project.ts';
import { writeManifest } from '../../database/manifest.ts';
import { migrationFor } from '../../write-migration.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/vanished-object');

const made = `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TRIGGER t BEFORE UPDATE ON "User" FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE "User" ADD CONSTRAINT "some_name" CHECK ("name" <> '');
ALTER TABLE "User" ADD CONSTRAINT "one" EXCLUDE USING btree ("name" WITH =);
ALTER TABLE "posts" ENABLE ROW LEVEL SECURITY; ALTER TABLE "posts" FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON "posts" FOR SELECT TO PUBLIC USING ("title" <> '');
CREATE VIEW v WITH (security_barrier = true) AS SELECT "id" FROM "User";
CREATE MATERIALIZED VIEW m AS SELECT "id" FROM v;
CREATE SEQUENCE s START 1000;
CREATE DOMAIN mail AS text CHECK (VALUE LIKE '%@%');
CREATE TYPE pair AS (a int, b text);
COMMENT ON COLUMN "User"."name" IS 'It''s theirs';
CREATE INDEX low ON "User"(lower("email"));
CREATE INDEX part ON "User"("name") WHERE "active";
ALTER SEQUENCE "User_id_seq" CYCLE;
CREATE ROLE reader; GRANT SELECT ON v TO reader;
DROP INDEX "_PostToTag_B_index"; CREATE INDEX "_PostToTag_B_index" ON "_PostToTag"("B" NULLS FIRST);
ALTER TABLE "posts" DROP COLUMN "score"; ALTER TABLE "posts" ADD COLUMN "score" numeric(5,2) GENERATED ALWAYS AS (length("title")) STORED;
`;
const gone = `DROP TRIGGER t ON "User"; DROP FUNCTION f; ALTER TABLE "User" DROP CONSTRAINT "some_name", DROP CONSTRAINT "one";
DROP POLICY own ON "posts"; ALTER TABLE "posts" DISABLE ROW LEVEL SECURITY; DROP MATERIALIZED VIEW m; DROP VIEW v; DROP SEQUENCE s; DROP DOMAIN mail;
DROP TYPE pair; COMMENT ON COLUMN "User"."name" IS NULL; DROP INDEX low; DROP INDEX part; ALTER SEQUENCE "User_id_seq" NO CYCLE;
DROP INDEX "_PostToTag_B_index"; CREATE INDEX "_PostToTag_B_index" ON "_PostToTag"("B");
ALTER TABLE "posts" DROP COLUMN "score"; ALTER TABLE "posts" ADD COLUMN "score" numeric(5,2);
`;

async function manifestOf(sql: string): Promise<string> {
  const comparison = await (await drift.audit(after(sql))).fact('comparison');
  return writeManifest(comparison.unmanaged);
}

test('is silent without a manifest, and where everything in it is there', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  expect(await drift.findings(after(made, { manifest: await manifestOf(made) }))).toEqual([]);
});

test('names the line of the manifest and the statement that dropped it', async () => {
  const sql = 'ALTER TABLE "User" ADD CONSTRAINT "some_name" CHECK ("name" <> \'\');';
  const migrations = {
    ...healthy.migrations,
    '1_more': sql,
    '2_change': 'ALTER TABLE "User" DROP CONSTRAINT "some_name";',
  };
  expect(await drift.findings({ ...healthy, migrations, manifest: await manifestOf(sql) })).toMatchObject([
    {
      subject: 'check User.some_name',
      level: 'critical',
      place: 'prisma/unmanaged.json:6',
      related: [`${change} dropped by 2_change`],
      message: 'The manifest lists the check `User.some_name` and `2_change` dropped it.',
      fix: {
        safety: 'unsafe',
        sql: 'ALTER TABLE "User" ADD CONSTRAINT "some_name" CHECK ((name <> \'\'::text));',
      },
    },
  ]);
});

test('makes everything again', async () => {
  const manifest = await manifestOf(made);
  const project = { ...healthy, manifest, migrations: { ...healthy.migrations, '2_made': made, '3_gone': gone } };
  const audit = await drift.audit(project);
  const findings = audit.report.findings.filter(({ rule }) => rule === 'drift/vanished-object');
  expect(findings.length).toBe((JSON.parse(manifest) as { objects: unknown[] }).objects.length);
  const scripts = migrationFor(
    findings.flatMap(({ rule, subject, fingerprint }) => {
      const fix = audit.fixes.get(fingerprint);
      return fix ? [{ rule, subject, fix }] : [];
    }),
  );
  expect(scripts).toHaveLength(1);
  const mended = { ...project, migrations: { ...project.migrations, '4_fix': scripts[0]?.sql ?? '' } };
  expect(driftOf(await drift.audit(mended))).toEqual([]);
});
