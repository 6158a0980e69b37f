/** What version control says of the migrations. It is there only where the history reaches back to the base. */
export interface Git {
  /** What this work is compared with; undefined where nothing is taken as applied: on the default branch outside of CI. */
  readonly base: GitBase | undefined;
}

export interface GitBase {
  /** As messages name it: `origin/main`, or what `--since` says. */
  readonly name: string;
  /** The commit at which this work left it. */
  readonly commit: string;
  /** The migrations that the commit holds, in Prisma's order. */
  readonly migrations: readonly GitMigration[];
  /** The names of those that the branch got since then, so that this work does not have them. */
  readonly ahead: readonly string[];
}

export interface GitMigration {
  readonly name: string;
  /** migration.sql, relative to the working directory; it need not be there any more. */
  readonly file: string;
  readonly text: string;
}
