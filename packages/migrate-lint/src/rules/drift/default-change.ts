import { defineRule, type Column } from '@migrate-lint/core';
import { changeDefault, safetyOf, sqlFix } from '../../edits.ts';
import { code, places } from '../places.ts';

export default defineRule({
  id: 'drift/default-change',
  level: 'medium',
  category: 'migrations',
  needs: ['comparison'],
  docs: {
    summary: 'A column has another default than its field says.',
    why: `Rows that are written past Prisma Client (a script, a trigger, another service) get the database's default, rows of the client the
schema's, and the two differ. Where the schema says \`autoincrement()\` or \`dbgenerated()\` the client leaves the column out, and
without a default the INSERT fails.`,
    bad: `// schema.prisma
model User {
  id     Int     @id
  active Boolean @default(true)
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "active" boolean NOT NULL DEFAULT false, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
model User {
  id     Int     @id
  active Boolean @default(true)
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "active" boolean NOT NULL DEFAULT true, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    guards: [
      'Two spellings of one value are one default, and `now()` is `CURRENT_TIMESTAMP`.',
      'A column whose type changes as well gets its default with the type.',
      'Generated columns, and expressions that the shadow database cannot run.',
    ],
  },

  subjects: ({ comparison }) => comparison.columns.filter(({ expected, actual }) => expected && actual),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (!expected || !actual || !pair.defaultChanged || pair.typeChanged) return undefined;
    return {
      ...places(pair),
      message: `The schema says that the default of ${code(expected.path)} is ${said(expected)}, and it is ${said(actual)}.`,
      fix: sqlFix(
        expected.default === null
          ? `Take the default of ${code(expected.name)} away`
          : `Set the default of ${code(expected.name)} to ${said(expected)}`,
        safetyOf(expected.table, [expected.name], comparison),
        changeDefault(pair),
      ),
    };
  },
});

function said(column: Column): string {
  if (column.identity !== null) return `an identity (${column.identity})`;
  return column.default === null ? 'none' : code(column.default);
}
