import { defineRule, type Problem, type Statement } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { swapOf } from '../enum-swaps.ts';
import { lossLevel } from '../loss-level.ts';
import { describe, listed } from '../object-words.ts';
import { operationsOf, type OperationOf } from '../operations.ts';
import { code } from '../places.ts';

type DropObject = OperationOf<'drop object'>;

export default defineRule({
  id: 'migration/dropped-type',
  level: 'medium',
  category: 'migrations',
  needs: ['postgresMigrations'],
  docs: {
    summary:
      'A migration drops a type with columns of it, or takes an enum or some of its values from clients that still run.',
    why: `Postgres does not drop a type that is in use; with CASCADE it drops the columns of it, with all their values: critical. To remove
a value of an enum Prisma makes the type anew under the same name: rows that hold the value stop the migration
(\`migration/unsafe-cast\` finds them), and the clients of the deployed version that still write it or filter by it get an error
until they are replaced. So do all writes to a column whose enum has another name now, for Prisma Client casts each value to the type
by its name. Both are medium, for it takes a deploy that is not instant. Deploy a version that does not use the value any more, then remove it.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TYPE "Role" AS ENUM ('USER', 'EDITOR', 'ADMIN');
CREATE TABLE "User" ("id" INTEGER NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_role/migration.sql
-- AlterEnum
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('USER', 'ADMIN');
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
COMMIT;`,
    good: `-- 20260101000000_init/migration.sql
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE TABLE "User" ("id" INTEGER NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_role/migration.sql
-- AlterEnum
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('ADMIN', 'USER', 'EDITOR');
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
COMMIT;`,
    guards: [
      'The enum is made anew with all of its values, in whatever order.',
      'A type that no column had when the migration began, or whose columns are dropped by name.',
      'A type that this migration makes, or one that goes out with it.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) =>
    operationsOf(migrations, ['drop object'], { applied: true }).filter(
      ({ operation: { type } }) => type === 'enum' || type === 'type',
    ),
  check: ({ operation, statement }, { postgresMigrations: migrations }) => {
    const { object, cascade, dependents } = operation;
    if (!object || !wasDeployed(object, statement, migrations)) return undefined;
    const columns = cascade
      ? dependents.filter(thing => thing.kind === 'column' && wasDeployed(thing, statement, migrations))
      : [];
    if (columns.length > 0)
      return {
        span: operation.span,
        message: `Dropping the type ${code(object.path)} with CASCADE also drops ${listed(columns.map(thing => describe(thing, statement)))} with all values.`,
        ...lossLevel(statement, operation, 'critical'),
      };
    // What ran long ago has no old clients any more.
    return statement.migration.applied === undefined ? ofClients(operation, statement) : undefined;
  },
});

function ofClients({ object, span }: DropObject, statement: Statement): Problem | undefined {
  const dropped = object && statement.before.enum(object.path);
  if (!dropped) return undefined;
  const { path, successor, columns } = swapOf(dropped, statement);
  if (columns.length === 0) return undefined;
  if (!successor)
    return {
      span,
      message: `The enum ${code(path)} is gone after this migration while ${code(columns)} stays, so the deployed clients, which cast to it by name, fail on every write of it until they are replaced.`,
    };
  const removed = dropped.values.filter(value => !successor.values.includes(value));
  if (removed.length === 0) return undefined;
  return {
    span,
    message: `The enum ${code(path)} loses ${removed.length === 1 ? 'the value' : 'the values'} ${code(removed)}, so deployed clients that still write or filter by ${removed.length === 1 ? 'it' : 'them'} fail until they are replaced.`,
  };
}
