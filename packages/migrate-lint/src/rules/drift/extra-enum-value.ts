import { defineRule } from '@migrate-lint/core';
import { recreateEnum, sqlFix } from '../../edits.ts';
import { code, makes, places } from '../places.ts';

export default defineRule({
  id: 'drift/extra-enum-value',
  level: 'high',
  category: 'migrations',
  needs: ['comparison'],
  docs: {
    summary: 'An enum in the database has a value that the schema does not name.',
    why: `A row that holds the value cannot be read: Prisma Client throws “Value not found in enum” for the whole query, not only for that
row. The next \`prisma migrate dev\` takes the value away, and that migration fails while a row holds it. Postgres has no
DROP VALUE: the fix makes the type anew and converts its columns.`,
    bad: `// schema.prisma
enum Role {
  USER
}

model User {
  id   Int  @id
  role Role
}
-- migration.sql
CREATE TYPE "Role" AS ENUM ('USER', 'ROOT');
CREATE TABLE "User" ("id" integer NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
enum Role {
  USER
  ROOT
}

model User {
  id   Int  @id
  role Role
}
-- migration.sql
CREATE TYPE "Role" AS ENUM ('USER', 'ROOT');
CREATE TABLE "User" ("id" integer NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
  },

  subjects: ({ comparison }) => comparison.enumValues.filter(({ actual }) => actual),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    const type = comparison.enums.find(one => one.actual === actual?.enum)?.expected;
    if (expected || !actual || !type) return undefined;
    return {
      ...places(pair),
      message: `${makes(comparison)} the value ${code(actual.name)} of the enum ${code(type.path)} that the schema does not name, so Prisma Client cannot read a row that holds it.`,
      fix: sqlFix(
        `Make the enum ${code(type.path)} anew without ${code(actual.name)}, or add the value to the schema`,
        'unsafe',
        [recreateEnum(type, actual.enum, comparison)],
      ),
    };
  },
});
