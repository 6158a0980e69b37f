import { defineRule } from '@migrate-lint/core';
import { dropEnum, sqlFix } from '../../edits.ts';
import { code, makes, places } from '../places.ts';

export default defineRule({
  id: 'drift/extra-enum',
  level: 'medium',
  category: 'migrations',
  needs: ['comparison'],
  docs: {
    summary: 'The database has an enum that the schema does not name.',
    why: `No row is lost with a type, but the next \`prisma migrate dev\` writes DROP TYPE into a migration that is about something else, and
that fails where a function, a view or a table of another schema still uses it.`,
    bad: `// schema.prisma
model User {
  id Int @id
}
-- migration.sql
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
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
    guards: ['Enums of extensions and of schemas that the datasource does not manage.'],
  },

  subjects: ({ comparison }) => comparison.enums.filter(({ actual }) => actual),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (expected || !actual) return undefined;
    return {
      ...places(pair),
      message: `${makes(comparison)} the enum ${code(actual.path)} that the schema does not name, so the next generated migration drops it.`,
      fix: sqlFix(`Drop the enum ${code(actual.path)}, or take it into the schema with \`prisma db pull\``, 'unsafe', [
        dropEnum(actual),
      ]),
    };
  },
});
