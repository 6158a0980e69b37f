import { defineRule } from '@migrate-lint/core';
import { wasDeployed } from '../deployed.ts';
import { lossLevel } from '../loss-level.ts';
import { rowsIn, valuesThere } from '../lost-rows.ts';
import { narrowing } from '../narrowing-casts.ts';
import { operationsOf, type OperationOf } from '../operations.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'migration/narrowing-type',
  level: 'medium',
  category: 'integrity',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A column gets a type that cuts or rounds its values, and Postgres does so without a word.',
    why: `What does not fit in size stops the migration (\`migration/unsafe-cast\`): an integer that is too large, a text that is too
long. What does not fit in precision is rounded, and nobody is told: decimals to a lower scale or to whole numbers, a bigint to a float, a timestamp to a date. With
\`USING "x"::varchar(10)\` texts are cut too. There is no way back but a backup. It is medium, for the values may be whole already;
the pre-check counts those that would change. It is low where little is lost in practice: timestamps to milliseconds, which is all that
a Date of JavaScript has, and floats to decimals, which is how money becomes exact. Where the loss is meant, write it as an expression:
\`USING round("x", 2)\`.`,
    bad: `-- 20260101000000_init/migration.sql
CREATE TABLE "Order" ("id" INTEGER NOT NULL, "total" DECIMAL(12,4) NOT NULL, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));
-- 20260102000000_total/migration.sql
-- AlterTable
ALTER TABLE "Order" ALTER COLUMN "total" SET DATA TYPE INTEGER;`,
    good: `-- 20260101000000_init/migration.sql
CREATE TABLE "Order" ("id" INTEGER NOT NULL, "total" DECIMAL(12,4) NOT NULL, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));
-- 20260102000000_total/migration.sql
ALTER TABLE "Order" ALTER COLUMN "total" SET DATA TYPE DECIMAL(16,4);`,
    guards: [
      'A type that takes fewer values but refuses the others: `migration/unsafe-cast` speaks of it.',
      'USING with an expression that is more than a cast: whoever wrote it meant what it does.',
      'A column that this migration adds, or one that goes out with it; a column whose type no migration tells.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['alter type'], { applied: true }),
  check: ({ operation, statement }, { postgresMigrations: migrations }) => {
    const { table, column, to } = operation;
    if (table.temporary || ![table, column].every(thing => wasDeployed(thing, statement, migrations))) return undefined;
    const cast = castOf(operation);
    const { type } = column;
    if (type === undefined || to === undefined || cast === undefined) return undefined;
    const found = narrowing(type, to, cast === 'explicit');
    if (!found) return undefined;
    return {
      span: operation.span,
      message: `Each value of ${code(column.name)} in ${code(table.path)} ${found.does} when its type changes from ${code(type)} to ${code(to)}, and Postgres says nothing.`,
      ...(found.back
        ? rowsIn(table, column, statement, name => `${name}::${to}::${type} IS DISTINCT FROM ${name}`)
        : valuesThere(table, column, statement)),
      ...lossLevel(statement, operation, found.level),
    };
  },
});

/** How a value gets its new type: as an assignment, by a cast that USING says, or undefined for an expression of its own. */
function castOf({ using, column, to }: OperationOf<'alter type'>): 'assigned' | 'explicit' | undefined {
  if (using === undefined) return 'assigned';
  const plain = using.replace(/[\s()"]/g, '').toLowerCase();
  const name = column.name.toLowerCase().replace(/[\s()"]/g, '');
  if (plain === name) return 'assigned';
  const isCast = plain.startsWith(`${name}::`) || plain.startsWith(`cast${name}as`);
  return isCast && to !== undefined && !plain.slice(name.length + 2).includes('::') ? 'explicit' : undefined;
}
