import type pc from 'picocolors';
import type { SourceFile } from '../facts/span.ts';
import type { Report } from '../report.ts';
import type { Level } from '../rule.ts';

/** What a reporter may know besides the report. */
export interface ReportContext {
  /** For code frames; a file that is not there is shown by its name alone. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** The lowest level that fails the build. */
  readonly failOn: Level;
}

/** Turns a report into text that ends with a line break. It reads and prints nothing. */
export type Reporter = (report: Report, context: ReportContext) => string;

/** Paints, or with colours off does nothing. */
export type Colors = ReturnType<typeof pc.createColors>;
