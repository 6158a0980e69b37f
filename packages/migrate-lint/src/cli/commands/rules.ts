import { groupOf, suppressionRules, type AnyRule } from '@migrate-lint/core';
import { loadConfig, settingsFor } from '@migrate-lint/core/config';
import pc from 'picocolors';
import { rulesOf } from '../audit.ts';
import { exitCodes } from '../exit-code.ts';
import type { Session } from '../session.ts';

/** A table of all rules, with what the configuration here makes of them. */
export async function runRules({ config: file }: { config?: string }, session: Session): Promise<number> {
  const rules = await rulesOf();
  const config = await loadConfig(session.cwd, file);
  const settings = settingsFor(config, rules);
  const all = [...rules, ...suppressionRules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const width = Math.max(...all.map(({ id }) => id.length));
  const colors = pc.createColors(session.color);
  const line = (rule: AnyRule): string => {
    const level = settings.enabled(rule) ? settings.level(rule, null) : 'off';
    // A rule that is on for some files alone has no level of its own.
    const state = level === 'off' && settings.enabled(rule) ? 'some' : level;
    const padded = state.padEnd(8);
    return `${rule.id.padEnd(width)}  ${state === 'off' ? colors.dim(padded) : padded}  ${colors.dim(rule.docs.summary)}`;
  };
  const groups = [...new Set(all.map(({ id }) => groupOf(id)))];
  const tables = groups.map(group => all.filter(({ id }) => groupOf(id) === group).map(line));
  const header = colors.bold(`${'rule'.padEnd(width)}  ${'level'.padEnd(8)}  what it finds`);
  const end = `Levels are those of ${config.file}. migrate-lint explain <rule> says more.`;
  await session.print(`${header}\n${tables.map(lines => lines.join('\n')).join('\n\n')}\n\n${end}\n`);
  return exitCodes.clean;
}
