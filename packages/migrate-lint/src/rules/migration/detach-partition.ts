import { defineRule, type Fix, type Migrations } from '@migrate-lint/core';
import { removeStatement, sqlFix } from '../../edits.ts';
import { isMovedLater, isNamedLater } from '../later-statements.ts';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { defaultPartitionOf } from '../partition-words.ts';
import { tableSql } from '../past-names.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/detach-partition',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A partition is detached without CONCURRENTLY, which stops reads and writes of all partitions.',
    why: `\`DETACH PARTITION\` takes an ACCESS EXCLUSIVE lock on the parent, so it waits for every query that reads any partition, and all later
queries wait behind it. It is through in a moment once it has the lock. \`DETACH PARTITION … CONCURRENTLY\` (Postgres 14) lets reads and writes
go on, and has to be the only statement of its migration, because Postgres refuses it in a transaction. It hurts where long queries
run, so the level is medium.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "events" ("id" integer NOT NULL, "at" date NOT NULL) PARTITION BY RANGE ("at");
CREATE TABLE "events_2020" PARTITION OF "events" FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- 2_old_events/migration.sql
ALTER TABLE "events" DETACH PARTITION "events_2020";`,
    good: `-- 1_init/migration.sql
CREATE TABLE "events" ("id" integer NOT NULL, "at" date NOT NULL) PARTITION BY RANGE ("at");
CREATE TABLE "events_2020" PARTITION OF "events" FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- 2_old_events/migration.sql
ALTER TABLE "events" DETACH PARTITION "events_2020" CONCURRENTLY;`,
    guards: [
      'A partitioned table that the same migration makes.',
      'A parent with a DEFAULT partition: Postgres refuses CONCURRENTLY there, so there is no other way.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['detach partition']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { table, partition, concurrently, span, conditional } = operation;
    if (concurrently || !isInUse(subject, migrations) || defaultPartitionOf(table, statement)) return undefined;
    return {
      span,
      message: `Detaching ${partition ? code(partition.path) : 'a partition'} takes an ACCESS EXCLUSIVE lock on ${code(table.path)}, which waits for every query on it and blocks all reads and writes behind it.`,
      fix: fixOf(subject, migrations),
      level: conditional ? 'low' : undefined,
    };
  },
});

function fixOf({ operation, statement }: OperationSubject<'detach partition'>, migrations: Migrations): Fix {
  const { table, partition, conditional } = operation;
  const title = 'Detach it CONCURRENTLY in a migration of its own';
  const isAlone = statement.operations.length === 1 && !conditional;
  if (
    !partition ||
    !isAlone ||
    isNamedLater(partition.name, statement, migrations) ||
    isMovedLater(table, [], statement, migrations)
  )
    return { title, safety: 'unsafe' };
  const sql = `ALTER TABLE ${tableSql(table)} DETACH PARTITION ${tableSql(partition)} CONCURRENTLY;`;
  return { ...sqlFix(title, 'unsafe', [{ phase: 'drop index', sql }]), edits: removeStatement(statement) };
}
