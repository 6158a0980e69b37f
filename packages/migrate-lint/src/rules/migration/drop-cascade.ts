import { defineRule, type PastObject, type Statement } from '@migrate-lint/core';
import { rewriteStatement } from '../../edits.ts';
import { wasDeployed } from '../deployed.ts';
import { lossLevel } from '../loss-level.ts';
import { isMadeAgain } from '../made-again.ts';
import { constraintOf, describe, listed } from '../object-words.ts';
import { operationsOf, type OperationOf } from '../operations.ts';
import { code } from '../places.ts';
import { migrationOf } from '../same-migration.ts';

const kinds = ['drop table', 'drop constraint', 'drop object'] as const;
type Drop = OperationOf<(typeof kinds)[number]>;

/** `migration/dropped-schema` and `migration/dropped-type` speak of these. */
const others: ReadonlySet<string> = new Set(['schema', 'enum', 'type', 'database', 'owned']);

export default defineRule({
  id: 'migration/drop-cascade',
  level: 'high',
  category: 'integrity',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A DROP … CASCADE takes objects with it that the statement does not name.',
    why: `CASCADE drops whatever depends on the thing: foreign keys of other tables, views, triggers, policies, defaults. Postgres only prints a
notice, and Prisma swallows it. What goes is what depends on it in that database on that day, which may be more than the author saw in
his own. Where the history knows what goes it is high, for integrity is not held any more or whoever reads the view fails; without any
dependent in the history it is low, and the fix leaves CASCADE out: then Postgres refuses when there is something after all.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE VIEW "Member" AS SELECT "id" FROM "User";
-- 20260102000000_drop/migration.sql
DROP TABLE "User" CASCADE;`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE VIEW "Member" AS SELECT "id" FROM "User";
-- 20260102000000_drop/migration.sql
DROP VIEW "Member";
DROP TABLE "User";`,
    guards: [
      'What goes is made again by the same migration (a function and its triggers, a view on a view), or its table is dropped too.',
      'A thing that this migration makes, or one that goes out with it; a temporary table.',
      'DROP … IF EXISTS of what no migration made.',
      'A column, a schema and a type have rules of their own.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, kinds, { applied: true }).filter(({ operation }) => operation.cascade),
  check: ({ operation, statement }, { postgresMigrations: migrations }) => {
    const dropped = droppedBy(operation);
    if ('type' in operation && others.has(operation.type)) return undefined;
    if (dropped ? !wasDeployed(dropped, statement, migrations) : operation.ifExists) return undefined;
    if (operation.ifExists && dropped?.createdBy === undefined) return undefined;
    if (operation.kind !== 'drop object' && operation.table.temporary) return undefined;
    const name = dropped?.path ?? operation.kind;
    const deployed = operation.dependents.filter(thing => wasDeployed(thing, statement, migrations));
    const lost = deployed.filter(thing => !isMadeAgain(thing, operation, statement) && !goesAnyway(thing, statement));
    if (lost.length > 0)
      return {
        span: operation.span,
        message: `Dropping ${code(name)} with CASCADE also drops ${listed(lost.map(thing => describe(thing, statement)))}, which the statement does not say.`,
        related: lost.flatMap(({ name: own, createdBy }) =>
          createdBy ? [{ message: `${code(own)} was made here`, span: createdBy.span }] : [],
        ),
        ...lossLevel(statement, operation, 'high'),
      };
    if (operation.dependents.length > 0) return undefined;
    const without = withoutCascade(statement);
    return {
      span: operation.span,
      message: `CASCADE drops with ${code(name)} whatever depends on it in a database, also what no migration knows.`,
      ...(without !== undefined && statement.migration.applied === undefined
        ? {
            fix: { title: 'Leave CASCADE out', safety: 'unsafe' as const, edits: rewriteStatement(statement, without) },
          }
        : {}),
      ...lossLevel(statement, operation, 'low'),
    };
  },
});

function droppedBy(operation: Drop): PastObject | undefined {
  if (operation.kind === 'drop table') return operation.table;
  return operation.kind === 'drop constraint' ? operation.constraint : operation.object;
}

/** Whether the migration drops the thing itself, or the table that it is a part of. */
function goesAnyway(thing: PastObject, statement: Statement): boolean {
  const table = constraintOf(thing, statement)?.table;
  return migrationOf(statement).some(
    ({ operation }) =>
      (operation.kind === 'drop table' && operation.table.path === table) ||
      (operation.kind === 'drop object' && operation.object?.id === thing.id) ||
      (operation.kind === 'drop constraint' && operation.constraint?.id === thing.id),
  );
}

/** The statement without the word at its end; a statement with more than one drop keeps it. */
function withoutCascade({ sql, operations }: Statement): string | undefined {
  return operations.length === 1 && /\sCASCADE\s*$/i.test(sql) ? sql.replace(/\s+CASCADE\s*$/i, '') : undefined;
}
