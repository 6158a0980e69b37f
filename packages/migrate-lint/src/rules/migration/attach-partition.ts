import { defineRule, type Operation, type PastTable, type Problem } from '@migrate-lint/core';
import { isOld } from '../lock-words.ts';
import { operationsOf } from '../operations.ts';
import { defaultPartitionOf, isProved, provesBound } from '../partition-words.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/attach-partition',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'A partition is attached, and Postgres reads it, or the DEFAULT partition, under a lock to see whether its rows fit.',
    why: `\`ATTACH PARTITION\` reads all rows of the table to see that they are within the bound, and holds an ACCESS EXCLUSIVE lock on it meanwhile; the parent
itself goes on. If there is a DEFAULT partition it is read as well, for rows that belong into the new one, and locked against reads and
writes in the same way: everything that the parent sends there waits. A CHECK that says the same as the bound, validated before, takes the
place of the scan if the columns of the key are NOT NULL; for the DEFAULT partition it is a CHECK that says the opposite. \`CREATE TABLE … PARTITION OF\` reads the DEFAULT partition
too, and locks the parent as well. The table that is attached is seldom in use, so the level is
medium, and high where the DEFAULT partition is read.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "events" ("id" integer NOT NULL, "at" date NOT NULL) PARTITION BY RANGE ("at");
CREATE TABLE "events_2026" ("id" integer NOT NULL, "at" date NOT NULL);
-- 2_attach/migration.sql
ALTER TABLE "events" ATTACH PARTITION "events_2026" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
    good: `-- 1_init/migration.sql
CREATE TABLE "events" ("id" integer NOT NULL, "at" date NOT NULL) PARTITION BY RANGE ("at");
CREATE TABLE "events_2026" ("id" integer NOT NULL, "at" date NOT NULL);
-- 2_check/migration.sql
ALTER TABLE "events_2026" ADD CONSTRAINT "events_2026_at_check" CHECK ("at" >= '2026-01-01' AND "at" < '2027-01-01') NOT VALID;
-- 3_validate/migration.sql
ALTER TABLE "events_2026" VALIDATE CONSTRAINT "events_2026_at_check";
-- 4_attach/migration.sql
ALTER TABLE "events" ATTACH PARTITION "events_2026" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
    guards: [
      'A partition that the same migration makes has no rows, and a partitioned table that it makes has no DEFAULT partition with rows.',
      'A validated CHECK that names the values of the bound: Postgres does not read what is proved.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => [
    ...operationsOf(migrations, ['attach partition']),
    ...operationsOf(migrations, ['create table']).filter(({ operation }) => operation.table.partitionOf),
  ],
  check: ({ operation, statement }, { postgresMigrations: migrations }) => {
    const inUse = (table: PastTable | undefined): table is PastTable =>
      table !== undefined &&
      isInUse({ operation: { table, existedBefore: isOld(table, statement) }, statement }, migrations);
    if (operation.kind === 'create table') {
      const { partitionOf } = operation.table;
      const parent = partitionOf && statement.before.table(partitionOf.table);
      const fallback = defaultPartitionOf(parent, statement);
      if (!inUse(parent) || !inUse(fallback) || provesBound(fallback, partitionOf?.bound)) return undefined;
      return ofDefault(
        operation,
        fallback,
        `Making the partition ${code(operation.table.path)}`,
        `${code(parent.path)} and its DEFAULT partition`,
      );
    }
    const { table, partition, bound, span, conditional } = operation;
    const what = `Attaching ${partition ? code(partition.path) : 'a partition'} to ${code(table.path)}`;
    const fallback = defaultPartitionOf(table, statement);
    if (inUse(fallback) && !provesBound(fallback, bound))
      return ofDefault(operation, fallback, what, 'the DEFAULT partition');
    if (!inUse(partition) || isProved(partition, table, bound)) return undefined;
    return {
      span,
      message: `${what} takes an ACCESS EXCLUSIVE lock on ${code(partition.path)}, which blocks reads and writes of it until all its rows are checked against the bound.`,
      fix: {
        title: `Add a CHECK that says the same as the bound to ${code(partition.path)}, and validate it before`,
        safety: 'unsafe',
      },
      level: conditional ? 'low' : undefined,
    };
  },
});

function ofDefault({ span, conditional }: Operation, { path }: PastTable, what: string, locked: string): Problem {
  const locks = locked.startsWith('the') ? 'an ACCESS EXCLUSIVE lock' : 'ACCESS EXCLUSIVE locks';
  return {
    span,
    message: `${what} takes ${locks} on ${locked} ${code(path)}, which ${locked.startsWith('the') ? 'blocks' : 'block'} reads and writes until all rows of ${code(path)} are checked against the new bound.`,
    fix: {
      title: `Add a CHECK that rules out the new bound to ${code(path)}, and validate it before`,
      safety: 'unsafe',
    },
    level: conditional ? 'medium' : 'high',
  };
}
