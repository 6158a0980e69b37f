import { defineRule, type Migration, type MigrationRow, type Problem } from '@migrate-lint/core';
import { code } from '../places.ts';

type Subject =
  | { readonly path: string; readonly failed: MigrationRow }
  | { readonly path: string; readonly failed: undefined; readonly migration: Migration };

export default defineRule({
  id: 'history/failed-or-pending',
  level: 'critical',
  category: 'migrations',
  needs: ['migrations', 'migrationsTable'],
  docs: {
    summary: 'In the database of `--url` a migration failed half way, or is not applied yet.',
    why: `A row of \`_prisma_migrations\` without an end stops every \`prisma migrate deploy\` (P3009) until somebody says what became of it: look at the column
\`logs\`, mend or take back what the migration did by hand, then \`prisma migrate resolve --applied\` or \`--rolled-back\`. A migration that runs at this moment
looks the same.

Migrations that are not applied yet are what a deploy is for, so they are low: of the first one it says how many there are. What other rules say of the
database is said of it as it is before them.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- failed:1_init/`,
    good: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- applied:1_init/`,
    guards: ['Without `--url` nothing is looked at.', 'A failure that was resolved as rolled back.'],
  },

  subjects: ({ migrations, migrationsTable: { rows, connected } }): readonly Subject[] => {
    if (!connected) return [];
    const failed = new Map((rows ?? []).filter(({ state }) => state === 'failed').map(row => [row.name, row]));
    const others = migrations.migrations.filter(({ name }) => !failed.has(name));
    return [
      ...[...failed.values()].map(row => ({ path: row.name, failed: row })),
      ...others.map(migration => ({ path: migration.path, failed: undefined, migration })),
    ];
  },
  check: (subject, { migrations: { migrations }, migrationsTable: { rows } }): Problem | undefined => {
    const name = code(subject.path);
    if (subject.failed) {
      return {
        span: migrations.find(migration => migration.name === subject.path)?.span ?? null,
        message: `The migration ${name} failed in the database and nobody said what became of it, so every ${code('prisma migrate deploy')} stops there (P3009).`,
      };
    }
    const known = new Set((rows ?? []).filter(({ state }) => state !== 'rolled back').map(row => row.name));
    const pending = migrations.filter(migration => !known.has(migration.name));
    if (pending[0] !== subject.migration) return undefined;
    const [more, verb, them] =
      pending.length === 1 ? ['', 'is', 'it'] : [` and ${String(pending.length - 1)} more`, 'are', 'them'];
    const why = rows ? '' : `, which has no ${code('_prisma_migrations')}`;
    return {
      span: subject.migration.span,
      level: 'low',
      message: `The migration ${name}${more} ${verb} not applied in the database yet${why}, so the next ${code('prisma migrate deploy')} runs ${them}.`,
    };
  },
});
