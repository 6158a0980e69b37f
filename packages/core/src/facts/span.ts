/** A stretch of a source file. `start` and `end` are UTF-16 offsets, `end` exclusive; `file` is relative to the working directory, with `/`. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** A place in a report. Lines and columns start at 1; the end is exclusive. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A file that was read, with what suppressions and reporters need to know of it. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly language: 'prisma' | 'sql' | 'typescript' | 'json';
  /** Constructs that a suppression comment above them covers whole: models, enums, statements. */
  readonly blocks: readonly Span[];
}

/** The offsets at which the lines of a text start. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Line and column, both from 1, of an offset in a text whose lines start at `starts`. */
export function positionAt(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
