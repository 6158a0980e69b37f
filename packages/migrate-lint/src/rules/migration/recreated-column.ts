import { defineRule } from '@migrate-lint/core';
import { keepColumn } from '../column-conversion.ts';
import { keepsMeaning } from '../convertible-types.ts';
import { wasDeployed } from '../deployed.ts';
import { lossLevel } from '../loss-level.ts';
import { operationsOf } from '../operations.ts';
import { rowsThere, valuesThere } from '../lost-rows.ts';
import { isOfPostgres } from '../other-databases.ts';
import { code } from '../places.ts';
import { columnAgain, pointsAtNewIds } from '../probable-renames.ts';
import { failsOnRows, isRequired } from '../required-additions.ts';

export default defineRule({
  id: 'migration/recreated-column',
  level: 'critical',
  category: 'migrations',
  needs: ['migrations'],
  docs: {
    summary: 'A migration drops a column and adds it again under the same name, so that all its values are lost.',
    why: `Where Prisma knows no cast from the old type to the new one, it writes \`DROP COLUMN "x", ADD COLUMN "x"\` and a warning that nobody has
to read. The column looks as before and is empty in every row: the values are gone, so this is critical. Postgres can mostly convert
them: \`ALTER COLUMN "x" TYPE … USING "x"::…\`, which stops at the first value that does not fit instead of throwing all of them away. That is
what the fix writes. It is high where the types have nothing in common, or numbers take the place of the values, for then somebody
has to say how a value is converted; the same holds for a key to rows that the migration numbers anew. It is high, too, where the new column is
required and has no default: Postgres refuses the statement as long as there is a row, so that nothing is lost and the deploy stops.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "Order" ("id" INTEGER NOT NULL, "status" TEXT, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));
CREATE TYPE "Status" AS ENUM ('OPEN', 'PAID');
-- 20260102000000_status/migration.sql
-- AlterTable
ALTER TABLE "Order" DROP COLUMN "status",
ADD COLUMN "status" "Status";`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "Order" ("id" INTEGER NOT NULL, "status" TEXT, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));
CREATE TYPE "Status" AS ENUM ('OPEN', 'PAID');
-- 20260102000000_status/migration.sql
ALTER TABLE "Order" ALTER COLUMN "status" TYPE "Status" USING "status"::"Status";`,
    guards: [
      'The migration reads the values into another column or table before it drops them.',
      'A table on which the migration fails unless it is empty, because it adds another required column: `migration/required-column`.',
      'A generated column, whose values are made of others.',
      'What no deployed client has seen: made by this migration, or by one that goes out with it.',
    ],
  },

  subjects: ({ migrations }) => operationsOf(migrations, ['drop column'], { applied: true }),
  check: ({ operation, statement }, { migrations }) => {
    const { table, column } = operation;
    if (table.temporary || ![table, column].every(thing => wasDeployed(thing, statement, migrations))) return undefined;
    const again = columnAgain(operation, statement);
    if (!again || column.generated) return undefined;
    const isAgainRequired = isRequired({ operation: again.added, statement: again.statement });
    const fails = failsOnRows(table, statement);
    if (fails && !isAgainRequired) return undefined;
    const [from, to] = [column.type, again.added.column.type];
    const types = from === to || !from || !to ? '' : `, once as ${code(from)} and then as ${code(to)}`;
    const isNumbered = again.added.column.serial || again.added.column.identity !== undefined;
    const mayCast = from && to && !isNumbered && !pointsAtNewIds(operation, statement);
    const castable = mayCast ? keepsMeaning(from, to) || keepsMeaning(to, from) : false;
    const fix =
      castable && isOfPostgres(statement) && statement.migration.applied === undefined
        ? keepColumn(operation, statement, again)
        : undefined;
    return {
      span: operation.span,
      message: `The column ${code(column.name)} of ${code(table.path)} is dropped and added again${types}, so ${fails ? 'the migration fails as soon as the table has a row' : 'all its values are lost'}${castable ? ` where a conversion would keep ${fails ? 'the values' : 'them'}` : ''}.`,
      related: [{ message: 'added again', span: again.added.span }],
      ...(fails ? rowsThere(table, statement) : valuesThere(table, column, statement)),
      ...(fix ? { fix } : {}),
      ...lossLevel(statement, operation, castable && !fails ? 'critical' : 'high'),
    };
  },
});
