import { defineRule, type Operation } from '@migrate-lint/core';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';

const kinds = [
  'create table',
  'drop table',
  'add column',
  'drop column',
  'add constraint',
  'create index',
  'rename table',
] as const;

export default defineRule({
  id: 'migration/unqualified-name',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A table is named without its schema, so the search path of the session decides which one it is.',
    why: `Which \`orders\` a migration means depends on \`?schema=\` in the connection string, on the role and on its settings. Prisma itself writes
names without a schema as long as the project has only one, so the rule is off unless it is asked for; with several tenants or services in one
database it keeps a migration from changing a table of somebody else. The level is low.`,
    bad: `CREATE TABLE "orders" ("id" integer PRIMARY KEY);`,
    good: `CREATE TABLE "public"."orders" ("id" integer PRIMARY KEY);`,
    guards: ['Temporary tables, which stand in a schema of the session.'],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, kinds).filter(
      ({ statement, operation }, at, all) =>
        !operation.conditional && all.findIndex(other => other.statement === statement) === at,
    ),
  check: ({ operation, statement }) => {
    const table = tableOf(operation);
    if (!table || table.temporary || isQualified(table.name, statement.sql)) return undefined;
    return {
      span: operation.span,
      message: `${code(table.name)} is named without its schema, so the search path of the session decides which table it is.`,
    };
  },
});

function tableOf(operation: Operation) {
  return 'table' in operation ? operation.table : undefined;
}

/** Whether a schema stands before a mention of the name. */
function isQualified(name: string, sql: string): boolean {
  const tokens = sql.match(/"(?:[^"]|"")*"|'(?:[^']|'')*'|[\w$]+|\./g) ?? [];
  return tokens.some((token, at) => tokens[at - 1] === '.' && nameOf(token) === name);
}

function nameOf(token: string): string {
  return token.startsWith('"') ? token.slice(1, -1).replaceAll('""', '"') : token.toLowerCase();
}
