import { codeFrameColumns } from '@babel/code-frame';
import { lineStarts, type Location, type SourceFile } from '../facts/span.ts';
import type { ReportedFix } from '../report.ts';
import { codeLine } from './escape.ts';

const around = 1;
/** What is longer is shown by its first line. */
const longest = 6;
const longestDiff = 8;

/** The lines of a place with a marker below it, none longer than the width; empty where the file is not known. */
export function codeFrame(
  location: Location,
  files: ReadonlyMap<string, SourceFile>,
  width: number,
): readonly string[] {
  const text = files.get(location.file)?.text;
  if (text === undefined) return [];
  const lines = text.split('\n');
  const { line, column } = location;
  const short = location.endLine - line < longest;
  const endLine = short ? location.endLine : line;
  const first = Math.max(1, line - around);
  const room = Math.max(20, width - String(endLine + around).length - 5);
  // A statement of a thousand columns on one line is shown from shortly before the place.
  const cut = column > room - 10 ? column - 10 : 0;
  const excerpt = lines
    .slice(first - 1, endLine + around)
    .map(each => codeLine(each.replace(/\r$/, '')))
    .map(each => ({ shown: each.slice(cut, cut + room), length: each.length }));
  const onOneLine = endLine === line;
  const lineEnd = (excerpt[line - first]?.length ?? 0) + 1;
  const end = onOneLine ? Math.min(short ? location.endColumn : lineEnd, lineEnd, cut + room + 1) : location.endColumn;
  const frame = codeFrameColumns(
    excerpt.map(each => each.shown).join('\n'),
    {
      start: { line: line - first + 1, column: Math.max(1, column - cut) },
      end: { line: endLine - first + 1, column: Math.max(1, end - cut) },
    },
    { linesAbove: around, linesBelow: around, highlightCode: false },
  );
  return renumber(frame, first).map(each => each.trimEnd());
}

/** The excerpt is numbered from 1. */
function renumber(frame: string, first: number): readonly string[] {
  const lines = frame.split('\n');
  const digits = String(first + lines.length).length;
  return lines.map(line => {
    const match = /^(?<mark>[> ]) *(?<number>\d*) *\|(?<code>.*)$/s.exec(line);
    if (!match?.groups) return line;
    const { mark = ' ', number = '', code = '' } = match.groups;
    const shown = number === '' ? '' : String(Number(number) + first - 1);
    return `${mark} ${shown.padStart(digits)} |${code}`;
  });
}

/** What the edits of a fix change, as `-` and `+` lines. */
export function editLines({ edits }: ReportedFix, files: ReadonlyMap<string, SourceFile>): readonly string[] {
  const lines = edits.flatMap(({ location, text }) => {
    const before = files.get(location.file)?.text;
    if (before === undefined) return [`+ ${codeLine(text.trim())}`];
    const starts = lineStarts(before);
    const at = (line: number): number => starts[line - 1] ?? before.length;
    const from = at(location.line);
    const to = at(location.endLine + 1);
    const removed = splitLines(before.slice(from, to));
    const added = splitLines(
      before.slice(from, from + location.column - 1) +
        text +
        before.slice(at(location.endLine) + location.endColumn - 1, to),
    );
    let head = 0;
    while (head < removed.length && head < added.length && removed[head] === added[head]) head += 1;
    let tail = 0;
    const most = Math.min(removed.length, added.length) - head;
    while (tail < most && removed.at(-1 - tail) === added.at(-1 - tail)) tail += 1;
    return [
      ...removed.slice(head, removed.length - tail).map(line => `- ${codeLine(line.trim())}`),
      ...added.slice(head, added.length - tail).map(line => `+ ${codeLine(line.trim())}`),
    ];
  });
  return lines.length <= longestDiff ? lines : [...lines.slice(0, longestDiff - 1), '…'];
}

function splitLines(text: string): readonly string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}
