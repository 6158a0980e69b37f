import type { AnyRule } from '@migrate-lint/core';
import { auditOf, type ProjectText } from '../src/testing.ts';

const models = 'model Nothing {\n  id Int @id\n}\n';

/**
 * What a rule says of a migration that follows another one, as messages in their order. `before` makes what is there; findings in it count
 * too, with `before: ` in front, for a rule of locks must not speak of it. Starts no database.
 */
export async function say(
  rule: AnyRule,
  before: string,
  sql: string,
  more: Partial<ProjectText> = {},
): Promise<readonly string[]> {
  const migrations = { '1_before': before, '2_next': sql };
  const { report } = await auditOf({ schema: models, migrations, ...more, facts: ['migrations'] }, [rule]);
  const [unread] = report.skipped;
  if (unread) throw new Error(`${unread.rule} was skipped: ${unread.reason}`);
  return report.findings.map(({ location, message }) =>
    location?.file.includes('1_before') === true ? `before: ${message}` : message,
  );
}
