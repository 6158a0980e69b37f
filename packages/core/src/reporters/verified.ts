import type { Check, Finding, Skipped } from '../report.ts';
import { oneLine } from './escape.ts';
import type { Colors } from './reporter.ts';
import { count } from './summary.ts';

/** The rules that could not run, below their reason. */
export function notVerified(skipped: readonly Skipped[], colors: Colors): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { rule, reason } of skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), rule]);
  if (byReason.size === 0) return [];
  return [
    colors.yellow(colors.bold('Not verified')),
    ...[...byReason].flatMap(([reason, rules]) => [`  ${oneLine(reason)}`, colors.dim(`    ${rules.join(', ')}`)]),
  ];
}

/** What was looked at and found in order, each rule with the number of its subjects. */
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
  const words = clean.map(({ rule, subjects: number }) => `${rule} (${String(number)})`);
  return [
    `${colors.green('Verified')} ${count(clean.length, 'rule')} on ${count(subjects, 'subject')} without a finding`,
    ...wrap(words, width - 2).map(line => colors.dim(`  ${line}`)),
  ];
}

function wrap(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 2 < width) lines[lines.length - 1] = `${last}, ${word}`;
    else lines.push(word);
  }
  return lines;
}
