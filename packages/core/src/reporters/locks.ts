import { lineStarts, type SourceFile } from '../facts/span.ts';
import type { ReportedLock } from '../report.ts';
import { oneLine } from './escape.ts';
import type { Colors, ReportContext } from './reporter.ts';

const narrowest = 20;

/** A table of the locks: one row for each, below the file of their statements. */
export function lockLines(
  locks: readonly ReportedLock[] | undefined,
  { files, width }: ReportContext,
  colors: Colors,
): readonly string[] {
  if (!locks) return [];
  const title = colors.bold('Locks');
  if (locks.length === 0) return [`${title}  no statement locks a table that was there before its migration`];
  const rows = locks.map(lock => ({ lock, cells: cellsOf(lock) }));
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const taken = widths.reduce((sum, each) => sum + each + 2, 2);
  const room = Math.max(narrowest, width - taken);
  const line = (statement: string, cells: readonly string[]): string =>
    `  ${[fit(statement, room), ...cells.map((cell, column) => cell.padEnd(widths[column] ?? 0))].join('  ')}`.trimEnd();
  return [
    title,
    ...rows.flatMap(({ lock, cells }, index) => {
      const { file } = lock.location;
      const isFirst = rows[index - 1]?.lock.location.file !== file;
      const row = line(statementOf(lock, files), cells);
      const paint = { 'reads and writes': colors.red, writes: colors.yellow, 'nothing much': colors.dim }[lock.blocks];
      return [
        ...(isFirst ? ['', `  ${colors.cyan(oneLine(file))}`, colors.dim(line('statement', headings))] : []),
        paint(row),
      ];
    }),
    '',
    colors.dim('  Measured on empty tables: for how long a lock is held depends on the rows of yours.'),
  ];
}

const headings = ['lock', 'table', 'rewrite', 'blocks'] as const;

function cellsOf({ mode, source, table, index, rewrite, blocks }: ReportedLock): readonly string[] {
  return [
    source === 'known' ? `${mode} (known)` : mode,
    oneLine(index === null ? table : `${table} (index ${index})`),
    rewrite ? 'yes' : 'no',
    blocks,
  ];
}

/** Line and text of a statement; blanks in it are one. */
function statementOf({ location, statement }: ReportedLock, files: ReadonlyMap<string, SourceFile>): string {
  const { file, line, column, endLine, endColumn } = location;
  const text = files.get(file)?.text;
  if (text === undefined) return oneLine(statement);
  const starts = lineStarts(text);
  const at = (row: number, offset: number): number => (starts[row - 1] ?? text.length) + offset - 1;
  return `${String(line)}: ${oneLine(text.slice(at(line, column), at(endLine, endColumn)).replace(/\s+/g, ' '))}`;
}

function fit(text: string, room: number): string {
  return text.length <= room ? text.padEnd(room) : `${text.slice(0, room - 1)}…`;
}
