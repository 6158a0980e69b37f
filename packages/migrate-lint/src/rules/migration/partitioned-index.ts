import { defineRule } from '@migrate-lint/core';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/partitioned-index',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'An index is built on a partitioned table, and nobody can write to any of its partitions meanwhile.',
    why: `\`CREATE INDEX\` on a partitioned table builds one index for each partition and holds a SHARE lock on all of them until the last one is
there. \`CONCURRENTLY\` is refused on a partitioned table. So it goes in three steps: \`CREATE INDEX "name" ON ONLY "parent"(…)\` makes an
invalid index in a moment; \`CREATE INDEX CONCURRENTLY\` builds one on each partition, each in a migration of its own; then
\`ALTER INDEX "name" ATTACH PARTITION "index of the partition"\` for each, and with the last one the index of the parent becomes valid.
Tables are partitioned because they are large, so the level is high.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "events" ("id" bigint NOT NULL, "at" date NOT NULL) PARTITION BY RANGE ("at");
CREATE TABLE "events_2026" PARTITION OF "events" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- 2_find_by_id/migration.sql
CREATE INDEX "events_id_idx" ON "events"("id");`,
    good: `-- 1_init/migration.sql
CREATE TABLE "events" ("id" bigint NOT NULL, "at" date NOT NULL) PARTITION BY RANGE ("at");
CREATE TABLE "events_2026" PARTITION OF "events" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- 2_find_by_id/migration.sql
CREATE INDEX "events_id_idx" ON ONLY "events"("id");
-- 3_index_2026/migration.sql
CREATE INDEX CONCURRENTLY "events_2026_id_idx" ON "events_2026"("id");
-- 4_attach/migration.sql
ALTER INDEX "events_id_idx" ATTACH PARTITION "events_2026_id_idx";`,
    guards: [
      '`ON ONLY` builds nothing.',
      'A table that the same migration makes or needs empty (`migration/required-column`), or one that is deployed together with it, and a table whose partitions are all new or not there yet.',
      'IF NOT EXISTS of a name that is there: Postgres does nothing.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['create index']).filter(({ operation }) => operation.table.kind === 'partitioned table'),
  check: (subject, { postgresMigrations: migrations }) => {
    const { index, table, concurrently, only, ifNotExists, existing, conditional, span } = subject.operation;
    // CONCURRENTLY fails here, which the replay says.
    if (concurrently || only || (ifNotExists && existing)) return undefined;
    if (!isInUse(subject, migrations) || !(table.open || hasOldPartition(subject))) return undefined;
    return {
      span,
      message: `Building the index ${code(index.name)} takes a SHARE lock on ${code(table.path)} and all of its partitions, which blocks every write to them until all are read.`,
      fix: {
        title: 'Make the index ON ONLY the parent, build one on each partition CONCURRENTLY, and attach these',
        safety: 'unsafe',
      },
      level: conditional ? 'medium' : undefined,
    };
  },
});

function hasOldPartition({ operation, statement }: OperationSubject<'create index'>): boolean {
  return operation.table.children.some(
    path => statement.before.table(path)?.createdBy?.migration !== statement.migration,
  );
}
