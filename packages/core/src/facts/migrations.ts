import type { Span } from './span.ts';

/** The migration folders as Prisma applies them: in lexicographic order. */
export interface Migrations {
  /** The folder, relative to the working directory. */
  readonly directory: string;
  readonly lockFile: { readonly provider: string | undefined; readonly span: Span } | undefined;
  readonly migrations: readonly Migration[];
  /** Folders that hold no migration.sql, in the same order; not those with a script for another runner. */
  readonly withoutSql: readonly string[];
  /** The statement that last touched a database object, renames followed. A dropped object has the statement that dropped it. */
  lastTouch(kind: TouchKind, path: string): Touch | undefined;
}

export interface Migration {
  /** The folder's name. */
  readonly path: string;
  readonly name: string;
  /** migration.sql, relative to the working directory. */
  readonly file: string;
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly span: Span;
}

export interface Statement {
  /** `folder#3`, from 1. */
  readonly path: string;
  readonly migration: Migration;
  readonly sql: string;
  /** Without leading blanks and comments. */
  readonly span: Span;
}

export type TouchKind =
  | 'table'
  | 'column'
  | 'index'
  | 'constraint'
  | 'enum'
  | 'view'
  | 'function'
  | 'trigger'
  | 'policy'
  | 'sequence'
  | 'extension'
  | 'type'
  | 'schema'
  | 'grant';

/** What a statement did to one object. */
export interface Touch {
  readonly action: 'created' | 'altered' | 'renamed' | 'dropped';
  readonly statement: Statement;
  /** The clause, if it is narrower than the statement. */
  readonly span: Span;
}

/** What came of running the history on an empty database. */
export interface Replay {
  readonly migrations: readonly ReplayedMigration[];
}

export interface ReplayedMigration {
  readonly path: string;
  readonly migration: Migration;
  /** Undefined when it ran, and for those behind the first failure. */
  readonly failure: ReplayFailure | undefined;
}

export interface ReplayFailure {
  readonly span: Span;
  /** Postgres's or the parser's own words. */
  readonly message: string;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  /** SQLSTATE; undefined for what the parser refused. */
  readonly code: string | undefined;
}
