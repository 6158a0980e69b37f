import { defineRule, type CheckConstraint, type DatabaseCode, type Fix } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { addCheck, dropCheck } from '../../edits/checks.ts';
import { code } from '../places.ts';
import { ownTables } from '../scope.ts';

export default defineRule({
  id: 'database/tautological-check',
  level: 'high',
  category: 'integrity',
  needs: ['database', 'code'],
  uses: ['comparison'],
  docs: {
    summary:
      'A CHECK that no row can break: a list with NULL in it, a comparison with NULL, or a condition that always holds.',
    why: `A CHECK refuses a row only when its condition is false, and NULL is not false. \`status IN ('OPEN', NULL)\` gives NULL where it should give
false, so every value passes; \`amount > NULL\` gives NULL whatever the amount is. The constraint is listed with the others, and everybody
believes that it holds. What it was meant to keep out is in the table or will be, so the level is high.`,
    bad: `CREATE TABLE "orders" ("id" int PRIMARY KEY, "status" text,
  CONSTRAINT "orders_status_check" CHECK ("status" IN ('OPEN', 'PAID', NULL)));`,
    good: `CREATE TABLE "orders" ("id" int PRIMARY KEY, "status" text,
  CONSTRAINT "orders_status_check" CHECK ("status" IN ('OPEN', 'PAID')));`,
    guards: [
      '`NOT IN (…, NULL)` does refuse the values that it lists.',
      'A condition that one side of an AND or a CASE decides.',
      '`num_nonnulls`, `IS NULL OR …` and the like, which can be false.',
    ],
  },

  subjects: facts => ownTables(facts).flatMap(table => table.checks),
  check: (check, { code: read }) => {
    const reason = reasonFor(check, read);
    if (reason === undefined) return undefined;
    return {
      span: check.span,
      message: `No row can break the CHECK ${code(check.name)} of ${code(check.table.path)}, because ${reason}.`,
      fix: fixOf(check),
    };
  },
});

/** `, NULL::text` in a list, as Postgres writes it. */
const nullInList = /, NULL(?:::[\w" .]+?(?:\(\d+(?:,\d+)?\))?)?(?=[,\]])|(?<=ARRAY\[)NULL(?:::[\w" .]+?)?, /g;
const lengths =
  /^\(*(?:char_length|character_length|length|octet_length|cardinality|array_length|jsonb_array_length)\((?:[^()]|\([^()]*\))*\) >= 0\)*$/;
const complements: Readonly<Record<string, string>> = {
  '>=': '<',
  '>': '<=',
  '<=': '>',
  '<': '>=',
  '=': '<>',
  'is null': 'is not null',
};

function reasonFor({ definition }: CheckConstraint, read: DatabaseCode): string | undefined {
  const { alwaysTrue, comparisons } = read.expression(definition);
  if (alwaysTrue) return 'it always holds';
  const bare = definition.replace(/'(?:[^']|'')*'/g, `''`).replace(/"(?:[^"]|"")*"/g, '""');
  const condition = /^CHECK \((.*)\)(?: NO INHERIT)?(?: NOT VALID)?$/s.exec(bare)?.[1] ?? '';
  if (lengths.test(condition)) return 'a length is never negative';
  // In a CASE or under a NOT another part may decide.
  if (/\b(?:CASE|NOT|AND|SELECT)\b/.test(bare.replace(/IS NOT NULL| NOT VALID$/g, ''))) return undefined;
  const list = comparisons.find(
    ({ operator, constants }) => operator === 'in' && constants.length > 1 && constants.includes(null),
  );
  if (list)
    return `NULL stands in the list for ${code(list.column)}, so it is NULL and not false for what the list lacks`;
  const nothing = comparisons.find(
    ({ operator, constants }) => /^(?:[<>]=?|=|<>)$/.test(operator) && constants.length === 1 && constants[0] === null,
  );
  if (nothing) return `${code(nothing.column)} is compared with NULL, which gives NULL and not false`;
  const itself = comparisons.find(
    ({ column, operator, columns, constants, calls }) =>
      /^(?:=|<=|>=)$/.test(operator) &&
      columns.join() === column &&
      constants.length === 0 &&
      calls.length === 0 &&
      /\((\w+|"") (?:=|<=|>=) \1\)/.test(bare),
  );
  if (itself) return `${code(itself.column)} is compared with itself`;
  const both = comparisons.find(one =>
    comparisons.some(
      other =>
        other.column === one.column &&
        other.operator === complements[one.operator] &&
        one.columns.length + other.columns.length + one.calls.length + other.calls.length === 0 &&
        one.constants.join('\0') === other.constants.join('\0') &&
        one.constants.length === (one.operator === 'is null' ? 0 : 1),
    ),
  );
  return both && `one of its two conditions on ${code(both.column)} always holds`;
}

/** Without the NULL the list means what it says; rows of today may break it then. */
function fixOf(check: CheckConstraint): Fix {
  const { definition, name, table } = check;
  const without = definition.replace(nullInList, '');
  const condition = /^CHECK \((.*?)\)(?: NO INHERIT)?(?: NOT VALID)?$/s.exec(without)?.[1];
  if (without === definition || condition === undefined)
    return { title: 'Say what the CHECK is meant to refuse, or drop it', safety: 'unsafe' };
  const [drop, [add, ...validate]] = [dropCheck(check), addCheck({ ...table, checks: [] }, name, condition)];
  const steps = add ? [{ ...add, sql: `${drop.sql}\n${add.sql}` }, ...validate] : [];
  return sqlFix('Take NULL out of the list', 'unsafe', steps);
}
