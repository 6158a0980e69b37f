import type { Statement } from './migrations.ts';
import type { LockMode } from './operations.ts';

/** What the statements of the migrations lock that are not applied yet: of all migrations, where nobody says which are. */
export interface Locks {
  /** In the order in which they run; those that lock nothing are here too. */
  readonly statements: readonly LockedStatement[];
  /** Why some locks are only known and not measured, besides those of statements that no transaction can hold; one sentence. */
  readonly unmeasured: string | undefined;
  /** What the statement of this path locks; nothing where it is not among `statements`. */
  of(path: string): readonly Lock[];
}

export interface LockedStatement {
  /** That of the statement: `folder#3`. */
  readonly path: string;
  readonly statement: Statement;
  readonly locks: readonly Lock[];
}

/** The strongest lock that a statement takes on one table that was there before the migration. What every reader takes is left out. */
export interface Lock {
  /** As the table was called before the statement: `posts`, or `audit.log` outside of `public`. */
  readonly table: string;
  /** The name of an index of the table, where it is locked harder than the table itself. */
  readonly index: string | null;
  readonly mode: LockMode;
  /** Every row is written anew while the lock is held. */
  readonly rewrite: boolean;
  readonly blocks: 'reads and writes' | 'writes' | 'nothing much';
  /** `known`: of a statement that cannot run in a transaction, so that nobody can look at its locks from inside. */
  readonly source: 'measured' | 'known';
}
