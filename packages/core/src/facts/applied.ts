/** What Prisma wrote into `_prisma_migrations` of the database that `--url` names. */
export interface MigrationsTable {
  /** Undefined without a url, and where the database has no such table. */
  readonly rows: readonly MigrationRow[] | undefined;
  /** Whether a database was looked at. */
  readonly connected: boolean;
}

export interface MigrationRow {
  /** The folder's name. */
  readonly name: string;
  /** SHA-256 of migration.sql as it ran. */
  readonly checksum: string;
  /** `failed` may also be one that runs at this moment. */
  readonly state: 'applied' | 'failed' | 'rolled back';
}

/** The migrations that ran elsewhere, as far as git and the database tell: they cannot be changed any more. */
export interface AppliedHistory {
  /** In Prisma's order. */
  readonly migrations: readonly AppliedMigration[];
}

export interface AppliedMigration {
  /** The folder's name, which is there or not. */
  readonly path: string;
  readonly name: string;
  /** Who has it: the base branch, the database, or both. */
  readonly owners: readonly MigrationOwner[];
}

export interface MigrationOwner {
  /** As a sentence names it: “`origin/main`”, “the database”. */
  readonly name: string;
  readonly kind: 'branch' | 'database';
  /** The branch got it since this work left it. */
  readonly ahead: boolean;
  /** migration.sql as the branch has it; a database keeps only its checksum. */
  readonly text: string | undefined;
  /** How many statements that text has; undefined where there is none, or where it cannot be read. */
  readonly statementCount: number | undefined;
  /** Whether it is this text that the owner has, whatever its line ends are: Prisma does not mind them either. */
  has(text: string): boolean;
  /** Whether the statement at this place of its text, from 0, says the same, comments and blanks aside. */
  says(sql: string, at: number): boolean;
}
