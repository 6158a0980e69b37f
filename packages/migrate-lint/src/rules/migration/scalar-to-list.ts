import { defineRule, quoteIdentifier, type ColumnChange, type Fix, type Statement } from '@migrate-lint/core';
import { rewriteStatement } from '../../edits.ts';
import { castFailure, isNewList, keepsDefault, literalDefault } from '../cast-failures.ts';
import { withClause } from '../clause-edits.ts';
import { valuesOf } from '../column-values.ts';
import { operationsOf } from '../operations.ts';
import { tableSql } from '../past-names.ts';
import { code } from '../places.ts';
import { valuesWhere } from '../prechecks.ts';

export default defineRule({
  id: 'migration/scalar-to-list',
  level: 'critical',
  category: 'migrations',
  outdoes: ['history/replay-failure'],
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A column of single values becomes a list, which Postgres does not do by itself.',
    why: `Postgres has no cast from a value to a list of it: \`ALTER COLUMN … TYPE text[]\` fails with 42804 on an empty table too, although Prisma writes it for an
enum that becomes a list and warns of “non-null values” only. So no deploy gets past the migration, and the level is critical. USING says how:
\`array_remove(ARRAY["x"], NULL)\`, which is empty for NULL, because Prisma Client cannot read a list that holds NULL. A cast of a text to a list reads it as \`{a,b}\` and
fails on every other text, so it is high.`,
    bad: `-- 1_init/migration.sql
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE TABLE "User" ("id" integer PRIMARY KEY, "role" "Role");
-- 2_roles/migration.sql
ALTER TABLE "User" ALTER COLUMN "role" SET DATA TYPE "Role"[];`,
    good: `-- 1_init/migration.sql
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE TABLE "User" ("id" integer PRIMARY KEY, "role" "Role");
-- 2_roles/migration.sql
ALTER TABLE "User" ALTER COLUMN "role" SET DATA TYPE "Role"[] USING array_remove(ARRAY["role"], NULL);`,
    guards: [
      'A USING that makes the list: `ARRAY[…]`, `string_to_array(…)`.',
      'A list that gets another element type: `migration/unsafe-cast`.',
      'A column that is dropped and added again as a list: its values are lost, and a loss rule speaks of it.',
      'A column whose type no statement tells.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['alter type']).filter(({ operation: { column, to } }) =>
      isNewList(column.type ?? '', to ?? ''),
    ),
  check: ({ operation, statement }) => {
    const { table, column, to = '', using, conditional, span } = operation;
    if (conditional || column.type === undefined) return undefined;
    const failure = castFailure(operation, statement);
    const path = code(`${table.path}.${column.name}`);
    const change = `${path} becomes a list, from ${code(column.type)} to ${code(to)}`;
    if (using === undefined || failure?.always !== undefined) {
      const why =
        failure?.always === 'default' ? 'while it has a default that is none' : 'by a cast that Postgres does not have';
      const how = using === undefined ? 'without USING' : why;
      return {
        span,
        message: `${change}, ${how}, so the migration fails whatever is in the table.`,
        fix: fixOf(operation, statement, to),
      };
    }
    if (!failure?.misfit || valuesOf(column.name, table, statement) !== 'any') return undefined;
    const precheck = valuesWhere(table, statement, column.name, failure.misfit.condition);
    return {
      span,
      message: `${change}, by a cast that fails on every text that is not written as ${code('{a,b}')}.`,
      level: 'high',
      precheck,
      fix: fixOf(operation, statement, to),
    };
  },
});

function fixOf(operation: ColumnChange, statement: Statement, to: string): Fix {
  const { column, table, span, using } = operation;
  const name = quoteIdentifier(column.name);
  const list = `array_remove(ARRAY[${name}], NULL)::${to}`;
  const title = 'Make a list of the one value, and an empty one of NULL';
  const clause = statement.sql.slice(span.start - statement.span.start, span.end - statement.span.start);
  const written = using === undefined ? clause : clause.replace(/\s+USING\s[\s\S]*$/i, '');
  const changed = withClause({ operation, statement }, `${written} USING ${list}`);
  if (changed === undefined) return { title, safety: 'unsafe' };
  const change = `ALTER TABLE ${tableSql(table)} ALTER COLUMN ${name}`;
  const literal = literalDefault(column);
  const sql = keepsDefault(operation, statement)
    ? [
        `${change} DROP DEFAULT`,
        changed,
        ...(literal === undefined ? [] : [`${change} SET DEFAULT ARRAY[${literal}]::${to}`]),
      ]
    : [changed];
  return { title, safety: 'unsafe', edits: rewriteStatement(statement, `${sql.join(';\n')};`) };
}
