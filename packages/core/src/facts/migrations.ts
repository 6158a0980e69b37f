import type { Operation } from './operations.ts';
import type { PastCatalog } from './past-catalog.ts';
import type { Span } from './span.ts';
import type { CertainReads, EnumLiteral, Repetition } from './statement-parts.ts';

/** The migration folders as Prisma applies them: in lexicographic order. */
export interface Migrations {
  /** The folder, relative to the working directory. */
  readonly directory: string;
  readonly lockFile: { readonly provider: string | undefined; readonly span: Span } | undefined;
  /** Whose SQL they are: what the lock file says, else the datasource; else they are taken for Postgres's. */
  readonly provider: string;
  readonly migrations: readonly Migration[];
  /** Why nobody can tell which of them are applied, as in a shallow clone; undefined where it is known. */
  readonly appliedUnknown: string | undefined;
  /** The Prisma that runs them; undefined where neither node_modules nor a lock file tells. */
  readonly prisma: PrismaVersion | undefined;
  /** Statements of MySQL and SQLite that nobody could read: what they do is not known. */
  readonly unread: readonly UnreadStatement[];
  /** Folders that hold no migration.sql, in the same order; not those with a script for another runner. */
  readonly withoutSql: readonly string[];
  /** The statement that last touched a database object, renames followed. A dropped object has the statement that dropped it. */
  lastTouch(kind: TouchKind, path: string): Touch | undefined;
}

export interface UnreadStatement {
  /** `folder#3`. */
  readonly path: string;
  readonly migration: Migration;
  readonly span: Span;
  /** Why. */
  readonly message: string;
}

export interface PrismaVersion {
  /** `7.10.0`. */
  readonly version: string;
  /** Where it was read, relative to the working directory. */
  readonly from: string;
}

export interface Migration {
  /** The folder's name. */
  readonly path: string;
  readonly name: string;
  /** migration.sql, relative to the working directory. */
  readonly file: string;
  readonly text: string;
  /** Whose SQL it is: `postgresql`, `mysql`, `sqlite`. */
  readonly provider: string;
  readonly statements: readonly Statement[];
  readonly span: Span;
  /** Where Postgres's parser stops: then there are no statements. */
  readonly syntaxError: { readonly message: string; readonly span: Span } | undefined;
  /** It is older than the base of the branch or applied in the database, so that it cannot be changed any more; says which. */
  readonly applied: string | undefined;
  /** Prisma's own block of warnings at its top, if there is one: every line of it. */
  readonly warnings: readonly { readonly text: string; readonly span: Span }[];
}

export interface Statement {
  /** `folder#3`, from 1. */
  readonly path: string;
  readonly migration: Migration;
  readonly sql: string;
  /** Without leading blanks and comments. */
  readonly span: Span;
  /** What it does, with what it is done to as that stood before. Read when it is asked for, all of the history at once. */
  readonly operations: readonly Operation[];
  /** The database as it stood before the statement. */
  readonly before: PastCatalog;
  /**
   * Statements of one migration that have the same number are in one transaction: the whole file up to Prisma 7.3, what stands between BEGIN
   * and COMMIT, or since 7.4 each statement by itself.
   */
  readonly transaction: number;
  /** Whether it is between a BEGIN and a COMMIT that the migration itself says. */
  readonly inBlock: boolean;
  /** The literals in it that have to be values of an enum. */
  readonly enumLiterals: readonly EnumLiteral[];
  /** Columns that it names twice where it may once. */
  readonly repetitions: readonly Repetition[];
  /** What the queries and conditions in it read for certain. */
  readonly certainReads: CertainReads;
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
