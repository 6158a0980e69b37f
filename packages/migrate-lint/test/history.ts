import type { Migration } from '@migrate-lint/core';
import { parseStatements } from '../src/migrations/parser.ts';
import type { HistoryStatement } from '../src/migrations/touches.ts';

/** Migrations `001`, `002`, …, one for each text, as their parsed statements. */
export function historyOf(texts: readonly string[]): readonly HistoryStatement[] {
  return texts.flatMap((text, index) => {
    const name = String(index + 1).padStart(3, '0');
    const file = `${name}/migration.sql`;
    const span = { file, start: 0, end: text.length };
    const migration: Migration = { path: name, name, file, text, statements: [], span };
    return parseStatements(text).map((parsed, at) => {
      const { start, end } = parsed;
      const sql = text.slice(start, end);
      return { statement: { path: `${name}#${String(at + 1)}`, migration, sql, span: { file, start, end } }, parsed };
    });
  });
}
