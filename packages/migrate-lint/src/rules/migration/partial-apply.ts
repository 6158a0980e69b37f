import { commitsEachStatement, defineRule, type Operation, type Statement } from '@migrate-lint/core';
import { appendStatement } from '../../edits.ts';
import { changeableMigrations } from '../changeable.ts';
import { outsideTransactions } from '../outside-transactions.ts';
import { code } from '../places.ts';
import { labourOf } from '../work-words.ts';

export default defineRule({
  id: 'migration/partial-apply',
  level: 'low',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A statement that may fail stands behind others that stay when it does.',
    why: `Since Prisma 7.4 a migration is no transaction: each statement is committed by itself. When a unique finds a duplicate or a foreign key an orphan,
what stands above it is done, Prisma marks the migration as failed, and running it again stops at its first line, for that is done already. Between
BEGIN and COMMIT all of it is undone, and the file can run again once the rows are mended. It is told where the statement looks at
rows that were there. It costs an hour once in a while, and nothing is lost, so the level is low.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "users" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_unique/migration.sql
CREATE TABLE "teams" ("id" integer PRIMARY KEY);
ALTER TABLE "users" ADD CONSTRAINT "users_email_key" UNIQUE ("email");
# prisma
7.10.0`,
    good: `-- 1_init/migration.sql
CREATE TABLE "users" ("id" integer PRIMARY KEY, "email" text NOT NULL);
-- 2_unique/migration.sql
BEGIN;
CREATE TABLE "teams" ("id" integer PRIMARY KEY);
ALTER TABLE "users" ADD CONSTRAINT "users_email_key" UNIQUE ("email");
COMMIT;
# prisma
7.10.0`,
    guards: [
      'Prisma up to 7.3, and where nothing tells which Prisma runs the migrations.',
      'The statement that may fail comes first, or what stands above it may run again (IF NOT EXISTS, SET).',
      'A file with a statement that cannot be in a transaction: `migration/mixed-nontransactional`.',
      'Statements that look at no row that was there: a new table, a new column, a plain index.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    migrations.prisma && commitsEachStatement(migrations.prisma) ? changeableMigrations(migrations) : [],
  check: migration => {
    const { statements, name, file } = migration;
    if (statements.some(({ operations }) => operations.some(operation => outsideTransactions(operation))))
      return undefined;
    const at = statements.findIndex((statement, index) => index > 0 && !statement.inBlock && mayFail(statement));
    const stays = statements.slice(0, Math.max(0, at)).find(statement => !statement.inBlock && staysBehind(statement));
    const failing = statements[at];
    if (!failing || !stays) return undefined;
    const start = statements[0]?.span.start ?? 0;
    return {
      span: failing.span,
      message: `When this statement finds rows that do not fit, what stands above it in ${code(name)} stays, and the migration cannot run again.`,
      related: [{ message: 'This is done by then.', span: stays.span }],
      fix: {
        title: 'Put the migration between BEGIN and COMMIT',
        safety: 'unsafe',
        edits: [{ file, start, end: start, text: 'BEGIN;\n\n' }, ...appendStatement(migration, 'COMMIT;')],
      },
    };
  },
});

/** Whether it asks something of rows that were there. */
function mayFail(statement: Statement): boolean {
  return statement.operations.some(operation => isDemand(operation) && labourOf(operation, statement) !== undefined);
}

function isDemand(operation: Operation): boolean {
  if (operation.kind === 'create index') return operation.index.unique;
  return ['add constraint', 'validate constraint', 'set not null', 'alter type'].includes(operation.kind);
}

function staysBehind({ operations }: Statement): boolean {
  return operations.some(
    operation =>
      /^(?:create|add|drop|rename) /.test(operation.kind) &&
      !('ifNotExists' in operation && operation.ifNotExists) &&
      !('ifExists' in operation && operation.ifExists),
  );
}
