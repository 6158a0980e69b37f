import { defineRule, type Catalog, type CheckConstraint, type DatabaseCode } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { dropCheck } from '../../edits/checks.ts';
import { code } from '../places.ts';
import { ownTables } from '../scope.ts';

export default defineRule({
  id: 'database/redundant-check',
  level: 'low',
  category: 'conventions',
  needs: ['database', 'code'],
  uses: ['comparison'],
  docs: {
    summary: 'A CHECK says what the type, NOT NULL or another CHECK of the table says already.',
    why: `It guards nothing, and it stands in the way: a CHECK that lists all values of an enum refuses the next value that a migration adds, in
production, with the first row that has it. Reviewers count it as protection. Nothing is wrong while the two agree, so the level is low.`,
    bad: `CREATE TYPE "Status" AS ENUM ('OPEN', 'PAID');
CREATE TABLE "orders" ("id" int PRIMARY KEY, "status" "Status" NOT NULL,
  CONSTRAINT "orders_status_check" CHECK ("status" IN ('OPEN', 'PAID')));`,
    good: `CREATE TYPE "Status" AS ENUM ('OPEN', 'PAID');
CREATE TABLE "orders" ("id" int PRIMARY KEY, "status" "Status" NOT NULL,
  CONSTRAINT "orders_no_draft" CHECK ("status" IN ('OPEN')));`,
    guards: [
      'A CHECK that lets only some values of an enum in.',
      'A column that may be NULL, also one whose CHECK stands in for NOT NULL while that is being added (the column is not NOT NULL then).',
      'A CHECK that says something else beside it.',
    ],
  },

  subjects: facts => ownTables(facts).flatMap(table => table.checks),
  check: (check, { database, code: read }) => {
    const said = repeats(check, database, read);
    if (said === undefined) return undefined;
    return {
      span: check.span,
      message: `The CHECK ${code(check.name)} of ${code(check.table.path)} repeats ${said}.`,
      fix: sqlFix(
        `Drop ${code(check.name)}, and list what is left with \`migrate-lint drift --write-manifest\``,
        'safe',
        [dropCheck(check)],
      ),
    };
  },
});

/** A CHECK that is one comparison and nothing else, as Postgres writes it, literals and quoted names left out. */
const notNull = /^CHECK \(\((\w+|"") IS NOT NULL\)\)(?: NO INHERIT)?(?: NOT VALID)?$/;
const listed =
  /^CHECK \(\(\(?(\w+|"")\)?(?:::text)? = ANY \(\(?ARRAY\[[^\]]*\]\)?(?:::[\w" .]+\[\])?\)\)\)(?: NO INHERIT)?(?: NOT VALID)?$/;

function repeats(
  { table, name, definition }: CheckConstraint,
  database: Catalog,
  read: DatabaseCode,
): string | undefined {
  const bare = definition.replace(/'(?:[^']|'')*'/g, `''`).replace(/"(?:[^"]|"")*"/g, '""');
  const { calls, comparisons, columns } = read.expression(definition);
  const [comparison] = calls.length === 0 && columns.length === 1 ? comparisons : [];
  const column = comparison && table.column(comparison.column);
  if (column && notNull.test(bare) && column.notNull) return `NOT NULL of ${code(column.name)}`;
  if (column && comparison.operator === 'in' && listed.test(bare)) {
    const type = database.enums.find(one =>
      [one.name, `"${one.name}"`, `${one.schema}.${one.name}`, `${one.schema}."${one.name}"`].includes(column.type),
    );
    if (type?.values.every(value => comparison.constants.includes(value)) === true) {
      return `all values of the enum ${code(type.path)}, and refuses the next one that it gets`;
    }
  }
  const same = table.checks.filter(other => condition(other) === condition({ definition }));
  const first = same.map(other => other.name).sort()[0];
  return first === undefined || first === name ? undefined : `the CHECK ${code(first)}`;
}

function condition({ definition }: Pick<CheckConstraint, 'definition'>): string {
  return definition.replace(/ NOT VALID$/, '');
}
