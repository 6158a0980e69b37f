import { expect } from '@jest/globals';
import type { Audit, Finding } from '@migrate-lint/core';
import type { ProjectText } from '../src/testing.ts';
import { pooledTesting } from './pooled-testing.ts';
import { driftRules } from '../src/rules/drift-rules.ts';
import { historyRules } from '../src/rules/history-rules.ts';

const rules = [...driftRules, ...historyRules];

/** A finding with the lines of its places, to compare with what a test says. */
export interface Seen {
  readonly subject: string;
  readonly level: string;
  readonly place: string;
  readonly related: readonly string[];
  readonly message: string;
  readonly fix: Finding['fix'];
}

export interface DriftTesting {
  audit(project: ProjectText): Promise<Audit>;
  /** What the rule says of a project. */
  findings(project: ProjectText): Promise<readonly Seen[]>;
  /**
   * Appends the SQL of each of the rule's fixes as a migration of its own, audits again, and expects the rule to be silent. Returns what other
   * drift is left, as `rule subject`.
   */
  prove(project: ProjectText): Promise<readonly string[]>;
}

/** What the tests of one rule work with: one embedded database for the file. */
export async function driftTesting(rule: string): Promise<DriftTesting> {
  const { auditOf } = await pooledTesting();
  const audit = async (project: ProjectText): Promise<Audit> => {
    const result = await auditOf(project, rules);
    const failure = result.report.findings.find(finding => finding.rule === 'history/replay-failure');
    if (failure && rule !== failure.rule) throw new Error(failure.message);
    const unread = failure ? undefined : result.report.skipped[0];
    if (unread) throw new Error(`${unread.rule} was skipped: ${unread.reason}`);
    return result;
  };
  const own = ({ report }: Audit): Finding[] => report.findings.filter(finding => finding.rule === rule);
  return {
    audit,
    findings: async project => own(await audit(project)).map(seen),
    prove: async project => {
      const fixes = own(await audit(project)).flatMap(({ fix }) => (fix?.sql ? [fix.sql] : []));
      expect(fixes.length).toBeGreaterThan(0);
      const appended = Object.fromEntries([...new Set(fixes)].map((sql, at) => [`9${String(at)}_fix`, sql]));
      const after = await audit({ ...project, migrations: { ...project.migrations, ...appended } });
      expect(own(after).map(seen)).toEqual([]);
      return driftOf(after);
    },
  };
}

/** Drift as `rule subject`, without what no schema can say. */
export function driftOf({ report }: Audit): readonly string[] {
  return report.findings
    .filter(({ rule }) => rule !== 'drift/unmanaged-object')
    .map(({ rule, subject }) => `${rule} ${subject}`);
}

function seen({ subject, level, location, related, message, fix }: Finding): Seen {
  const at = (place: Finding['location']): string => (place ? `${place.file}:${String(place.line)}` : 'nowhere');
  return {
    subject,
    level,
    place: at(location),
    related: related.map(one => `${at(one.location)} ${one.message}`),
    message,
    fix,
  };
}
