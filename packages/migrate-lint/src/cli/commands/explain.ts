import { suppressionRules } from '@migrate-lint/core';
import { rulePage } from '@migrate-lint/core/docs';
import pc from 'picocolors';
import { rulesOf } from '../audit.ts';
import { exitCodes } from '../exit-code.ts';
import { UnknownName } from '../flags.ts';
import type { Session } from '../session.ts';

/** A rule's page, for a terminal. */
export async function runExplain(id: string, session: Session): Promise<number> {
  const rules = [...(await rulesOf()), ...suppressionRules];
  const rule = rules.find(each => each.id === id) ?? onlyOne(rules.filter(each => each.id.endsWith(`/${id}`)));
  if (!rule)
    throw new UnknownName(
      'rule',
      id,
      rules.map(each => each.id),
    );
  await session.print(forTerminal(rulePage(rule), session.color));
  return exitCodes.clean;
}

function onlyOne<Thing>(things: readonly Thing[]): Thing | undefined {
  return things.length === 1 ? things[0] : undefined;
}

/** Markdown with its marks turned into colours; without colours the headings keep theirs. */
function forTerminal(markdown: string, color: boolean): string {
  const colors = pc.createColors(color);
  let inCode = false;
  const lines = markdown.split('\n').flatMap(line => {
    if (line.startsWith('```')) {
      inCode = !inCode;
      return [];
    }
    if (inCode) return [colors.cyan(`    ${line}`)];
    if (line.startsWith('#')) return [color ? colors.bold(line.replace(/^#+ /, '')) : line];
    return [line.replace(/\*\*(.+?)\*\*/g, (_, strong: string) => (color ? colors.bold(strong) : strong))];
  });
  return lines.join('\n');
}
