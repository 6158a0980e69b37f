import { mapping } from './mapping.mjs';

/** Levels that a script which is called safe must not get from us. */
const serious = new Set(['critical', 'high', 'medium']);

/**
 * What came of a claim: `agree`, `silent` (they speak, we do not), `loud` (they are silent, one of ours speaks), or `none` with the reason
 * why it is not compared. `said` are our findings in the script, `optIn` the ids of rules that are off unless somebody asks for them.
 */
export function judge(tool, { rule, speaks, postgres }, said, optIn) {
  const entry = mapping[tool][rule];
  if (!entry) throw new Error(`${tool} has a rule that bench/field/mapping.mjs does not know: ${rule}`);
  if (entry.none) return { verdict: 'none', reason: entry.none };
  if (postgres !== undefined && postgres < 12) return { verdict: 'none', reason: 'only of Postgres 11 and older' };
  if (entry.quiet?.includes('migration/*')) {
    const loud = said.some(({ rule: id, level }) => serious.has(level) && !optIn.has(id));
    return { verdict: loud ? 'loud' : 'agree' };
  }
  const ids = entry.ours ?? entry.quiet;
  const expected = speaks && entry.quiet === undefined;
  const spoken = said.some(finding => ids.includes(finding.rule));
  return { verdict: spoken === expected ? 'agree' : expected ? 'silent' : 'loud' };
}

/** What squawk says of a script, in our ids. */
export const asOurs = rules =>
  rules.flatMap(rule => (mapping.squawk[rule]?.ours ?? []).map(id => ({ rule: id, level: 'medium' })));
