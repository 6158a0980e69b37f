import { defineRule } from '@migrate-lint/core';
import { createTable, safetyOfNew, sqlFix } from '../../edits.ts';
import { code, lacks, places } from '../places.ts';

export default defineRule({
  id: 'drift/missing-table',
  level: 'critical',
  category: 'migrations',
  needs: ['comparison'],
  docs: {
    summary: 'A model has no table in the database.',
    why: `Prisma Client is generated from the schema and not from the database: the code compiles, the tests with a database made by
\`db push\` pass, and in production every query of the model fails with P2021. The usual cause is a schema that was changed
without \`prisma migrate dev\`. The fix makes the table with its primary key, indexes and foreign keys.`,
    bad: `// schema.prisma
model User {
  id Int @id
}

model Preferences {
  id Int @id
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
model User {
  id Int @id
}

model Preferences {
  id Int @id
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Preferences" ("id" integer NOT NULL, CONSTRAINT "Preferences_pkey" PRIMARY KEY ("id"));`,
    guards: [
      'Tables of `tables.external` in the Prisma config belong to somebody else.',
      'A table that is probably there under another name is a `drift/probable-rename`.',
      'Views are not made by Prisma.',
    ],
  },

  subjects: ({ comparison }) => comparison.tables.filter(({ expected }) => expected),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (!expected || actual) return undefined;
    return {
      ...places(pair),
      message: `The schema promises the table ${code(expected.path)} and ${lacks(comparison, pair)}, so every query of it fails.`,
      fix: sqlFix(
        `Create the table ${code(expected.path)}`,
        safetyOfNew(expected, comparison),
        createTable(expected, comparison.expected),
      ),
    };
  },
});
