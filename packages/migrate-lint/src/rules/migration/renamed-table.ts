import {
  defineRule,
  quoteIdentifier,
  type Fix,
  type Operation,
  type PastTable,
  type Statement,
} from '@migrate-lint/core';
import { rewriteStatement } from '../../edits.ts';
import { wasDeployed } from '../deployed.ts';
import { operationsOf, type OperationOf } from '../operations.ts';
import { tableSql } from '../past-names.ts';
import { isOfPostgres } from '../other-databases.ts';
import { code } from '../places.ts';
import { after, before } from '../same-migration.ts';

type Rename = OperationOf<'rename table' | 'set schema' | 'rename schema'>;

export default defineRule({
  id: 'migration/renamed-table',
  level: 'high',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration renames a table or schema that deployed clients use, or moves a table to another schema.',
    why: `The rows stay, but each query of the clients of the deployed version names the old table and fails until the last of them has
stopped. With Prisma the migration runs first, so this is high: production stops for the length of the deploy. Keep the old name in the
database and give the model another name in the schema with \`@@map("old_name")\`: that needs no migration at all. Where the table itself must
have another name, the fix makes a view under the old name: a view on one table takes INSERT, UPDATE, DELETE and upserts too. Drop it with the
next release.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_account/migration.sql
ALTER TABLE "User" RENAME TO "Account";`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_account/migration.sql
ALTER TABLE "User" RENAME TO "Account";
CREATE VIEW "User" AS SELECT * FROM "Account";`,
    guards: [
      'The migration makes a view or a table under the old name, or renames one to it.',
      'A table that this migration makes, or one that goes out with it; a temporary table.',
      'The migration drops the table after it: `migration/dropped-table` speaks of it.',
      'A migration that is applied.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['rename table', 'set schema', 'rename schema']),
  check: ({ operation, statement }, { migrations }) => {
    const { kind, table, object, from, to } = operation;
    const renamed = kind === 'rename schema' ? object : table;
    if (renamed && !wasDeployed(renamed, statement, migrations)) return undefined;
    if (kind === 'rename schema' ? !holdsTables(from, statement) : !table || table.temporary || !isQueried(table))
      return undefined;
    if (after(operation, statement).some(later => settles(later.operation, operation))) return undefined;
    // The second step of one rename: the first one has been spoken of, or this one takes it back.
    if (before(operation, statement).some(({ operation: first }) => first.kind === kind && first.to === from))
      return undefined;
    const fix =
      kind === 'rename table' && table && isOfPostgres(statement) ? withView(operation, table, statement) : undefined;
    const what = `${kind === 'set schema' ? 'Moving' : 'Renaming'} the ${kind === 'rename schema' ? 'schema' : 'table'}`;
    return {
      span: operation.span,
      message: `${what} ${code(from)} to ${code(to)} makes every query of the deployed clients on ${kind === 'rename schema' ? 'its tables' : 'it'} fail until they are replaced.`,
      ...(fix ? { fix } : {}),
    };
  },
});

/** Whether there are tables in a schema, as far as the history tells; none is known of one that no statement made. */
function holdsTables(schema: string, { before }: Statement): boolean {
  return before.tables.some(table => table.schema === schema && isQueried(table));
}

function isQueried({ kind }: PastTable): boolean {
  return kind !== 'materialized view' && kind !== 'view' && kind !== 'foreign table';
}

/** Whether something has the old name when the migration is done, or the table is gone. */
function settles(later: Operation, { from, table }: Rename): boolean {
  if (later.kind === 'create object') return later.object.path === from;
  if (later.kind === 'create table') return later.table.path === from;
  if (later.kind === 'rename table' || later.kind === 'set schema' || later.kind === 'rename schema')
    return later.to === from;
  return later.kind === 'drop table' && later.table.id === table?.id;
}

function withView({ to }: Rename, table: PastTable, statement: Statement): Fix | undefined {
  if (statement.operations.length > 1) return undefined;
  const renamed = tableSql({ schema: table.schema, name: to.slice(to.lastIndexOf('.') + 1) });
  // A view looks at the table with the rights of its owner, whom row security does not stop.
  const invoker = table.rowSecurity ? ' WITH (security_invoker = true)' : '';
  const view = `CREATE VIEW ${tableSql(table)}${invoker} AS SELECT * FROM ${renamed};`;
  return {
    title: `Keep a view ${quoteIdentifier(table.name)} for the deployed clients`,
    safety: 'unsafe',
    edits: rewriteStatement(statement, `${statement.sql};\n${view}`),
  };
}
