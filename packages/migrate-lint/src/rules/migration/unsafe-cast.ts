import { defineRule, type ColumnChange, type Migrations, type Problem, type Statement } from '@migrate-lint/core';
import { castFailure, isNewList } from '../cast-failures.ts';
import { castFix } from '../cast-fixes.ts';
import { isCleaned, isEmptied, valuesOf } from '../column-values.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { valuesWhere } from '../prechecks.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/unsafe-cast',
  level: 'medium',
  category: 'migrations',
  outdoes: ['history/replay-failure'],
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A column changes its type, and the cast fails: always, or on values that the new type does not hold.',
    why: `Postgres casts every value and stops at the first that does not fit: a text that is no number (22P02), one that is too long for a
\`varchar(n)\` (22001), a number out of range (22003), a value that the new enum does not have. Whether there is one is in the data, so the level is medium;
the pre-check counts them by value. Some casts fail whatever the rows are, on an empty table too: where Postgres has no cast that it takes without
USING, where it has none at all, or where the column has a default that cannot be cast by itself. Then no deploy gets past the migration,
and the level is critical. What is cut or rounded in silence is \`migration/narrowing-type\`. Some of the pre-checks ask the type itself, which needs
Postgres 16.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "Item" ("id" integer PRIMARY KEY, "size" text);
-- 2_size_as_number/migration.sql
ALTER TABLE "Item" ALTER COLUMN "size" TYPE integer USING "size"::integer;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "Item" ("id" integer PRIMARY KEY, "size" text);
-- 2_size_as_number/migration.sql
ALTER TABLE "Item" ALTER COLUMN "size" TYPE integer USING CASE WHEN "size" ~ '^\\d{1,9}$' THEN "size"::integer END;`,
    guards: [
      'A type that holds every value of the old one: `varchar(20)` to `text`, `integer` to `bigint`, an enum that only gets values.',
      'A USING that does more than to cast: somebody has thought of the values.',
      'The migration deletes rows of the table, or writes the column, before: so do enum swaps that replace the value.',
      'Types of extensions and domains, of which Postgres alone knows what fits.',
      'Values of a table that the same migration makes or empties, or of a column that it adds.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['alter type']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { column, to, conditional } = operation;
    if (conditional || column.type === undefined || to === undefined || isNewList(column.type, to)) return undefined;
    return ofEveryRow(operation, statement, to) ?? ofSomeRows(operation, statement, to, migrations);
  },
});

/** What fails on an empty table too. */
function ofEveryRow(operation: ColumnChange, statement: Statement, to: string): Problem | undefined {
  const { table, column, span } = operation;
  const failure = castFailure(operation, statement);
  if (failure?.always === undefined) return undefined;
  const path = code(`${table.path}.${column.name}`);
  const type = `from ${code(column.type ?? '')} to ${code(to)}`;
  const messages = {
    'no cast': `${path} cannot change ${type}, because Postgres has no such cast, so the migration fails whatever is in the table.`,
    'no using': `${path} cannot change ${type} without USING, because Postgres does not cast them by itself, so the migration fails whatever is in the table.`,
    default: `${path} cannot change ${type} while it has the default ${code(column.default?.sql ?? '')}, which Postgres does not cast, so the migration fails whatever is in the table.`,
  };
  return {
    span,
    message: messages[failure.always],
    level: 'critical',
    fix: castFix(failure.always, operation, statement, to),
  };
}

function ofSomeRows(
  operation: ColumnChange,
  statement: Statement,
  to: string,
  migrations: Migrations,
): Problem | undefined {
  const { table, column, span } = operation;
  if (!isInUse({ operation, statement }, migrations) || isEmptied(table, statement)) return undefined;
  if (valuesOf(column.name, table, statement) !== 'any' || isCleaned([column.name], table, statement)) return undefined;
  const misfit = castFailure(operation, statement)?.misfit;
  if (!misfit) return undefined;
  const path = code(`${table.path}.${column.name}`);
  const precheck = valuesWhere(table, statement, column.name, misfit.condition);
  return {
    span,
    message: `The cast of ${path} from ${code(column.type ?? '')} to ${code(to)} fails when a value ${misfit.what}.`,
    precheck,
    fix: {
      title: 'Look for such values first, and mend them in an UPDATE in front or in the USING',
      safety: 'unsafe',
    },
  };
}
