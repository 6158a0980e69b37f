import { defineRule } from '@migrate-lint/core';
import { dropNotNull, safetyOf, setNotNull, sqlFix } from '../../edits.ts';
import { code, places } from '../places.ts';

export default defineRule({
  id: 'drift/nullability-change',
  level: 'high',
  category: 'integrity',
  needs: ['comparison'],
  docs: {
    summary: 'A field is required and its column takes NULL, or the other way round.',
    why: `A NULL in a column that the schema calls required makes Prisma Client throw for the whole query, and its type says that this cannot
be. A NOT NULL that the schema does not know makes every write without the field fail. Before the fix sets NOT NULL, the rows that
hold NULL have to be filled.`,
    bad: `// schema.prisma
model User {
  id   Int    @id
  name String
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "name" text, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
model User {
  id   Int     @id
  name String?
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, "name" text, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    guards: ['A list is never null to Prisma Client, whatever its column says.'],
  },

  subjects: ({ comparison }) => comparison.columns.filter(({ expected, actual }) => expected && actual),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (!expected || !actual || !pair.nullabilityChanged) return undefined;
    if (!expected.notNull)
      return {
        ...places(pair),
        message: `The schema says that ${code(expected.path)} is optional and its column is NOT NULL, so a write without a value fails.`,
        fix: sqlFix(`Let ${code(expected.name)} be NULL`, safetyOf(expected.table, [expected.name], comparison), [
          dropNotNull(expected),
        ]),
      };
    return {
      ...places(pair),
      message: `The schema says that ${code(expected.path)} is required and its column takes NULL, so one such row makes every query that reads it fail.`,
      fix: sqlFix(`Fill the rows that hold NULL and set ${code(expected.name)} NOT NULL`, 'unsafe', [
        setNotNull(expected),
      ]),
    };
  },
});
