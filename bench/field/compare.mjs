import { before } from './before/before.mjs';
import { asOurs, judge } from './judge.mjs';
import { judgementOf } from './judgements.mjs';
import { squawkSays } from './squawk-binary.mjs';

/**
 * Holds our findings against every claim of a tool's tests. A claim is: this rule speaks, or is silent, of this script. `squawk` is the path of
 * its binary, if it shall be held against the same claims.
 */
export async function compare(tool, { cases, unread }, rules, squawk) {
  const scripts = cases.map(({ name, files, wrapped }) => {
    const sql = files.join('\n');
    return { name, sql, wrapped, made: before(sql) };
  });
  const squawked = squawk && squawkSays(squawk, scripts);
  const claims = [];
  const failures = new Map();
  for (const [index, { name, files, wrapped, claims: made, postgres }] of cases.entries()) {
    const script = scripts[index];
    const said =
      script.made === undefined ? { findings: [] } : await rules.findings({ made: script.made, files, wrapped });
    if (said.error) failures.set(said.error, [...(failures.get(said.error) ?? []), name]);
    for (const claim of made) {
      const judged = judge(tool, { ...claim, postgres }, said.findings, rules.optIn);
      const compared = judged.verdict !== 'none';
      const squawks = squawked && compared && judge(tool, claim, asOurs(squawked[index]), rules.optIn).verdict;
      const verdict = !compared
        ? 'none'
        : script.made === undefined
          ? 'unparsed'
          : said.error
            ? 'failed'
            : judged.verdict;
      claims.push({
        ...claim,
        name,
        verdict,
        squawks,
        reason: judged.reason,
        judgement: verdict === 'silent' || verdict === 'loud' ? judgementOf(tool, name, claim.rule) : undefined,
        said: [
          ...new Set(said.findings.map(({ rule, level }) => `${rule.replace('migration/', '')} (${level})`)),
        ].sort(),
        sql: script.sql,
      });
    }
  }
  return { tool, cases: cases.length, unread, claims, failures, scripts };
}
