import type { Finding, Report, Skipped } from '../report.ts';
import { levels, type Level } from '../rule.ts';

/** Findings that count: neither suppressed nor in the baseline. */
export function active(report: Report): readonly Finding[] {
  return report.findings.filter(finding => finding.suppressed === null);
}

/** Whether a level is at or above another. */
export function reaches(level: Level, threshold: Level): boolean {
  return levels.indexOf(level) <= levels.indexOf(threshold);
}

/** `1 finding`, `2 findings` */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** `✖ 3 critical, 2 high in 4 files; 2 rules not verified; 5 suppressed; score 61` */
export function summary(report: Report, failOn: Level): string {
  const findings = active(report);
  const files = new Set(findings.flatMap(finding => finding.location?.file ?? []));
  const counts = levels
    .map(level => [level, findings.filter(finding => finding.level === level).length] as const)
    .filter(([, number]) => number > 0)
    .map(([level, number]) => `${String(number)} ${level}`);
  const fails = findings.some(finding => reaches(finding.level, failOn));
  const sign = fails ? '✖' : report.skipped.length > 0 || findings.length > 0 ? '⚠' : '✔';
  const suppressed = report.findings.length - findings.length;
  return [
    `${sign} ${counts.join(', ') || 'No findings'}${files.size > 0 ? ` in ${count(files.size, 'file')}` : ''}`,
    ...(report.skipped.length > 0 ? [`${count(report.skipped.length, 'rule')} not verified`] : []),
    ...(suppressed > 0 ? [`${String(suppressed)} suppressed`] : []),
    ...(report.scores.overall === null ? [] : [`score ${String(report.scores.overall)}`]),
  ].join('; ');
}

/** More rules than these are told by their groups. */
export const mostRules = 24;

/** Why rules could not run, each reason once with its rules; of many rules how many of each group. */
export function byReason(skipped: readonly Skipped[]): readonly { readonly reason: string; readonly rules: string }[] {
  const found = new Map<string, string[]>();
  for (const { rule, reason } of skipped) found.set(reason, [...(found.get(reason) ?? []), rule]);
  return [...found].map(([reason, rules]) => ({
    reason,
    rules: (rules.length > mostRules ? inGroups(rules) : rules).join(', '),
  }));
}

function inGroups(rules: readonly string[]): readonly string[] {
  const groups = [...new Set(rules.map(groupOf))];
  return groups.map(group => `${count(rules.filter(rule => groupOf(rule) === group).length, 'rule')} of ${group}/`);
}

/** `drift` of `drift/missing-table`. */
export function groupOf(rule: string): string {
  return rule.slice(0, rule.indexOf('/'));
}
