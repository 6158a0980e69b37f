import { codeFrameColumns } from '@babel/code-frame';
import { lineStarts, type Location, type SourceFile } from '../facts/span.ts';
import type { ReportedFix } from '../report.ts';
import { codeLine } from './escape.ts';

/** Lines shown above a place, and below its first. */
const above = 1;
const below = 1;
const longestDiff = 8;

/**
 * The first line of a place with a marker below it, and its neighbours, none longer than the width; empty where the file is
 * not known. The further lines of a model or statement say nothing that its first does not, so they are not marked.
 */
export function codeFrame(
  location: Location,
  files: ReadonlyMap<string, SourceFile>,
  width: number,
): readonly string[] {
  const text = files.get(location.file)?.text;
  if (text === undefined) return [];
  const { line, column } = location;
  const first = Math.max(1, line - above);
  const lines = splitLines(text).slice(first - 1, line + below);
  const digits = String(first + lines.length - 1).length;
  const room = Math.max(20, width - digits - 5);
  // A statement of a thousand columns on one line is shown from shortly before the place.
  const cut = column > room - 10 ? column - 10 : 0;
  const shown = lines.map(each => codeLine(each).slice(cut, cut + room));
  const lineEnd = (shown[line - first]?.length ?? 0) + 1;
  const end = location.endLine === line ? Math.min(location.endColumn - cut, lineEnd) : lineEnd;
  const start = Math.min(Math.max(1, column - cut), lineEnd);
  const frame = codeFrameColumns(
    shown.join('\n'),
    { start: { line: line - first + 1, column: start }, end: { line: line - first + 1, column: Math.max(start, end) } },
    { linesAbove: above, linesBelow: below, highlightCode: false },
  );
  return frame.split('\n').map(each => renumber(each, first, digits).trimEnd());
}

/** The excerpt is numbered from 1. */
function renumber(line: string, first: number, digits: number): string {
  const match = /^(?<mark>[> ]) *(?<number>\d*) *\|(?<code>.*)$/s.exec(line);
  if (!match?.groups) return line;
  const { mark = ' ', number = '', code = '' } = match.groups;
  const shown = number === '' ? '' : String(Number(number) + first - 1);
  return `${mark} ${shown.padStart(digits)} |${code}`;
}

type ReportedEdit = ReportedFix['edits'][number];

/** What the edits of a fix change, as `-` and `+` lines; edits of one line are one change. */
export function editLines({ edits }: ReportedFix, files: ReadonlyMap<string, SourceFile>): readonly string[] {
  const lines = byLines(edits).flatMap(group => changedLines(group, files));
  const told = lines.filter(line => line.length > 1);
  return told.length <= longestDiff ? told : [...told.slice(0, longestDiff - 1), '…'];
}

type EditGroup = readonly [ReportedEdit, ...ReportedEdit[]];

/** Edits that share a line, in their order in the file. */
function byLines(edits: readonly ReportedEdit[]): readonly EditGroup[] {
  const groups: [ReportedEdit, ...ReportedEdit[]][] = [];
  const sorted = [...edits].sort(
    ({ location: a }, { location: b }) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
  for (const edit of sorted) {
    const last = groups.at(-1)?.at(-1)?.location;
    if (last?.file === edit.location.file && edit.location.line <= last.endLine) groups.at(-1)?.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

function changedLines(edits: EditGroup, files: ReadonlyMap<string, SourceFile>): readonly string[] {
  const [{ location: first }] = edits;
  const before = files.get(first.file)?.text;
  if (before === undefined) return edits.map(({ text }) => `+ ${codeLine(text.trim())}`);
  const starts = lineStarts(before);
  const at = (line: number): number => starts[line - 1] ?? before.length;
  const from = at(first.line);
  const to = at(Math.max(...edits.map(({ location }) => location.endLine)) + 1);
  let after = before.slice(from, to);
  for (const { location, text } of [...edits].reverse()) {
    const start = at(location.line) + location.column - 1 - from;
    const end = at(location.endLine) + location.endColumn - 1 - from;
    after = after.slice(0, start) + text + after.slice(end);
  }
  const removed = splitLines(before.slice(from, to));
  const added = splitLines(after);
  let head = 0;
  while (head < removed.length && head < added.length && removed[head] === added[head]) head += 1;
  let tail = 0;
  const most = Math.min(removed.length, added.length) - head;
  while (tail < most && removed.at(-1 - tail) === added.at(-1 - tail)) tail += 1;
  return [
    ...removed.slice(head, removed.length - tail).map(line => `- ${codeLine(line.trim())}`.trimEnd()),
    ...added.slice(head, added.length - tail).map(line => `+ ${codeLine(line.trim())}`.trimEnd()),
  ];
}

function splitLines(text: string): readonly string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}
