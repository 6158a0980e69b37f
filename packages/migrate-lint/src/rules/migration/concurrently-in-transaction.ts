import { defineRule, type Fix, type Migrations, type Operation, type Statement } from '@migrate-lint/core';
import { removeStatement, rewriteStatement, sqlFix } from '../../edits.ts';
import { plainly } from '../concurrent-sql.ts';
import { isNeededLater, isTiedLater } from '../later-statements.ts';
import { operationsOf } from '../operations.ts';
import { failsInTransaction, outsideTransactions } from '../outside-transactions.ts';
import { code } from '../places.ts';

const kinds = [
  'create index',
  'drop index',
  'reindex',
  'detach partition',
  'vacuum',
  'vacuum full',
  'cluster',
  'drop object',
  'set',
  'other',
] as const;

export default defineRule({
  id: 'migration/concurrently-in-transaction',
  level: 'critical',
  category: 'migrations',
  outdoes: ['history/replay-failure'],
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A statement that Postgres refuses in a transaction stands in one, so the deploy fails.',
    why: `What is done CONCURRENTLY commits in between, so Postgres refuses it in a transaction: “CREATE INDEX CONCURRENTLY cannot run inside a
transaction block” (SQLSTATE 25001). The same holds for VACUUM, ALTER SYSTEM and some others. Up to Prisma 7.3 a file of several
statements is one transaction, though no BEGIN stands in it, and a COMMIT in front does not help; from 7.4 on it is one only between
BEGIN and COMMIT. No comment turns it off. The migration fails, Prisma marks it as failed, and no deploy goes through until somebody
has resolved it by hand, so the level is critical. The way out is a migration that holds this one statement and nothing else.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_find_by_email/migration.sql
BEGIN;
CREATE INDEX CONCURRENTLY "orders_email_idx" ON "orders"("email");
COMMIT;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_find_by_email/migration.sql
CREATE INDEX CONCURRENTLY "orders_email_idx" ON "orders"("email");`,
    guards: [
      'REFRESH MATERIALIZED VIEW CONCURRENTLY runs in a transaction.',
      'A file of several statements where Prisma 7.4 or later runs each by itself: `migration/mixed-nontransactional`.',
      'A history with a placeholder that only another runner can fill in (`migration/syntax-error`): in which transactions that one sends the statements is not known.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, kinds).filter(({ operation }) => outsideTransactions(operation) !== undefined),
  check: ({ operation, statement }, { postgresMigrations: migrations }) => {
    if (!failsInTransaction(operation, statement, migrations)) return undefined;
    return {
      span: operation.span,
      message: `Postgres refuses ${outsideTransactions(operation) ?? ''} here, because ${reason(operation, statement, migrations)}, so the migration fails.`,
      fix: fixOf(operation, statement, migrations),
    };
  },
});

function reason({ conditional }: Operation, { inBlock, migration }: Statement, { prisma }: Migrations): string {
  if (conditional) return 'a DO block is always in a transaction';
  if (inBlock) return 'it stands between BEGIN and COMMIT';
  return `${code(migration.name)} has other statements as well, and Prisma ${prisma?.version ?? ''} runs them all in one transaction`;
}

function fixOf(operation: Operation, statement: Statement, history: Migrations): Fix {
  const title = 'Move it to a migration of its own';
  if (operation.conditional || statement.operations.length > 1) return { title, safety: 'unsafe' };
  const plain = operation.kind === 'create index' && !operation.existedBefore ? plainly(statement.sql) : undefined;
  if (plain !== undefined)
    return {
      title: 'Leave out CONCURRENTLY: the table is new, and nobody waits for it',
      safety: 'unsafe',
      edits: rewriteStatement(statement, plain),
    };
  // What stands behind it may rest on it.
  if (!isLast(statement) || isTied(operation, statement, history)) return { title, safety: 'unsafe' };
  return {
    ...sqlFix(title, 'unsafe', [{ phase: 'create index', sql: `${statement.sql};` }]),
    edits: removeStatement(statement),
  };
}

/** Whether a later migration has to do with the index. */
function isTied(operation: Operation, statement: Statement, history: Migrations): boolean {
  if (operation.kind === 'create index') return isNeededLater(operation, statement, history);
  if (operation.kind !== 'drop index' || !operation.index) return false;
  return isTiedLater(operation.index, statement, history);
}

/** Whether nothing but a COMMIT comes behind the statement. */
function isLast({ migration, path }: Statement): boolean {
  const { statements } = migration;
  const rest = statements.slice(statements.findIndex(other => other.path === path) + 1);
  return rest.every(({ operations }) => operations.every(({ kind }) => kind === 'commit'));
}
