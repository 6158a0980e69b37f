import { defineRule } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';
import { after, before } from '../same-migration.ts';

export default defineRule({
  id: 'migration/renamed-column',
  level: 'high',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration renames a column that deployed clients use.',
    why: `The rows stay, but Prisma Client names every column in what it selects and writes: from the migration on each query of the model fails
with “The column … does not exist” (P2022) in the clients of the deployed version, until the last of them has stopped. With Prisma the
migration runs first, so this is high: production stops for the length of the deploy. Keep the old name in the database and
give the field another name in the schema with \`@map("old_name")\`: that needs no migration at all. If the column itself must have
another name, add the new one, write both, copy the values, read the new one, and drop the old one a release later.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "phone" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_phone/migration.sql
ALTER TABLE "User" RENAME COLUMN "phone" TO "phoneNumber";`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "User" ("id" INTEGER NOT NULL, "phone" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
-- 20260102000000_phone/migration.sql
ALTER TABLE "User" ADD COLUMN "phoneNumber" TEXT;`,
    guards: [
      'A column that this migration adds, or one that goes out with it; one of a temporary table.',
      'The migration puts another column in the place of the old one, under the old name.',
      'The migration drops the column or its table after it: the rules of that speak.',
      'A migration that is applied.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['rename column']),
  check: ({ operation, statement }, { migrations }) => {
    const { table, object, from, to } = operation;
    if (!table || table.temporary || !wasDeployed(table, statement, migrations)) return undefined;
    if (object && !wasDeployed(object, statement, migrations)) return undefined;
    const rest = after(operation, statement).map(done => done.operation);
    const takesPlace = rest.some(later => {
      if (later.kind === 'rename column') return later.table?.id === table.id && later.to === from;
      if (later.kind === 'add column') return later.table.id === table.id && later.column.name === from;
      if (later.kind === 'drop column') return later.table.id === table.id && later.column.name === to;
      return later.kind === 'drop table' && later.table.id === table.id;
    });
    // The second step of one rename: `a` to `tmp`, `tmp` to `b`.
    const again = before(operation, statement).some(
      ({ operation: earlier }) =>
        earlier.kind === 'rename column' && object !== undefined && earlier.object?.id === object.id,
    );
    if (takesPlace || again) return undefined;
    return {
      span: operation.span,
      message: `Renaming the column ${code(from)} of ${code(table.path)} to ${code(to)} makes every query of the deployed clients that names it fail until they are replaced; ${code(`@map("${from}")`)} gives the field its new name without it.`,
    };
  },
});
