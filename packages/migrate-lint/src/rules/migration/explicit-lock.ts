import { defineRule, type Statement } from '@migrate-lint/core';
import { blocks } from '../lock-words.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/explicit-lock',
  level: 'medium',
  category: 'migrations',
  outdoes: ['history/replay-failure'],
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A migration locks a table in use with LOCK TABLE.',
    why: `\`LOCK TABLE\` keeps others out until the transaction ends, whatever comes in between: without a mode it is ACCESS EXCLUSIVE, and even a
SELECT waits. Nothing that changes a table needs it, for each statement takes the lock that it needs. Where rows have to stand still, as
while a trigger is made and the old rows are copied, SHARE ROW EXCLUSIVE is enough and lets reads go on. Outside of a transaction Postgres
refuses the statement, and since Prisma 7.4 a migration has one only between BEGIN and COMMIT: there the deployment fails, and the level is
critical. Otherwise somebody has meant it, so the level is medium, and low for the modes that let reads go on.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" numeric(19,4));
-- 2_totals/migration.sql
BEGIN;
LOCK TABLE "orders";
UPDATE "orders" SET "total" = 0 WHERE "total" IS NULL;
COMMIT;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" numeric(19,4));
-- 2_totals/migration.sql
UPDATE "orders" SET "total" = 0 WHERE "total" IS NULL;`,
    guards: [
      'Modes that stop neither reads nor writes of an application: ACCESS SHARE to SHARE UPDATE EXCLUSIVE.',
      'Tables that the same migration makes, and temporary ones.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['lock table']),
  check: ({ operation, statement }, { postgresMigrations: migrations }) => {
    const { mode, span, conditional } = operation;
    const prisma = migrations.prisma?.version;
    if (prisma !== undefined && !conditional && isAlone(statement))
      return {
        span,
        message: `LOCK TABLE fails here, because Prisma ${prisma} runs each statement by itself and Postgres refuses it outside of a transaction.`,
        level: 'critical',
        fix: { title: 'Put BEGIN before it, and COMMIT behind what needs the lock', safety: 'unsafe' },
      };
    const stopped = blocks(mode);
    const tables = operation.tables.filter(table =>
      isInUse(
        { operation: { table, existedBefore: table.createdBy?.migration !== statement.migration }, statement },
        migrations,
      ),
    );
    if (stopped === undefined || tables.length === 0) return undefined;
    return {
      span,
      message: `LOCK TABLE takes ${tables.length > 1 ? `${mode} locks` : `${article(mode)} ${mode} lock`} on ${tables.map(({ path }) => code(path)).join(', ')}, which ${tables.length > 1 ? 'block' : 'blocks'} ${stopped} until the transaction ends.`,
      level: mode !== 'ACCESS EXCLUSIVE' ? 'low' : undefined,
    };
  },
});

/** Whether it is a transaction of its own, and not because the file says so. */
function isAlone({ migration, inBlock, transaction }: Statement): boolean {
  return !inBlock && migration.statements.filter(other => other.transaction === transaction).length === 1;
}

function article(mode: string): string {
  return /^[AE]/.test(mode) ? 'an' : 'a';
}
