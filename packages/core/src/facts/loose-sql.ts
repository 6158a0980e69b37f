import type { TouchKind } from './migrations.ts';
import type { Span } from './span.ts';

/** The .sql files beside the migrations that are no migration.sql: what they make is in no replay. */
export interface LooseSql {
  readonly files: readonly LooseFile[];
}

export interface LooseFile {
  /** Relative to the working directory. */
  readonly path: string;
  readonly text: string;
  readonly span: Span;
  /** What its statements make, in their order: `CREATE …` of whatever kind. */
  readonly made: readonly LooseObject[];
  /** A file of the project that names this one, and so probably runs it. */
  readonly namedIn: string | undefined;
}

export interface LooseObject {
  readonly kind: TouchKind;
  /** As the catalog names it: without `public`, and behind its table where it is a part of one. */
  readonly path: string;
  /** The statement. */
  readonly span: Span;
  /** Whether a migration makes it too, and none drops it again. */
  readonly inMigrations: boolean;
}
