import { defineRule, type Operation } from '@migrate-lint/core';
import { operationsOf } from '../operations.ts';
import { before } from '../same-migration.ts';

export default defineRule({
  id: 'migration/nested-transaction',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A BEGIN stands inside of a transaction, or a COMMIT outside of one.',
    why: `Postgres has no transactions in transactions: to a second BEGIN it says “there is already a transaction in progress” and goes on, and the
first COMMIT ends everything. What stands behind it is outside of the transaction that the file seems to have, and stays when a statement
further down fails. A COMMIT without a BEGIN does nothing, or, up to Prisma 7.3, ends the transaction in which the whole file runs. Nothing breaks
as long as no statement fails, so the level is medium.`,
    bad: `BEGIN;
CREATE TABLE "a" ("id" integer PRIMARY KEY);
BEGIN;
CREATE TABLE "b" ("id" integer PRIMARY KEY);
COMMIT;
CREATE TABLE "c" ("id" integer PRIMARY KEY);
COMMIT;`,
    good: `BEGIN;
CREATE TABLE "a" ("id" integer PRIMARY KEY);
CREATE TABLE "b" ("id" integer PRIMARY KEY);
CREATE TABLE "c" ("id" integer PRIMARY KEY);
COMMIT;`,
    guards: [
      'One transaction behind the other, as Prisma writes them around each change of an enum.',
      'SAVEPOINT and ROLLBACK TO, which are made for this.',
      'The second COMMIT of a nested pair: the BEGIN has been told.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['begin', 'commit', 'rollback']),
  check: ({ operation, statement }) => {
    const earlier = before(operation, statement).map(done => done.operation);
    const start = openIn(earlier);
    if (operation.kind === 'begin')
      return start
        ? {
            span: operation.span,
            message:
              'This BEGIN stands inside of the transaction that another one began, so Postgres ignores it, and the first COMMIT ends both.',
            related: [{ message: 'The transaction began here.', span: start.span }],
          }
        : undefined;
    if (start || hasNested(earlier)) return undefined;
    return {
      span: operation.span,
      message: `This ${operation.kind.toUpperCase()} has no BEGIN, so it ends nothing, or the transaction in which Prisma runs the whole file.`,
    };
  },
});

/** The BEGIN whose transaction is open behind these operations. */
function openIn(operations: readonly Operation[]): Operation | undefined {
  let open: Operation | undefined;
  for (const operation of operations) {
    if (operation.kind === 'begin') open ??= operation;
    else if (operation.kind === 'commit' || operation.kind === 'rollback') open = undefined;
  }
  return open;
}

function hasNested(operations: readonly Operation[]): boolean {
  return operations.some(
    (operation, at) => operation.kind === 'begin' && openIn(operations.slice(0, at)) !== undefined,
  );
}
