import type { Check, Finding, Skipped } from '../report.ts';
import { oneLine } from './escape.ts';
import type { Colors } from './reporter.ts';
import { byReason, count, groupOf, mostRules } from './summary.ts';
import { wrap } from './wrap.ts';

/** The rules that could not run, below their reason. */
export function notVerified(skipped: readonly Skipped[], colors: Colors): readonly string[] {
  if (skipped.length === 0) return [];
  return [
    colors.yellow(colors.bold('Not verified')),
    ...byReason(skipped).flatMap(({ reason, rules }) => [`  ${oneLine(reason)}`, colors.dim(`    ${rules}`)]),
  ];
}

/** What was looked at and found in order: each rule with the number of its subjects, or of many rules each group. */
export function verified(
  checks: readonly Check[],
  findings: readonly Finding[],
  width: number,
  colors: Colors,
): readonly string[] {
  const spoke = new Set(findings.map(finding => finding.rule));
  const clean = checks.filter(check => check.subjects > 0 && !spoke.has(check.rule));
  if (clean.length === 0) return [];
  const subjects = clean.reduce((sum, check) => sum + check.subjects, 0);
  const words =
    clean.length > mostRules
      ? byGroup(clean)
      : clean.map(({ rule, subjects: number }) => `${rule} (${String(number)})`);
  return [
    `${colors.green('Verified')} ${count(clean.length, 'rule')} on ${count(subjects, 'subject')} without a finding`,
    ...wrap(words, width - 2).map(line => colors.dim(`  ${line}`)),
  ];
}

function byGroup(checks: readonly Check[]): readonly string[] {
  const groups = [...new Set(checks.map(({ rule }) => groupOf(rule)))];
  return groups.map(group => {
    const own = checks.filter(({ rule }) => groupOf(rule) === group);
    const subjects = own.reduce((sum, check) => sum + check.subjects, 0);
    return `${count(own.length, 'rule')} of ${group}/ (${String(subjects)})`;
  });
}
