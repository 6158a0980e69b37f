import { defineRule } from '@migrate-lint/core';
import * as z from 'zod';
import { lockingOf, transactionsOf, unreadable, type Locking } from '../changeable.ts';
import type { TableLock } from '../lock-words.ts';
import { code } from '../places.ts';
import { hasTimeout } from '../timeouts.ts';

export default defineRule({
  id: 'migration/wide-lock',
  level: 'low',
  category: 'migrations',
  needs: ['postgresMigrations'],
  options: z.object({
    tables: z.number().int().min(2).default(3).describe('From how many tables on the rule speaks.'),
  }),
  docs: {
    summary: 'One transaction locks several tables against reads and writes, one after the other.',
    why: `The transaction has the first table already when it asks for the next. If a long query reads that one, everybody waits for all tables
that are locked so far. And a request that reads the same tables in another order holds the second while it waits for the first: that is
a deadlock, and Postgres ends one of the two. What stands between BEGIN and COMMIT is one transaction, and up to Prisma 7.3 a whole migration
is. With a \`lock_timeout\` the migration gives up before it hurts; with a file for each table there is nothing to wait for. Most such
migrations are through in a moment, so the level is low, and it is said once for each transaction.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY);
CREATE TABLE "Post" ("id" integer PRIMARY KEY);
CREATE TABLE "Comment" ("id" integer PRIMARY KEY);
-- 2_soft_delete/migration.sql
BEGIN;
ALTER TABLE "User" ADD COLUMN "deletedAt" timestamptz;
ALTER TABLE "Post" ADD COLUMN "deletedAt" timestamptz;
ALTER TABLE "Comment" ADD COLUMN "deletedAt" timestamptz;
COMMIT;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "User" ("id" integer PRIMARY KEY);
CREATE TABLE "Post" ("id" integer PRIMARY KEY);
CREATE TABLE "Comment" ("id" integer PRIMARY KEY);
-- 2_soft_delete/migration.sql
SET lock_timeout = '5s';

BEGIN;
ALTER TABLE "User" ADD COLUMN "deletedAt" timestamptz;
ALTER TABLE "Post" ADD COLUMN "deletedAt" timestamptz;
ALTER TABLE "Comment" ADD COLUMN "deletedAt" timestamptz;
COMMIT;`,
    guards: [
      'A `lock_timeout` is in force: the migration gives up before anybody waits long.',
      'Tables that the same migration makes or drops, and what stands in a DO block.',
      'Tables that one statement locks together, as the drop of a foreign key does.',
      'Since Prisma 7.4 each statement of a file is a transaction of its own, unless the file says BEGIN; where nothing tells the version, that is assumed.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => transactionsOf(migrations),
  check: ({ statements }, { postgresMigrations: migrations }, options) => {
    const locked = firstLocks(lockingOf(statements, migrations));
    const last = locked.at(-1);
    if (!last || locked.length < options.tables || hasTimeout('lock_timeout', last.statement, migrations))
      return undefined;
    return {
      span: last.operation.span,
      message: `This transaction holds ACCESS EXCLUSIVE locks on ${locked.slice(0, -1).map(name).join(', ')} when it asks for the one on ${name(last)}, so whoever is slow there stops all reads and writes of ${String(locked.length)} tables.`,
      related: locked
        .slice(0, -1)
        .map(each => ({ message: `${name(each)} is locked from here on.`, span: each.operation.span })),
      fix: { title: 'Make a migration for each table, or set a `lock_timeout`', safety: 'unsafe' },
    };
  },
});

interface FirstLock extends Locking {
  readonly lock: TableLock;
}

/** Of each table the first lock that stops reads, one for each statement. */
function firstLocks(all: readonly Locking[]): readonly FirstLock[] {
  const found: FirstLock[] = [];
  for (const locking of all) {
    const lock = unreadable(locking);
    if (!lock || locking.operation.kind === 'drop table') continue;
    if (found.some(other => other.lock.table.path === lock.table.path || other.statement === locking.statement))
      continue;
    found.push({ ...locking, lock });
  }
  return found;
}

function name({ lock }: FirstLock): string {
  return code(lock.table.path);
}
