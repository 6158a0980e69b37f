import { quoteIdentifier } from '../database/database.ts';
import type { Step } from './step.ts';

/** The renames in an order in which each finds its new name free. Where names change places, one steps aside first. */
export function orderRenames<Item extends { readonly step: Step }>(items: readonly Item[]): readonly Item[] {
  const pending = [...items];
  const ordered: Item[] = [];
  while (pending.length > 0) {
    const free = pending.findIndex(item => !pending.some(other => other !== item && isInTheWay(other.step, item.step)));
    const [item] = pending.splice(Math.max(free, 0), 1);
    if (!item) break;
    if (free !== -1 || !item.step.rename) {
      ordered.push(item);
      continue;
    }
    const { from, to, scope } = item.step.rename;
    const aside = freeName(from, items);
    ordered.push({ ...item, step: rewrite(item.step, to, aside) });
    pending.push({ ...item, step: { ...rewrite(item.step, from, aside), rename: { scope, from: aside, to } } });
  }
  return ordered;
}

function isInTheWay({ rename: other }: Step, { rename }: Step): boolean {
  return other !== undefined && other.scope === rename?.scope && other.from === rename.to;
}

/** Both names stand at the end of the statement, one behind the other. */
function rewrite(step: Step, name: string, by: string): Step {
  const at = step.sql.lastIndexOf(quoteIdentifier(name));
  return {
    ...step,
    sql: step.sql.slice(0, at) + quoteIdentifier(by) + step.sql.slice(at + quoteIdentifier(name).length),
  };
}

function freeName(name: string, items: readonly { readonly step: Step }[]): string {
  const taken = new Set(items.flatMap(({ step }) => (step.rename ? [step.rename.from, step.rename.to] : [])));
  let cut = name;
  while (Buffer.byteLength(cut) > 55) cut = cut.slice(0, -1);
  let candidate = `${cut}_moved`;
  for (let number = 2; taken.has(candidate); number += 1) candidate = `${cut}_moved${String(number)}`;
  return candidate;
}
