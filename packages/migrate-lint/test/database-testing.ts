import { expect } from '@jest/globals';
import type { AnyRule, Audit, Finding } from '@migrate-lint/core';
import { pooledTesting } from './pooled-testing.ts';

export interface DatabaseSetting {
  /** Models; without them the project has none for the tables. */
  readonly schema?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface DatabaseTesting {
  findings(sql: string, setting?: DatabaseSetting): Promise<readonly Finding[]>;
  /** As `subject: message`. */
  say(sql: string, setting?: DatabaseSetting): Promise<readonly string[]>;
  /** The subjects of which the rule says something. */
  flagged(sql: string, setting?: DatabaseSetting): Promise<readonly string[]>;
  /** Runs the SQL of each fix as a migration of its own and expects the rule to be silent after it. Returns that SQL. */
  prove(sql: string, setting?: DatabaseSetting): Promise<readonly string[]>;
}

const nothing = 'model Nothing {\n  id Int @id\n}\n';

/** What the tests of one rule of the catalog work with: one embedded database for the file. */
export async function databaseTesting(rule: AnyRule): Promise<DatabaseTesting> {
  const { auditOf } = await pooledTesting();
  const run = async (migrations: readonly string[], { schema = nothing, options = {} }: DatabaseSetting = {}) => {
    const history = Object.fromEntries(migrations.map((sql, at) => [`${String(at + 1).padStart(3, '0')}_step`, sql]));
    const audit: Audit = await auditOf({ schema, migrations: history, options }, [rule]);
    const [unread] = audit.report.skipped;
    if (unread) throw new Error(`${unread.rule} was skipped: ${unread.reason}`);
    return audit.report.findings.filter(finding => finding.rule === rule.id);
  };
  return {
    findings: (sql, setting) => run([sql], setting),
    say: async (sql, setting) => (await run([sql], setting)).map(({ subject, message }) => `${subject}: ${message}`),
    flagged: async (sql, setting) => (await run([sql], setting)).map(({ subject }) => subject),
    prove: async (sql, setting) => {
      const fixes = (await run([sql], setting)).flatMap(({ fix }) => (fix?.sql ? [fix.sql] : []));
      expect(fixes.length).toBeGreaterThan(0);
      expect(await run([sql, ...new Set(fixes)], setting)).toEqual([]);
      return [...new Set(fixes)];
    },
  };
}
