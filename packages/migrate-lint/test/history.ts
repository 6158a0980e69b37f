import { History } from '../src/migrations/history.ts';
import type { HistoryStatement } from '../src/migrations/touches.ts';

/** Migrations `001`, `002`, …, one for each text, as their parsed statements. */
export function historyOf(texts: readonly string[]): readonly HistoryStatement[] {
  return new History(
    texts.map((text, index) => {
      const name = String(index + 1).padStart(3, '0');
      return { name, file: `${name}/migration.sql`, text };
    }),
  ).statements;
}
