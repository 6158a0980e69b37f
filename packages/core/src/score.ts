import type { Check, Finding, Scores } from './report.ts';
import type { AnyRule, Category, Level } from './rule.ts';

/** What a rule takes off when every one of its subjects has a finding of this level; a single rule never takes all. */
const weights: Readonly<Record<Level, number>> = { critical: 0.6, high: 0.3, medium: 0.1, low: 0.03 };

/**
 * Scores of the categories and of the whole, each `100 × Π (1 − loss of the rule)` over its rules, rounded down, where a
 * rule's loss is the sum over its subjects of the weight of the worst finding, divided by the number of its subjects.
 *
 * Shares of subjects make a large project and a small one comparable; a product, and not a mean, keeps rules without a
 * finding from diluting the others, so that a release with more rules does not lift anybody's score. What is suppressed or
 * in the baseline does not count. 100 means no finding. A category whose rules had nothing to look at has no score.
 */
export function score(checks: readonly Check[], findings: readonly Finding[], rules: readonly AnyRule[]): Scores {
  const categoryOf = new Map(rules.map(rule => [rule.id, rule.category]));
  const losses = lossesBySubject(findings);
  const kept = new Map<Category, number>();
  let overall: number | null = null;
  for (const check of checks) {
    const category = categoryOf.get(check.rule);
    if (category === undefined || check.subjects === 0) continue;
    const loss = [...(losses.get(check.rule)?.values() ?? [])].reduce((sum, weight) => sum + weight, 0);
    const share = 1 - Math.min(1, loss / check.subjects);
    kept.set(category, (kept.get(category) ?? 1) * share);
    overall = (overall ?? 1) * share;
  }
  return {
    overall: overall === null ? null : percent(overall),
    categories: Object.fromEntries([...kept].sort(byName).map(([category, share]) => [category, percent(share)])),
  };
}

function lossesBySubject(findings: readonly Finding[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const losses = new Map<string, Map<string, number>>();
  for (const { rule, subject, level, suppressed } of findings) {
    if (suppressed) continue;
    const subjects = losses.get(rule) ?? new Map<string, number>();
    losses.set(rule, subjects.set(subject, Math.max(subjects.get(subject) ?? 0, weights[level])));
  }
  return losses;
}

/** Down, so that a single finding among thousands of subjects never shows as 100; the addend outweighs the float's error. */
function percent(share: number): number {
  return Math.floor(share * 100 + 1e-9);
}

function byName(a: readonly [string, number], b: readonly [string, number]): number {
  return a[0] < b[0] ? -1 : 1;
}
