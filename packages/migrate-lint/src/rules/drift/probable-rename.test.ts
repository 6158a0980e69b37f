import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { healthy } from '../../../test/healthy-project.ts';
import type { ProjectText } from '../../testing.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/probable-rename');

const log = `model AuditLog {
  id         String    @id
  resource   String?   @db.Text
  resourceId String?   @map("resource_id")
  metadata   String?
  severity   Severity? @default(low)
  at         DateTime  @default(now())
}

enum Severity {
  low
  high
}
`;
const old = `CREATE TYPE "Level" AS ENUM ('low', 'high');
CREATE TABLE "audit_logs" ("id" text NOT NULL, "resource_type" text, "resource_id" text, "changes" jsonb,
  "severity" "Level" DEFAULT 'low', "at" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, CONSTRAINT "audit_logs_pkey" PRIMARY KEY ("id"));
`;
const project: ProjectText = { schema: log, migrations: { '1_init': old } };

test('is silent where names agree, and where a thing has no partner or too many', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const two = `CREATE TABLE "T" ("id" integer NOT NULL, "colour_a" text, "colour_b" text, CONSTRAINT "T_pkey" PRIMARY KEY ("id"));`;
  const schema = 'model T {\n  id Int @id\n  colour String?\n}\n';
  expect(await drift.findings({ schema, migrations: { '1': two } })).toEqual([]);
});

test('finds the table, the columns and the enum of the audit log', async () => {
  const findings = await drift.findings(project);
  expect(findings.map(({ subject, place }) => [subject, place])).toEqual([
    ['AuditLog', 'prisma/schema.prisma:1'],
    ['AuditLog.resource', 'prisma/schema.prisma:3'],
    ['AuditLog.metadata', 'prisma/schema.prisma:5'],
    ['Severity', 'prisma/schema.prisma:10'],
  ]);
  expect(findings[2]).toMatchObject({
    level: 'critical',
    related: ['prisma/migrations/1_init/migration.sql:2 created by 1_init'],
    message: expect.stringContaining(
      'The migrations make the column `audit_logs.changes` that is probably `AuditLog.metadata` of the schema under its old name and became `text` from `jsonb`',
    ),
    fix: {
      safety: 'unsafe',
      title: 'Rename the column `changes` to `metadata`, and convert it to `text`',
      sql: 'ALTER TABLE "AuditLog" RENAME COLUMN "changes" TO "metadata";\nALTER TABLE "AuditLog" ALTER COLUMN "metadata" TYPE text;',
    },
  });
  expect(findings.filter((_, at) => at !== 2).map(({ fix }) => fix?.sql)).toEqual([
    'ALTER TABLE "audit_logs" RENAME TO "AuditLog";',
    'ALTER TABLE "AuditLog" RENAME COLUMN "resource_type" TO "resource";',
    'ALTER TYPE "Level" RENAME TO "Severity";',
  ]);
});

test('the fix keeps the rows, and leaves only the name of the primary key', async () => {
  const rows = `INSERT INTO "audit_logs" VALUES ('1', 'invoice', '7', '{"a": 1}', 'high');`;
  const filled = { ...project, migrations: { '1_init': old, '2_rows': rows } };
  expect(await drift.prove(filled)).toEqual(['drift/constraint-name AuditLog.AuditLog_pkey']);
  const fix = (await drift.findings(filled)).map(finding => finding.fix?.sql ?? '').join('\n');
  const check = `DO $$ BEGIN ASSERT (SELECT ("resource", "metadata", "severity"::text) = ('invoice', '{"a": 1}', 'high') FROM "AuditLog"); END $$;`;
  const after = { ...filled, migrations: { ...filled.migrations, '3_fix': fix, '4_check': check } };
  expect(await drift.findings(after)).toEqual([]);
});

test('a changed default or NULL of a renamed column is told by its own rule', async () => {
  const schema = log.replace('String?   @db.Text', 'String    @default("x")');
  const audit = await drift.audit({ ...project, schema });
  const rules = audit.report.findings.filter(({ subject }) => subject === 'AuditLog.resource').map(({ rule }) => rule);
  expect(rules.sort()).toEqual(['drift/default-change', 'drift/nullability-change', 'drift/probable-rename']);
});
