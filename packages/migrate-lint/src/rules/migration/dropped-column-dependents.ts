import { defineRule, type PastObject, type Statement } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { lossLevel } from '../loss-level.ts';
import { isMadeAgain } from '../made-again.ts';
import { constraintOf, describe, indexOf, listed } from '../object-words.ts';
import { operationsOf, type OperationOf } from '../operations.ts';
import { code } from '../places.ts';
import { isDroppedLater, migrationOf } from '../same-migration.ts';

type DropColumn = OperationOf<'drop column'>;

export default defineRule({
  id: 'migration/dropped-column-dependents',
  level: 'medium',
  category: 'integrity',
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'Dropping a column takes indexes, constraints, policies or views with it that the statement does not name.',
    why: `With a column Postgres drops every index that has it as one of its keys, in INCLUDE or in WHERE, every UNIQUE and CHECK that holds
it besides others, and says nothing. A query on the other columns of the index is a scan from then on: medium. Where uniqueness,
the primary key or a foreign key goes, integrity is not held any more: high. With CASCADE policies and views go too: who may see
which rows changes, and what reads the view fails: high. Name them: drop each of them before the column, and make what has to stay on the
columns that are left.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "Task" ("id" INTEGER NOT NULL, "owner" TEXT, "archived" BOOLEAN, CONSTRAINT "Task_pkey" PRIMARY KEY ("id"));
CREATE INDEX "Task_open_idx" ON "Task"("owner") WHERE NOT "archived";
-- 20260102000000_archived/migration.sql
-- AlterTable
ALTER TABLE "Task" DROP COLUMN "archived";`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "Task" ("id" INTEGER NOT NULL, "owner" TEXT, "archived" BOOLEAN, CONSTRAINT "Task_pkey" PRIMARY KEY ("id"));
CREATE INDEX "Task_open_idx" ON "Task"("owner") WHERE NOT "archived";
-- 20260102000000_archived/migration.sql
DROP INDEX "Task_open_idx";
CREATE INDEX "Task_owner_idx" ON "Task"("owner");
ALTER TABLE "Task" DROP COLUMN "archived";`,
    guards: [
      'What is about this column alone: its own index, UNIQUE, CHECK or foreign key.',
      'What the migration drops by name before, as Prisma does, or makes again on columns that are left.',
      'All columns of it are dropped together, or the table after it.',
      'Policies and views without CASCADE: Postgres refuses, and `migration/policy-dependency` speaks of it.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['drop column'], { applied: true }),
  check: ({ operation, statement }, { postgresMigrations: migrations }) => {
    const { table, column, dependents, cascade } = operation;
    if (table.temporary || !wasDeployed(table, statement, migrations)) return undefined;
    if (isDroppedLater(table, operation, statement)) return undefined;
    const lost = dependents.filter(
      thing =>
        wasDeployed(thing, statement, migrations) &&
        !isMadeAgain(thing, operation, statement) &&
        isUnsaid(thing, operation, statement),
    );
    const [first] = lost;
    if (!first) return undefined;
    const level = lost.some(thing => isGrave(thing, statement)) ? 'high' : 'medium';
    return {
      span: operation.span,
      message: `Dropping the column ${code(column.name)} of ${code(table.path)} ${cascade ? 'with CASCADE ' : ''}also drops ${listed(lost.map(thing => describe(thing, statement)))}, which the statement does not say.`,
      related: lost.flatMap(({ name, createdBy }) =>
        createdBy ? [{ message: `${code(name)} was made here`, span: createdBy.span }] : [],
      ),
      ...lossLevel(statement, operation, level),
    };
  },
});

/** Whether it is about more than the column, so that nobody has to expect that it goes. */
function isUnsaid(thing: PastObject, operation: DropColumn, statement: Statement): boolean {
  const gone = new Set(dropsBeside(operation, statement));
  const [index, constraint] = [indexOf(thing, statement), constraintOf(thing, statement)];
  if (constraint && constraint.table !== operation.table.path) return operation.cascade;
  if (constraint?.type === 'primary') return !isReplaced(constraint.columns, operation, statement, true);
  const columns = index ? [...index.columns, ...index.include] : constraint?.columns;
  if (!columns) return operation.cascade;
  const left = columns.flatMap(name => (name === null || gone.has(name) ? [] : [name]));
  if (left.length === 0) return false;
  return !isReplaced(left, operation, statement, index?.unique ?? constraint?.type === 'unique');
}

/** Whether the migration makes another one on some of the columns that are left. */
function isReplaced(left: readonly string[], operation: DropColumn, statement: Statement, unique: boolean): boolean {
  return migrationOf(statement).some(({ operation: made }) => {
    if (!('table' in made) || made.table?.id !== operation.table.id) return false;
    if (made.kind === 'add constraint')
      return made.constraint.type === 'primary' || made.constraint.columns.some(name => left.includes(name));
    if (made.kind !== 'create index' || (unique && !made.index.unique)) return false;
    return made.index.columns.some(name => name !== null && left.includes(name));
  });
}

/** The columns of the table that the migration drops. */
function dropsBeside({ table }: DropColumn, statement: Statement): readonly string[] {
  return migrationOf(statement).flatMap(({ operation }) =>
    operation.kind === 'drop column' && operation.table.id === table.id ? [operation.column.name] : [],
  );
}

/** Whether more than speed is lost. */
function isGrave(thing: PastObject, statement: Statement): boolean {
  const type = constraintOf(thing, statement)?.type;
  if (type !== undefined) return type !== 'check';
  return thing.kind !== 'index' || indexOf(thing, statement)?.unique === true;
}
