import { defineRule } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { lossLevel } from '../loss-level.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';

const everything: ReadonlySet<string> = new Set(['database', 'owned']);

export default defineRule({
  id: 'migration/dropped-schema',
  level: 'high',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration drops a schema with all that is in it, a database, or all that a role owns.',
    why: `\`DROP SCHEMA … CASCADE\` takes every table in the schema without naming one, those that were made since the file was written too.
A script that clears \`public\` to begin anew does so in production as well, and takes the record of Prisma's migrations with it; that, DROP
DATABASE and DROP OWNED are critical. Without CASCADE Postgres drops a schema only when it is empty, and that is the way to do it: drop
the tables by name, then the schema.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE SCHEMA "billing";
CREATE TABLE "billing"."Invoice" ("id" INTEGER NOT NULL, CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id"));
-- 20260102000000_drop/migration.sql
DROP SCHEMA "billing" CASCADE;`,
    good: `-- 20260101000000_init/migration.sql
CREATE SCHEMA "billing";
CREATE TABLE "billing"."Invoice" ("id" INTEGER NOT NULL, CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id"));
-- 20260102000000_drop/migration.sql
ALTER TABLE "billing"."Invoice" SET SCHEMA "public";
DROP SCHEMA "billing";`,
    guards: [
      'Without CASCADE: Postgres refuses when anything is in the schema.',
      'A schema that this migration makes, or one that goes out with it.',
      '`DROP SCHEMA IF EXISTS … CASCADE` of a schema that no migration made and in which none made anything.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['drop object'], { applied: true }).filter(isLarge),
  check: ({ operation, statement }, { migrations }) => {
    const { type, name, object, cascade, ifExists } = operation;
    if (everything.has(type))
      return {
        span: operation.span,
        message:
          type === 'owned'
            ? `DROP OWNED takes every table that ${code(name)} owns with all its rows, without naming one.`
            : `DROP DATABASE takes ${code(name)} with all that is in it.`,
        ...lossLevel(statement, operation, 'critical'),
      };
    if (!cascade || (object && !wasDeployed(object, statement, migrations))) return undefined;
    const tables = statement.before.tables.filter(table => table.schema === name && !table.temporary);
    const isMain = name === 'public';
    if (tables.length === 0 && ifExists && !object?.createdBy && !isMain) return undefined;
    const listed =
      tables.length === 0
        ? 'whatever is in it'
        : `${code(tables.slice(0, 3).map(({ path }) => path))}${tables.length > 3 ? ` and ${String(tables.length - 3)} more tables` : ''}`;
    return {
      span: operation.span,
      message: `Dropping the schema ${code(name)} with CASCADE takes ${listed} with all rows, without naming ${tables.length > 1 ? 'them' : 'it'}.`,
      ...lossLevel(statement, operation, isMain ? 'critical' : 'high'),
    };
  },
});

function isLarge({ operation: { type } }: { readonly operation: { readonly type: string } }): boolean {
  return type === 'schema' || everything.has(type);
}
