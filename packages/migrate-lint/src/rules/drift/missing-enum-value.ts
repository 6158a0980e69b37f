import { defineRule, objectPath, type EnumValueSide, type Schema, type Span } from '@migrate-lint/core';
import { addEnumValue, sqlFix } from '../../edits.ts';
import { code, lacks, places } from '../places.ts';

export default defineRule({
  id: 'drift/missing-enum-value',
  level: 'critical',
  category: 'migrations',
  needs: ['comparison', 'schema'],
  docs: {
    summary: 'A value of an enum is missing in the database.',
    why: `The generated type offers the value, and the first row that is written with it, or the first filter by it, fails with “invalid input value
for enum”. Postgres adds a value without touching a row; it cannot be used before the migration that adds it is committed.`,
    bad: `// schema.prisma
enum Role {
  USER
  ADMIN
}

model User {
  id   Int  @id
  role Role
}
-- migration.sql
CREATE TYPE "Role" AS ENUM ('USER');
CREATE TABLE "User" ("id" integer NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
enum Role {
  USER
  ADMIN
}

model User {
  id   Int  @id
  role Role
}
-- migration.sql
CREATE TYPE "Role" AS ENUM ('USER');
CREATE TABLE "User" ("id" integer NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
ALTER TYPE "Role" ADD VALUE 'ADMIN';`,
    guards: ['The order of the values is not looked at: Prisma does not either.'],
  },

  subjects: ({ comparison }) => comparison.enumValues.filter(({ expected }) => expected),
  check: (pair, { comparison, schema }) => {
    const { expected } = pair;
    const type = comparison.enums.find(one => one.expected === expected?.enum)?.actual;
    if (!expected || pair.actual || !type) return undefined;
    return {
      ...places({ actual: undefined, touch: pair.touch, schemaSpan: placeOf(expected, schema) ?? pair.schemaSpan }),
      message: `The schema promises the value ${code(expected.name)} of the enum ${code(expected.enum.path)} and ${lacks(comparison, pair)}, so every query with it fails.`,
      fix: sqlFix(`Add the value ${code(expected.name)}`, 'safe', [addEnumValue(expected.name, expected.enum, type)]),
    };
  },
});

function placeOf(value: EnumValueSide, schema: Schema): Span | undefined {
  const type = schema.enums.find(one => objectPath(one.dbSchema ?? 'public', one.dbName) === value.enum.path);
  return type?.values.find(one => one.dbName === value.name)?.span;
}
