import type { AnyRule, Finding } from '@migrate-lint/core';
import { auditOf, type ProjectText } from '../src/testing.ts';

const models = 'model Nothing {\n  id Int @id\n}\n';

/** The findings of a rule about a migration that follows another one. Starts no database. */
export async function findingsOf(
  rule: AnyRule,
  before: string,
  sql: string,
  later: ProjectText['migrations'] = {},
): Promise<readonly Finding[]> {
  const migrations = { '1_before': before, '2_next': sql, ...later };
  const { report } = await auditOf({ schema: models, migrations, facts: ['migrations'] }, [rule]);
  const [unread] = report.skipped;
  if (unread) throw new Error(`${unread.rule} was skipped: ${unread.reason}`);
  return report.findings;
}

/** A project of an exact version of Prisma, as an installation shows it; the file lies beside the folder of the schema. */
export function withPrisma(version: string): Pick<ProjectText, 'schema'> {
  const installed = JSON.stringify({ name: 'prisma', version });
  return { schema: { 'schema.prisma': models, '../node_modules/prisma/package.json': installed } };
}
