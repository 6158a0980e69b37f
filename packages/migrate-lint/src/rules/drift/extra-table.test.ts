import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/extra-table');

test('is silent on models, ignored models, external tables and what is not ours', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const project = after(
    `CREATE TABLE "_prisma_migrations" (id text); CREATE SCHEMA audit; CREATE TABLE audit.log (id int);
     CREATE TABLE theirs (id int); CREATE TABLE "Old" ("id" integer NOT NULL, CONSTRAINT "Old_pkey" PRIMARY KEY ("id"));`,
    {
      schema: `${healthy.schema}\nmodel Old {\n  id Int @id\n  @@ignore\n}\n`,
      externalTables: ['public.theirs'],
    },
  );
  expect(await drift.findings(project)).toEqual([]);
});

test('names the statement that made it, and drops it with the foreign keys that hold it', async () => {
  const project = after(
    `CREATE TABLE "legacy" ("id" integer PRIMARY KEY);\nCREATE TABLE "line" ("legacyId" integer REFERENCES "legacy", "n" integer);`,
  );
  const findings = await drift.findings(project);
  expect(findings.map(finding => finding.subject)).toEqual(['legacy', 'line']);
  expect(findings[0]).toMatchObject({
    level: 'high',
    place: change,
    related: [],
    message:
      'The migrations make the table `legacy` that no model names, so the next generated migration drops it with all of its rows.',
    fix: {
      safety: 'unsafe',
      title: 'Drop the table `legacy` with its rows, or take it into the schema with `prisma db pull`',
      sql: 'ALTER TABLE "line" DROP CONSTRAINT "line_legacyId_fkey";\nDROP TABLE "legacy";',
    },
  });
  expect(await drift.prove(project)).toEqual([]);
});
