import type { PastColumn, PastEnum, PastTable } from './past-catalog.ts';
import type { Span } from './span.ts';

/** A literal that has to be a value of an enum: compared with, written to or the default of a column of it, or cast to it. */
export interface EnumLiteral {
  /** As it stood before the statement. */
  readonly enum: PastEnum;
  readonly value: string;
  /** The column, where there is one: `table.column`. */
  readonly column: string | undefined;
  readonly span: Span;
}

/** A column that a statement names a second time where it may be named once. */
export interface Repetition {
  readonly column: string;
  /** Defined twice, by hand or by the query of a view or table, written twice by one INSERT or UPDATE, given two types, or twice in one key. */
  readonly of: 'definition' | 'result' | 'assignment' | 'type' | 'key';
  /** The second. */
  readonly span: Span;
  readonly first: Span;
}

/** What the queries and conditions of a statement read for certain, as it stood before: not what a name might mean as well. */
export interface CertainReads {
  readonly tables: readonly PastTable[];
  readonly columns: readonly PastColumn[];
}
