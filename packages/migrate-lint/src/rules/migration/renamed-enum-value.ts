import { defineRule } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'migration/renamed-enum-value',
  level: 'high',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A migration renames a value of an enum that deployed clients use.',
    why: `From the migration on every row that had the value has the new one. The clients of the deployed version do not know it: Prisma Client fails
on each row that it reads with it (“Value … not found in enum”), and Postgres refuses the old one in what they write, until the last of
them has stopped. So it is high. Keep the value in the database and rename it in the schema with \`@map("old")\`, which needs no migration; or
add the new value, deploy a version that knows both, move the rows, and remove the old one a release later.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE TABLE "User" ("id" INTEGER NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_role/migration.sql
ALTER TYPE "Role" RENAME VALUE 'USER' TO 'MEMBER';`,
    good: `-- 20260101000000_init/migration.sql
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE TABLE "User" ("id" INTEGER NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_role/migration.sql
ALTER TYPE "Role" ADD VALUE 'MEMBER';`,
    guards: [
      'An enum or a value that this migration makes, or one that goes out with it.',
      'A migration that is applied.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['rename enum value']),
  check: ({ operation, statement }, { postgresMigrations: migrations }) => {
    const { object, from, to } = operation;
    if (!object || !wasDeployed(object, statement, migrations)) return undefined;
    const added = statement.before.enum(object.path)?.addedBy(from);
    if (added && !wasDeployed({ ...object, createdBy: added }, statement, migrations)) return undefined;
    return {
      span: operation.span,
      message: `Renaming the value ${code(from)} of the enum ${code(object.path)} to ${code(to)} makes the deployed clients fail on every row that they read with it or write, until they are replaced.`,
    };
  },
});
