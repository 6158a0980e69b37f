import type { Facts, Git, Migration, MigrationRow, Migrations, MigrationsTable } from '@migrate-lint/core';
import { appliedIn } from '../src/migrations/applied.ts';

export interface AppliedText {
  /** migration.sql by name, as it is here; these facts have no statements. */
  readonly here: Readonly<Record<string, string>>;
  /** The same on the branch `main`. */
  readonly base?: Readonly<Record<string, string>>;
  /** What `main` got since. */
  readonly ahead?: readonly string[];
  /** `_prisma_migrations`; without it there is no database, and null is one that has no such table. */
  readonly rows?: readonly MigrationRow[] | null;
  readonly today?: string;
}

type AppliedFacts = Pick<Facts, 'migrations' | 'git' | 'migrationsTable' | 'applied' | 'today'>;

/** The facts about what is applied where, without git and without a server. */
export function appliedFacts({ here, base, ahead = [], rows, today = '2026-06-15' }: AppliedText): AppliedFacts {
  const git: Git = {
    base: base && {
      name: 'main',
      commit: 'c0ffee',
      ahead,
      migrations: Object.entries(base).map(([name, text]) => ({ name, file: name, text })),
    },
  };
  const migrationsTable: MigrationsTable = { rows: rows ?? undefined, connected: rows !== undefined };
  const migrations = {
    directory: 'prisma/migrations',
    migrations: Object.entries(here).map(migration),
    appliedUnknown: undefined,
    withoutSql: [],
  };
  return {
    git,
    migrationsTable,
    today,
    applied: { migrations: appliedIn(git, migrationsTable) },
    migrations: {
      ...migrations,
      lockFile: undefined,
      provider: 'postgresql',
      unread: [],
      prisma: undefined,
      lastTouch: () => undefined,
    } satisfies Migrations,
  };
}

function migration([name, text]: readonly [string, string]): Migration {
  const file = `prisma/migrations/${name}/migration.sql`;
  const span = { file, start: 0, end: text.length };
  return {
    path: name,
    name,
    file,
    text,
    span,
    statements: [],
    provider: 'postgresql',
    syntaxError: undefined,
    applied: undefined,
    warnings: [],
  };
}
