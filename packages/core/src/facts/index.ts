import type { AppliedHistory, MigrationsTable } from './applied.ts';
import type { Catalog } from './catalog.ts';
import type { DatabaseCode } from './code.ts';
import type { Comparison } from './comparison.ts';
import type { Git } from './git.ts';
import type { Locks } from './locks.ts';
import type { LooseSql } from './loose-sql.ts';
import type { Migrations, Replay } from './migrations.ts';
import type { Schema, Validation } from './schema.ts';

/** Everything that a rule may read. A fact is built once, when the first enabled rule needs it. */
export interface Facts {
  /** The validator's verdict; always there when the files can be read. */
  readonly validation: Validation;
  /** What the .prisma files say; there only when they are valid. */
  readonly schema: Schema;
  /** The database that the schema promises. */
  readonly expected: Catalog;
  readonly migrations: Migrations;
  /** The same, where they are Postgres's: locks, rewrites and transactions are known of no other. */
  readonly postgresMigrations: Migrations;
  /** What the branch that this work goes to has of them. */
  readonly git: Git;
  /** What a real database says of them; empty without a url. */
  readonly migrationsTable: MigrationsTable;
  /** Those that ran elsewhere, by git and by the database. */
  readonly applied: AppliedHistory;
  /** SQL beside them that no migration runs. */
  readonly looseSql: LooseSql;
  /** The day of the audit in UTC, as `2026-01-31`. */
  readonly today: string;
  /** What came of running the migrations. */
  readonly replay: Replay;
  /** What the statements of migrations that are not applied lock; built for `--locks`, and for no rule. */
  readonly locks: Locks;
  /** The database that the migrations make; there only when all of them ran. */
  readonly replayed: Catalog;
  readonly comparison: Comparison;
  /** What a catalog rule looks at: the live database if a url is given, else `replayed`. */
  readonly database: Catalog;
  /** Reads the expressions and bodies that `database` holds. */
  readonly code: DatabaseCode;
}

export type FactName = keyof Facts;

export type * from './applied.ts';
export type * from './catalog.ts';
export type * from './code.ts';
export type * from './comparison.ts';
export * from './create-catalog.ts';
export type * from './git.ts';
export type * from './locks.ts';
export type * from './loose-sql.ts';
export type * from './migrations.ts';
export * from './model-of.ts';
export type * from './operations.ts';
export type * from './past-catalog.ts';
export type * from './schema.ts';
export * from './span.ts';
export type * from './statement-parts.ts';
