import { defineRule, quoteIdentifier, type DatabaseCode, type Table } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { addCheck } from '../../edits/checks.ts';
import { periodsOf, type Period } from '../period-names.ts';
import { code } from '../places.ts';
import { ownTables } from '../scope.ts';
import { isGuarded } from '../trigger-words.ts';

export default defineRule({
  id: 'database/unordered-times',
  level: 'low',
  category: 'integrity',
  needs: ['database', 'code'],
  uses: ['comparison'],
  docs: {
    summary: 'Nothing keeps the end of a period from lying before its start.',
    why: `A booking that ends before it starts is in no range query, has a negative length, and \`tstzrange\` raises an error at it in the middle of a
report. Forms check it and imports, scripts and time zones do not. A .prisma file cannot say a CHECK, so few projects have one; the rows
are wrong only where other code is, so the level is low.`,
    bad: `CREATE TABLE "bookings" ("id" int PRIMARY KEY, "starts_at" timestamptz NOT NULL, "ends_at" timestamptz NOT NULL);`,
    good: `CREATE TABLE "bookings" ("id" int PRIMARY KEY, "starts_at" timestamptz NOT NULL, "ends_at" timestamptz NOT NULL,
  CHECK ("ends_at" >= "starts_at"));`,
    guards: [
      'A CHECK that names both columns, or a trigger that raises and reads both.',
      'An EXCLUDE constraint, an index or a generated column that makes a range of both: Postgres refuses a range that runs backwards.',
      'Times of the day (a night shift ends before it starts), and columns of two types.',
      'Times that machines stamp (`started_at`, `finished_at`, those of jobs and logs): their clocks differ, and a CHECK would refuse what happened.',
      'Periods that a billing provider gives (`current_period_end`, all of a subscription), and copies (snapshots, exports).',
    ],
  },

  subjects: facts => ownTables(facts).filter(table => periodsOf(table).length > 0),
  check: (table, { code: read }) => {
    const open = periodsOf(table).filter(pair => !isHeld(pair, table, read));
    const [pair] = open;
    if (!pair) return undefined;
    const said = open.map(
      ({ first, last }) => `${code(last.name)} of ${code(table.path)} from lying before ${code(first.name)}`,
    );
    const condition = open
      .map(({ first, last }) => `${quoteIdentifier(last.name)} >= ${quoteIdentifier(first.name)}`)
      .join(' AND ');
    const name = open.length === 1 ? `${table.name}_${pair.last.name}_check` : `${table.name}_times_check`;
    return {
      span: pair.last.span,
      message: `Nothing in the database keeps ${said.join(', and ')}, so a period may run backwards.`,
      fix: sqlFix('Refuse an end before the start', 'unsafe', addCheck(table, name, condition)),
    };
  },
});

function isHeld(
  { first, last }: Period,
  { checks, exclusions, indexes, columns, triggers }: Table,
  read: DatabaseCode,
): boolean {
  const both = (text: string): boolean =>
    [first, last].every(({ name }) => text.split(/\W+/).includes(name) || text.includes(quoteIdentifier(name)));
  if (checks.some(({ definition }) => both(definition))) return true;
  const ranges = [
    ...exclusions.map(one => one.definition),
    ...indexes.map(one => one.definition),
    ...columns.flatMap(({ generated }) => generated ?? []),
  ];
  if (ranges.some(text => text.includes('range(') && both(text))) return true;
  return isGuarded([first.name, last.name], triggers, read);
}
