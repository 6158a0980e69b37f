import type { Edit, Migration, Statement } from '@migrate-lint/core';

/** What says that a migration has nothing left to do; a file without a word looks like a mistake. */
export const emptyMigration = '-- This migration is empty: what it did is done by those behind it.';

/**
 * Puts other text in the place of a statement of a migration that is not applied: one statement or several, each with its semicolon. The
 * comments around it stay.
 */
export function rewriteStatement(statement: Statement, sql: string): readonly Edit[] {
  const { file, start } = statement.span;
  const text = sql.trim();
  return [
    { file, start, end: endOf(statement), text: isClosed(text) ? text : `${text}${hasComment(text) ? '\n' : ''};` },
  ];
}

/**
 * Takes a statement out of a migration that is not applied, with the line of Prisma that announces it (`-- CreateIndex`), what is said to
 * suppressions about it, and one blank line. A migration that had nothing else says that it is empty.
 */
export function removeStatement(statement: Statement): readonly Edit[] {
  const { file } = statement.span;
  const { text, statements } = statement.migration;
  const [from, to] = [statement.span.start, endOf(statement)];
  const [lineStart, lineEnd] = [startOfLine(text, from), endOfLine(text, to)];
  const ownsLines = isBlank(text.slice(lineStart, from)) && isBlank(text.slice(to, lineEnd));
  const start = ownsLines ? announced(text, lineStart, lineEnd) : from;
  if (statements.length === 1) return [{ file, start, end: to, text: emptyMigration }];
  if (!ownsLines) return [{ file, start, end: to, text: '' }];
  const blankLine = blankLineBefore(text, start) ?? blankLineAt(text, lineEnd);
  // Two edits: of two neighbours that both go, each takes the blank line between them, and the same edit twice is one.
  return [{ file, start, end: lineEnd, text: '' }, ...(blankLine ? [{ file, ...blankLine, text: '' }] : [])];
}

/** Puts a statement behind the last one of a migration that is not applied. */
export function appendStatement({ file, text, statements }: Migration, sql: string): readonly Edit[] {
  const last = statements.at(-1);
  const end = last ? endOf(last) : text.length;
  return [{ file, start: end, end, text: `${last && text[end - 1] !== ';' ? ';' : ''}\n\n${sql}` }];
}

/** Behind its semicolon, if it has one. */
function endOf({ span, migration }: Statement): number {
  const rest = /^\s*;/.exec(migration.text.slice(span.end));
  return span.end + (rest?.[0].length ?? 0);
}

/** The start of the comment lines right above a line that are about this one statement. */
function announced(text: string, lineStart: number, lineEnd: number): number {
  let start = lineStart;
  // `-- AlterEnum` may stand above several statements.
  const alone = lineEnd >= text.length || isBlank(lineAt(text, lineEnd)) || lineAt(text, lineEnd).startsWith('--');
  while (start > 0) {
    const above = startOfLine(text, start - 1);
    const line = text.slice(above, start).trim();
    const goes = /^--\s*migrate-lint-ignore(?![\w-])/.test(line) || (alone && /^-- [A-Z][A-Za-z]+$/.test(line));
    if (!goes) break;
    start = above;
  }
  return start;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function blankLineAt(text: string, start: number): Stretch | undefined {
  const end = endOfLine(text, start);
  return end > start && isBlank(text.slice(start, end)) ? { start, end } : undefined;
}

function blankLineBefore(text: string, end: number): Stretch | undefined {
  return end === 0 ? undefined : blankLineAt(text, startOfLine(text, end - 1));
}

function startOfLine(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Behind its line break. */
function endOfLine(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  return found === -1 ? text.length : found + 1;
}

function lineAt(text: string, start: number): string {
  return text.slice(start, endOfLine(text, start)).trim();
}

function isBlank(text: string): boolean {
  return text.replace('\uFEFF', '').trim() === '';
}

/** A semicolon behind `--` would be a part of the comment. */
function isClosed(sql: string): boolean {
  return sql.endsWith(';') && !hasComment(sql);
}

function hasComment(sql: string): boolean {
  return sql.slice(sql.lastIndexOf('\n') + 1).includes('--');
}
