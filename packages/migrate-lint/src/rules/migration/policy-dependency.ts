import {
  defineRule,
  quoteIdentifier,
  type Fix,
  type Migrations,
  type PastObject,
  type Statement,
} from '@migrate-lint/core';
import { rewriteStatement } from '../../edits.ts';
import { definitionOf } from '../certain-dependents.ts';
import { hindrances, isOwnPolicy, type Change } from '../hindrances.ts';
import { operationsOf } from '../operations.ts';
import { tableSql } from '../past-names.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'migration/policy-dependency',
  level: 'critical',
  category: 'migrations',
  outdoes: ['history/replay-failure'],
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'A column or table is dropped, or a column gets another type, while a policy, a view or something else needs it.',
    why: `Postgres refuses: a DROP without CASCADE fails with 2BP01, and a change of type with 0A000, on an empty table too. Prisma knows no policies, views and
triggers, so what it generates does not move them out of the way, and no deploy gets past the migration: the level is critical. Drop them in front and, for a
change of type, make them again behind it, in the same transaction, so that a table is never without its policies. CASCADE is no way
out: it takes a policy away without a word, and what the policy kept from a role is open, or closed to all.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "Note" ("id" integer PRIMARY KEY, "owner" text);
CREATE POLICY "own notes" ON "Note" USING ("owner" = current_user);
-- 2_owner_length/migration.sql
ALTER TABLE "Note" ALTER COLUMN "owner" TYPE varchar(100);`,
    good: `-- 1_init/migration.sql
CREATE TABLE "Note" ("id" integer PRIMARY KEY, "owner" text);
CREATE POLICY "own notes" ON "Note" USING ("owner" = current_user);
-- 2_owner_length/migration.sql
DROP POLICY "own notes" ON "Note";
ALTER TABLE "Note" ALTER COLUMN "owner" TYPE varchar(100);
CREATE POLICY "own notes" ON "Note" USING ("owner" = current_user);`,
    guards: [
      'An earlier statement drops the policy or view, or makes it of other columns.',
      'A view or policy that may mean a column of the same name of another table.',
      'A DROP with CASCADE: `migration/drop-cascade` says what goes with it.',
      'Indexes, constraints and defaults of the column itself, which go along; a policy of a table that is dropped.',
      'Foreign keys between tables that one statement drops, or that the same statement drops.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['drop column', 'alter type', 'drop table']),
  check: ({ operation, statement }, { postgresMigrations: migrations }) => {
    if (operation.conditional || operation.cascade) return undefined;
    const needed = hindrances(operation, statement, migrations);
    if (needed.length === 0) return undefined;
    const what =
      operation.kind === 'drop table' ? operation.table.path : `${operation.table.path}.${operation.column.name}`;
    const verb = operation.kind === 'alter type' ? 'change its type' : 'be dropped';
    const names = needed.map(thing => `the ${thing.kind} ${code(thing.name)}`).join(', ');
    const things = needed.length === 1 ? 'needs it' : 'need it';
    return {
      span: operation.span,
      message: `${code(what)} cannot ${verb} while ${names} ${things}, so the migration fails whatever is in the table.`,
      related: needed.flatMap(({ createdBy, name }) =>
        createdBy ? [{ message: `makes ${code(name)}`, span: createdBy.span }] : [],
      ),
      fix: fixOf(operation, needed, statement, migrations),
    };
  },
});

/** Drops what stands in the way and makes it again, where its own statement tells how. */
function fixOf(operation: Change, needed: readonly PastObject[], statement: Statement, migrations: Migrations): Fix {
  const names = code(needed.map(({ name }) => name));
  if (operation.kind !== 'alter type')
    return { title: `Drop ${names} in front, or make it without the column`, safety: 'unsafe' };
  const title = `Drop ${names} in front, and make it again behind`;
  const made = [...needed].sort((a, b) => a.id - b.id);
  const remade = made.flatMap(thing => remakeOf(thing, operation, statement, migrations) ?? []);
  if (remade.length < made.length) return { title, safety: 'unsafe' };
  const drops = remade.map(({ drop }) => drop).reverse();
  const sql = [...drops, statement.sql, ...remade.map(({ create }) => create)].map(each => `${each};`).join('\n');
  return { title, safety: 'unsafe', edits: rewriteStatement(statement, sql) };
}

function remakeOf(
  thing: PastObject,
  { table }: Change,
  statement: Statement,
  migrations: Migrations,
): { readonly drop: string; readonly create: string } | undefined {
  const create = definitionOf(thing, statement, migrations)?.sql;
  if (create === undefined || create.includes('--')) return undefined;
  const name = quoteIdentifier(thing.name);
  if (isOwnPolicy(thing, table)) return { drop: `DROP POLICY ${name} ON ${tableSql(table)}`, create };
  return thing.kind === 'view' && !thing.path.includes('.') ? { drop: `DROP VIEW ${name}`, create } : undefined;
}
