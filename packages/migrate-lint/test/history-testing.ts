import type { AnyRule } from '@migrate-lint/core';
import { auditOf, type ProjectText } from '../src/testing.ts';

const models = 'model Nothing {\n  id Int @id\n}\n';

/** What a rule of the history says of a folder of migrations, as `subject: message`. Starts no database. */
export async function sayOf(
  rule: AnyRule,
  migrations: ProjectText['migrations'],
  more: Partial<ProjectText> = {},
): Promise<readonly string[]> {
  const { report } = await auditOf({ schema: models, migrations, ...more, facts: ['migrations'] }, [rule]);
  const [unread] = report.skipped;
  if (unread) throw new Error(`${unread.rule} was skipped: ${unread.reason}`);
  return report.findings.map(({ subject, message }) => `${subject}: ${message}`);
}
