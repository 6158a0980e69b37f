import type { Catalog } from './catalog.ts';
import type { DatabaseCode } from './code.ts';
import type { Comparison } from './comparison.ts';
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
  /** What came of running the migrations. */
  readonly replay: Replay;
  /** The database that the migrations make; there only when all of them ran. */
  readonly replayed: Catalog;
  readonly comparison: Comparison;
  /** What a catalog rule looks at: the live database if a url is given, else `replayed`. */
  readonly database: Catalog;
  /** Reads the expressions and bodies that `database` holds. */
  readonly code: DatabaseCode;
}

export type FactName = keyof Facts;

export type * from './catalog.ts';
export type * from './code.ts';
export type * from './comparison.ts';
export * from './create-catalog.ts';
export type * from './migrations.ts';
export * from './model-of.ts';
export type * from './schema.ts';
export * from './span.ts';
