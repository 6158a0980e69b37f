import { applyEdits, lineStarts, positionAt, type Edit } from '@migrate-lint/core';

const context = 3;

/** Lines of the old text, from 0 and the end exclusive, and what stands in their place. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly added: readonly string[];
}

/** What the edits change in a file, as `patch` and `git apply` read it. */
export function unifiedDiff(file: string, text: string, edits: readonly Edit[]): string {
  // Edits of several lines can take each other back.
  if (applyEdits(text, edits).text === text) return '';
  const lines = linesOf(text);
  let shift = 0;
  const hunks = hunksOf(changes(text, lines, edits)).map(hunk => {
    const first = Math.max(0, (hunk[0]?.from ?? 0) - context);
    const last = Math.min(lines.length, (hunk.at(-1)?.to ?? 0) + context);
    const body: string[] = [];
    let at = first;
    for (const { from, to, added } of hunk) {
      body.push(...marked(' ', lines.slice(at, from)), ...marked('-', lines.slice(from, to)), ...marked('+', added));
      at = to;
    }
    body.push(...marked(' ', lines.slice(at, last)));
    const grown = hunk.reduce((sum, { from, to, added }) => sum + added.length - (to - from), 0);
    const header = `@@ -${range(first, last - first)} +${range(first + shift, last - first + grown)} @@\n`;
    shift += grown;
    return header + body.join('');
  });
  return hunks.length === 0 ? '' : `--- a/${file}\n+++ b/${file}\n${hunks.join('')}`;
}

function range(start: number, length: number): string {
  return `${String(length === 0 ? start : start + 1)},${String(length)}`;
}

/** Each line with its end. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function marked(mark: string, lines: readonly string[]): readonly string[] {
  return lines.map(line => (line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`));
}

/** The lines that edits touch, neighbours taken together. */
function changes(text: string, lines: readonly string[], edits: readonly Edit[]): readonly Change[] {
  const starts = lineStarts(text);
  const offset = (line: number): number => starts[line] ?? text.length;
  const touched = edits
    .map(edit => ({
      from: positionAt(starts, edit.start).line - 1,
      to: positionAt(starts, edit.end).line,
      edits: [edit],
    }))
    .sort((a, b) => a.from - b.from);
  const merged: typeof touched = [];
  for (const next of touched) {
    const last = merged.at(-1);
    if (last && next.from < last.to)
      merged[merged.length - 1] = { ...last, to: Math.max(last.to, next.to), edits: [...last.edits, ...next.edits] };
    else merged.push(next);
  }
  return merged.flatMap(({ from, to, edits: some }) => {
    const start = offset(from);
    const moved = some.map(edit => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    const added = linesOf(applyEdits(text.slice(start, offset(to)), moved).text);
    return trimmed({ from, to: Math.min(to, lines.length), added }, lines);
  });
}

/** Without the lines that stay at both ends. */
function trimmed({ from, to, added }: Change, lines: readonly string[]): readonly Change[] {
  const removed = lines.slice(from, to);
  const most = Math.min(removed.length, added.length);
  let head = 0;
  while (head < most && removed[head] === added[head]) head += 1;
  let tail = 0;
  while (tail < most - head && removed.at(-1 - tail) === added.at(-1 - tail)) tail += 1;
  if (head === removed.length && head === added.length) return [];
  return [{ from: from + head, to: to - tail, added: added.slice(head, added.length - tail) }];
}

/** Changes whose context would overlap share a hunk. */
function hunksOf(all: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  for (const change of all) {
    const last = hunks.at(-1);
    const end = last?.at(-1)?.to;
    if (last && end !== undefined && change.from - end <= 2 * context) last.push(change);
    else hunks.push([change]);
  }
  return hunks;
}
