import { describe, expect, jest, test } from '@jest/globals';
import type { Audit } from '@migrate-lint/core';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ProjectText } from '../src/testing.ts';
import { migrationFor } from '../src/write-migration.ts';
import { driftOf, driftTesting } from './drift-testing.ts';
import { after, healthy } from './healthy-project.ts';

jest.setTimeout(120_000);
const { audit } = await driftTesting('');

function scriptsOf({ report, fixes }: Audit): readonly string[] {
  return migrationFor(
    report.findings.flatMap(({ rule, subject, fingerprint }) => {
      const fix = fixes.get(fingerprint);
      return fix ? [{ rule, subject, fix }] : [];
    }),
  ).map(({ sql }) => sql);
}

/** Replays the project with the scripts behind its own migrations, and then a check that throws. */
async function mended(project: ProjectText, check = 'SELECT 1;'): Promise<readonly string[]> {
  const written = scriptsOf(await audit(project)).map((sql, at) => [`7${String(at)}_mended`, sql] as const);
  expect(written.length).toBeGreaterThan(0);
  const migrations = { ...project.migrations, ...Object.fromEntries(written), '8_check': check };
  return driftOf(await audit({ ...project, migrations }));
}

describe('a migration that mends everything', () => {
  test('leaves no drift after changes of each kind, and keeps the rows', async () => {
    const project = after(`
      INSERT INTO "User" ("email", "name", "role", "roles") VALUES ('a@b.c', 'A', 'ADMIN', '{USER}');
      INSERT INTO "posts" ("id", "title", "author_id") VALUES ('0190a3f2-0000-7000-8000-000000000000', 'T', 1);
      ALTER TABLE "posts" DROP CONSTRAINT "posts_author_id_fkey"; DROP INDEX "posts_author_id_title_key";
      ALTER TABLE "_PostToTag" DROP CONSTRAINT "_PostToTag_A_fkey"; DROP TABLE "_PostToTag"; DROP TABLE "Member";
      ALTER TABLE "posts" ALTER COLUMN "id" TYPE text; ALTER TABLE "posts" RENAME COLUMN "title" TO "titles";
      ALTER TABLE "posts" ALTER COLUMN "titles" TYPE text; ALTER TABLE "posts" RENAME TO "post";
      ALTER TABLE "User" DROP COLUMN "active"; ALTER TABLE "User" ADD COLUMN "legacy" text NOT NULL DEFAULT '';
      ALTER TABLE "User" ALTER COLUMN "email" DROP NOT NULL, ALTER COLUMN "createdAt" DROP DEFAULT;
      ALTER TYPE "Role" ADD VALUE 'ROOT'; CREATE TYPE "Mood" AS ENUM ('good');
      CREATE TABLE "old" ("id" integer PRIMARY KEY, "user" integer REFERENCES "User", "role" "Role", "mood" "Mood");
      ALTER INDEX "User_email_key" RENAME TO "one_email"; CREATE INDEX "more" ON "User"("name");
      ALTER TABLE "Tag" DROP CONSTRAINT "Tag_pkey";`);
    const rules = new Set((await audit(project)).report.findings.map(({ rule }) => rule));
    expect([...rules].sort()).toEqual([
      'drift/constraint-name',
      'drift/default-change',
      'drift/extra-column',
      'drift/extra-enum',
      'drift/extra-enum-value',
      'drift/extra-index',
      'drift/extra-table',
      'drift/missing-column',
      'drift/missing-foreign-key',
      'drift/missing-table',
      'drift/missing-unique',
      'drift/nullability-change',
      'drift/primary-key-change',
      'drift/probable-rename',
      'drift/type-change',
    ]);
    const check = `DO $$ BEGIN
      ASSERT (SELECT ("email", "name", "role"::text, "roles"::text) = ('a@b.c', 'A', 'ADMIN', '{USER}') FROM "User");
      ASSERT (SELECT ("id"::text, "title", "author_id") = ('0190a3f2-0000-7000-8000-000000000000', 'T', 1) FROM "posts");
    END $$;`;
    expect(await mended(project, check)).toEqual([]);
  });

  test('puts a value that a default uses into a migration before', async () => {
    const project = healthy;
    const schema = project.schema.replace('@default(USER)', '@default(GUEST)').replace('  USER\n', '  GUEST\n  USER\n');
    const scripts = scriptsOf(await audit({ ...project, schema }));
    expect(scripts.map(sql => [sql.includes('ADD VALUE'), sql.includes('SET DEFAULT')])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(await mended({ ...project, schema })).toEqual([]);
  });

  test('mends the example of a finance product', async () => {
    const root = fileURLToPath(new URL('../../../examples/finance/prisma/', import.meta.url));
    const folders = (await readdir(`${root}migrations`)).filter(name => !name.includes('.'));
    const texts = folders.map(async name => [name, await readFile(`${root}migrations/${name}/migration.sql`, 'utf8')]);
    const project = {
      schema: await readFile(`${root}schema.prisma`, 'utf8'),
      migrations: Object.fromEntries(await Promise.all(texts)) as Record<string, string>,
    };
    expect(driftOf(await audit(project)).length).toBeGreaterThan(10);
    expect(await mended({ ...project, migrations: project.migrations })).toEqual([]);
  });

  test('is the same whenever it is written', async () => {
    const project = after('DROP TABLE "Member"; DROP TABLE "_PostToTag";');
    expect(scriptsOf(await audit(project))).toEqual(scriptsOf(await audit(project)));
  });
});
