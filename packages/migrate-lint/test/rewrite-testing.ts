import { expect } from '@jest/globals';
import { applyFixes, type AnyRule, type Audit, type Fix, type Lock } from '@migrate-lint/core';
import type { ProjectText } from '../src/testing.ts';
import { migrationFor } from '../src/write-migration.ts';
import { pooledTesting } from './pooled-testing.ts';

export interface Rewritten {
  /** The new texts of the migrations that were edited, by folder. */
  readonly files: Readonly<Record<string, string>>;
  /** The SQL of the new migrations, in the order in which they run. */
  readonly migrations: readonly string[];
  /** By statement, as it is written on one line: what it locks now that was there before its migration. */
  readonly locks: readonly { readonly sql: string; readonly locks: readonly Lock[] }[];
  /** What the rule says after it, as messages; a fix that works leaves nothing. */
  readonly said: readonly string[];
}

export type Applied = (rule: AnyRule, before: string, sql: string, more?: Partial<ProjectText>) => Promise<Rewritten>;

const nothing = 'model Nothing {\n  id Int @id\n}\n';

/**
 * `applied` for a test file, on one embedded database. It applies the fixes of a rule to a migration that follows another one, as
 * `migrate-lint fix --unsafe` does; expects all of the history to run, and a second run to change nothing.
 */
export async function rewriteTesting(): Promise<{ readonly applied: Applied }> {
  const { auditOf } = await pooledTesting();
  const run = (rule: AnyRule, project: ProjectText, facts: ProjectText['facts'] = ['migrations']): Promise<Audit> =>
    auditOf({ ...project, facts }, [rule]);
  return {
    applied: async (rule, before, sql, more = {}) => {
      const project = { schema: nothing, ...more, migrations: { '1_before': before, '2_next': sql } };
      const first = await run(rule, project);
      const fixes = fixesOf(first);
      if (fixes.length === 0) throw new Error(`${rule.id} has no fix for this.`);
      const { texts, skipped } = applyFixes(fixes, first.files);
      expect(skipped).toEqual([]);
      const files = Object.fromEntries([...texts].map(([file, text]) => [file.split('/').at(-2) ?? file, text]));
      const migrations = migrationFor(fixes.map(fix => ({ rule: rule.id, subject: 'a', fix }))).map(each => each.sql);
      const written = Object.fromEntries(migrations.map((each, at) => [`3_${String(at).padStart(2, '0')}`, each]));
      const mended = { ...project, migrations: { ...project.migrations, ...files, ...written } };
      const second = await run(rule, mended, ['replay']);
      await expectToRun(second);
      const again = applyFixes(fixesOf(second), second.files);
      expect([...again.texts.keys()]).toEqual([]);
      const { statements } = await second.fact('locks');
      const locks = statements
        .filter(({ statement }) => statement.migration.name !== '1_before')
        .map(each => ({ sql: each.statement.sql.replace(/\s+/g, ' '), locks: each.locks }));
      return { files, migrations, locks, said: second.report.findings.map(({ message }) => message) };
    },
  };
}

function fixesOf({ report, fixes }: Audit): readonly Fix[] {
  const [unread] = report.skipped;
  if (unread) throw new Error(`${unread.rule} was skipped: ${unread.reason}`);
  return report.findings.flatMap(({ fingerprint }) => fixes.get(fingerprint) ?? []);
}

async function expectToRun(audit: Audit): Promise<void> {
  const { migrations } = await audit.fact('replay');
  const failed = migrations.find(({ failure }) => failure !== undefined);
  if (failed) throw new Error(`${failed.path}: ${failed.failure?.message ?? ''}\n${failed.migration.text}`);
}
