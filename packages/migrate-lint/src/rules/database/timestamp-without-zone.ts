import { defineRule, mentions, phrases, type Column, type Table } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { canRetype, retypeAll } from '../../edits/retype.ts';
import { code } from '../places.ts';
import { ownColumns } from '../scope.ts';

/** Dates of the calendar and times on the wall mean the same in every zone. */
const floating = phrases('local, birth, birthday, birthdate, dob, wall');
const zones = phrases('timezone, time zone, tz, utc offset');

export default defineRule({
  id: 'database/timestamp-without-zone',
  level: 'medium',
  category: 'integrity',
  needs: ['database'],
  uses: ['schema', 'comparison'],
  docs: {
    summary: 'Columns of a table that no model has are timestamps without their time zone.',
    why: `\`timestamp\` keeps the digits of a clock and not a point in time. \`now()\` as a default, a trigger and every client write the digits of the
zone of their own session, and the same row then means different instants. \`timestamptz\` takes the same 8 bytes. One finding for a table: it is mended in one statement.`,
    bad: `CREATE TABLE "runs" ("id" bigint PRIMARY KEY, "started_at" timestamp NOT NULL DEFAULT now());`,
    good: `CREATE TABLE "runs" ("id" bigint PRIMARY KEY, "started_at" timestamptz NOT NULL DEFAULT now());`,
    guards: [
      'A column of a model: `schema/timestamp-without-zone`, and `drift/type-change` where the database has another type than the schema says.',
      '`date` and `time`.',
      'Birthdays and local times (`birth_date`, `local_start`), and a time beside the zone that it is of (`starts_at`, `timezone`).',
    ],
  },

  subjects: scope => {
    const columns = ownColumns(scope).filter(
      ({ type, name }) => type.startsWith('timestamp') && !mentions(name, floating),
    );
    const tables = new Map(columns.map(({ table }): [Table, Column[]] => [table, []]));
    for (const column of columns)
      if (isWithoutZone(column) && !hasZoneBeside(column)) tables.get(column.table)?.push(column);
    return [...tables].map(([table, found]) => ({ path: table.path, table, columns: found }));
  },
  check: ({ path, table, columns }, { database }) => {
    const [first] = columns;
    if (!first) return undefined;
    const one = columns.length === 1;
    const title = `Make ${one ? 'it' : 'them'} \`timestamptz\`, reading what is stored as UTC`;
    const isPlain = columns.every(column => canRetype(column, database) && !column.type.endsWith('[]'));
    return {
      span: one ? first.span : table.span,
      message: `${code(columns.map(({ name }) => name))} of ${code(path)} ${one ? 'is a timestamp without a time zone, so it means another instant' : 'are timestamps without a time zone, so they mean other instants'} in each session's zone.`,
      // Right only where all rows were written in UTC; and the table is locked, and rewritten outside of a UTC session.
      fix: isPlain
        ? sqlFix(title, 'unsafe', [
            retypeAll(
              columns,
              ({ type }) => type.replace('without', 'with'),
              name => `${name} AT TIME ZONE 'UTC'`,
            ),
          ])
        : { title: `${title}, with what reads ${one ? 'it' : 'them'} out of the way`, safety: 'unsafe' },
    };
  },
});

function isWithoutZone({ type }: Column): boolean {
  return type.includes('without time zone');
}

/** The zone that a column beside it names is not that of the session. */
function hasZoneBeside({ table }: Column): boolean {
  return table.columns.some(({ name }) => mentions(name, zones));
}
