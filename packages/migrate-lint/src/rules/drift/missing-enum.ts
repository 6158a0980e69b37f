import { defineRule } from '@migrate-lint/core';
import { createEnum, sqlFix } from '../../edits.ts';
import { code, lacks, places } from '../places.ts';

export default defineRule({
  id: 'drift/missing-enum',
  level: 'critical',
  category: 'migrations',
  needs: ['comparison'],
  docs: {
    summary: 'An enum of the schema is no type in the database.',
    why: `Prisma Client casts the values of an enum field to the type by its name: where the type is missing, a query that filters by the
field or writes it fails, although the column may be there as text.`,
    bad: `// schema.prisma
enum Role {
  USER
  ADMIN
}

model User {
  id Int @id
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
enum Role {
  USER
  ADMIN
}

model User {
  id Int @id
}
-- migration.sql
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    guards: ['A type with the same values under another name is a `drift/probable-rename`.'],
  },

  subjects: ({ comparison }) => comparison.enums.filter(({ expected }) => expected),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (!expected || actual) return undefined;
    return {
      ...places(pair),
      message: `The schema promises the enum ${code(expected.path)} and ${lacks(comparison, pair)}, so every query that reads or writes a field of it fails.`,
      fix: sqlFix(`Create the enum ${code(expected.path)}`, 'safe', [createEnum(expected)]),
    };
  },
});
