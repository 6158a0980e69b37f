import { defineRule } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { after } from '../same-migration.ts';

export default defineRule({
  id: 'migration/renamed-type',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A migration renames an enum that deployed clients use.',
    why: `Prisma Client casts each value that it writes or compares to its enum by name. From the migration on the clients of the deployed
version get “type does not exist” for that, until the last of them has stopped; what they read is not concerned, so this is medium. Keep the
old name in the database and rename the enum in the schema with \`@@map("old_name")\`, which needs no migration.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE TABLE "User" ("id" INTEGER NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_role/migration.sql
ALTER TYPE "Role" RENAME TO "UserRole";`,
    good: `-- 20260101000000_init/migration.sql
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE TABLE "User" ("id" INTEGER NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_role/migration.sql
CREATE TYPE "Role_new" AS ENUM ('USER', 'ADMIN', 'EDITOR');
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";`,
    guards: [
      'The way in which Prisma changes an enum: a new one gets the old name.',
      'An enum that this migration makes, or one that goes out with it.',
      'An enum that the migration drops: `migration/dropped-type` speaks of it.',
      'A migration that is applied.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['rename enum']),
  check: ({ operation, statement }, { postgresMigrations: migrations }) => {
    const { object, from, to } = operation;
    if (!object || !wasDeployed(object, statement, migrations)) return undefined;
    const settled = after(operation, statement).some(({ operation: later }) => {
      if (later.kind === 'rename enum') return later.to === from;
      if (later.kind === 'create object') return later.object.path === from;
      return later.kind === 'drop object' && later.object?.id === object.id;
    });
    if (settled) return undefined;
    return {
      span: operation.span,
      message: `Renaming the enum ${code(from)} to ${code(to)} makes every write of the deployed clients to a column of it fail until they are replaced, for they cast to it by name.`,
    };
  },
});
