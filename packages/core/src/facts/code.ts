import type { DatabaseFunction } from './catalog.ts';
import type { Span } from './span.ts';

/** What the SQL inside of catalog objects says, read by Postgres's own parser. */
export interface DatabaseCode {
  /**
   * An expression of the catalog: a policy's, a default, an index's predicate, or a check's whole definition (`CHECK (…)`). What the
   * parser cannot read says nothing: its lists are empty.
   */
  expression(sql: string): Expression;
  /** The parameters of a function in PL/pgSQL that reach an EXECUTE as a piece of SQL, as the body names them: `p_filter`, `$2`. */
  injected(routine: DatabaseFunction): readonly string[];
  /** The bodies of the functions in SQL and PL/pgSQL. */
  readonly routines: readonly Routine[];
}

/** A function with what its body does. */
export interface Routine {
  /** With the types of its arguments: `add_entry(uuid, numeric)`. */
  readonly path: string;
  readonly function: DatabaseFunction;
  /** What Postgres refuses when a call comes to it, in the order of the body. */
  readonly faults: readonly Fault[];
  /** The function's definition with every fault corrected; undefined where that is not known of all. */
  readonly corrected: string | undefined;
  /** It runs text that it puts together (EXECUTE), which nobody has read. */
  readonly dynamic: boolean;
  /** Postgres was not asked about it, so it may have faults all the same. */
  readonly unread: boolean;
  /** RAISE EXCEPTION, or of a condition. */
  readonly raises: boolean;
  /** What each RETURN gives, a name in lower case: `new`, `old`, `null`; empty for a bare one. */
  readonly returns: readonly string[];
  /** What assignments change: `new`, `updated_at`. */
  readonly assigned: readonly (readonly string[])[];
  /** Names and keywords of its code, not of literals and comments, as Postgres folds them. */
  readonly words: ReadonlySet<string>;
  /** The fields of a trigger's rows that it names: `new.status`, `old.id`. */
  readonly fields: ReadonlySet<string>;
}

/** Something in a body that is not there, or does not fit, in the database as it is. */
export interface Fault {
  readonly kind: 'table' | 'column' | 'function' | 'type' | 'value' | 'constraint' | 'statement';
  /** As Postgres folds it; a value as it is; empty for a statement. */
  readonly name: string;
  /** The table of a column, the enum of a value, where that is known. */
  readonly of: string | null;
  /** Postgres's own words. */
  readonly message: string;
  /** The name in the migration that made the function, or that migration's statement. */
  readonly span: Span | null;
  /** What the body probably means, as SQL. */
  readonly correction: string | null;
}

/** An expression on the rows of one table: its own columns are those that no sub-SELECT brings in. */
export interface Expression {
  readonly sql: string;
  /** It holds for every row, whatever is in it: `true`, `1 = 1`, `x OR true`. */
  readonly alwaysTrue: boolean;
  /** It holds for no row: `false`, NULL. */
  readonly alwaysFalse: boolean;
  /** Own columns that it reads, also from within a sub-SELECT; `*` for the whole row. */
  readonly columns: readonly string[];
  readonly calls: readonly Call[];
  readonly comparisons: readonly ColumnComparison[];
  /** The paths of the tables and views that its sub-SELECTs read. */
  readonly reads: readonly string[];
  /** The same expression with each of these calls in a sub-SELECT of its own, so that it runs once and not for every row. */
  wrapping(calls: readonly Call[]): string;
}

/** A function's call, or a word that is one: `current_user`. */
export interface Call {
  /** As the catalog has it, with its schema if that is said: `auth.uid`, `current_setting`. */
  readonly name: string;
  /** Its arguments that are literals, as text. */
  readonly constants: readonly (string | null)[];
  /** Own columns among its arguments. */
  readonly columns: readonly string[];
  /** It stands in a sub-SELECT, whatever that reads. */
  readonly inSubselect: boolean;
  /** Its arguments are constants, and no sub-SELECT that is independent of the row is around it: it gives one value, computed for every row. */
  readonly repeated: boolean;
}

/** An own column, bare or cast, against something. */
export interface ColumnComparison {
  readonly column: string;
  /** As if the column stood on the left: `=`, `<>`, `<`, `<=`, `>`, `>=`, `~~` (LIKE), `in`, `not in`, `is null`, `is not null`. */
  readonly operator: string;
  /** Literals on the other side, as text, NULL as null; for `in` every one of the list. A bare `active` is compared with `true`. */
  readonly constants: readonly (string | null)[];
  /** Own columns on the other side: `ends_at` of `starts_at < ends_at`. */
  readonly columns: readonly string[];
  /** Names of the functions called on the other side, within sub-SELECTs too. */
  readonly calls: readonly string[];
  /** Every row that passes meets it: it stands in no OR, NOT, CASE or sub-SELECT. */
  readonly required: boolean;
  /** It stands in a sub-SELECT, against a column of that. */
  readonly inSubselect: boolean;
}
