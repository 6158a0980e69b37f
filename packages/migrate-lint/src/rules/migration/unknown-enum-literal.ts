import { defineRule, flatMap, nameKey, type EnumLiteral, type Fix } from '@migrate-lint/core';
import { changeableStatements } from '../changeable.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'migration/unknown-enum-literal',
  level: 'critical',
  category: 'migrations',
  outdoes: ['history/replay-failure'],
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A literal is compared with, written to or the default of an enum that does not have it.',
    why: `Postgres turns the literal into a value of the enum before it looks at any row, so the statement fails with 22P02 on an empty table too,
and no deploy gets past the migration: the level is critical. Mostly the case differs (\`'active'\` for \`ACTIVE\`), or the name is that of the Prisma
schema and \`@map\` gives the database another one, or the value was removed or renamed by an earlier migration, or is added by a later one.`,
    bad: `-- 1_init/migration.sql
CREATE TYPE "Status" AS ENUM ('ACTIVE', 'CLOSED');
CREATE TABLE "Account" ("id" integer PRIMARY KEY, "status" "Status" NOT NULL);
-- 2_close/migration.sql
UPDATE "Account" SET "status" = 'CLOSED' WHERE "status" = 'inactive';`,
    good: `-- 1_init/migration.sql
CREATE TYPE "Status" AS ENUM ('ACTIVE', 'CLOSED');
CREATE TABLE "Account" ("id" integer PRIMARY KEY, "status" "Status" NOT NULL);
-- 2_close/migration.sql
UPDATE "Account" SET "status" = 'CLOSED' WHERE "status"::text = 'inactive';`,
    guards: [
      'A value that an earlier statement adds; whether it can be used in the same transaction is `migration/enum-value-in-transaction`.',
      'An enum that is cast to text, which any text can be compared with.',
      'A column of a table of which not all is known, or that two tables of the statement have.',
      'Bodies of functions: `database/broken-function`.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    flatMap(changeableStatements(migrations), ({ path, enumLiterals }) =>
      enumLiterals.map((literal, at) => ({ path: at === 0 ? path : `${path}.${at + 1}`, literal })),
    ),
  check: ({ literal }) => {
    const { enum: type, value, column, span } = literal;
    if (type.values.includes(value)) return undefined;
    const whose = column === undefined ? '' : ` of ${code(column)}`;
    return {
      span,
      message: `The enum ${code(type.path)}${whose} has no value ${code(value)}, so the statement fails whatever is in the table.`,
      related: type.createdBy
        ? [{ message: `the enum, with ${type.values.length} values then`, span: type.createdBy.span }]
        : undefined,
      fix: fixOf(literal),
    };
  },
});

function fixOf({ enum: { values }, value, span }: EnumLiteral): Fix {
  const alike = values.filter(known => nameKey(known) === nameKey(value));
  const [only] = alike;
  if (only === undefined || alike.length > 1)
    return {
      title: `Write one of ${values.map(known => code(known)).join(', ')}, or add the value in a migration before`,
      safety: 'unsafe',
    };
  return {
    title: `Write ${code(only)}`,
    safety: 'unsafe',
    edits: [{ ...span, text: `'${only.replaceAll("'", "''")}'` }],
  };
}
