import { defineRule, impliedKeys, isDecided, mentions, phrases, type Column, type Table } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { addForeignKeyTo } from '../../edits/add.ts';
import { code } from '../places.ts';
import { isJoinTable, ownColumns, ownTables } from '../scope.ts';
import { tablesAsModels } from '../tables-as-models.ts';

/** Schemas of tables that keep what happened. */
const trails = phrases('event, audit, log, history, archive, analytics, metric, stat, telemetry, warehouse');
/** What a row says of itself that tells of one thing that happened. */
const happenings = phrases('event time, event timestamp, event type, event name, event at');

export default defineRule({
  id: 'database/missing-foreign-key',
  level: 'high',
  category: 'integrity',
  needs: ['database'],
  uses: ['schema', 'comparison', 'migrations'],
  docs: {
    summary: 'A column that no model has holds the key of another table, and no foreign key says so.',
    why: `Without a foreign key a row can name another one that never was or is gone; deletes neither cascade nor fail, and orphans are found
months later. The name, the type and the comment of the column are read as \`schema/missing-relation\` reads them, and the level is its.`,
    bad: `CREATE TABLE "users" ("id" uuid PRIMARY KEY);
CREATE TABLE "devices" ("id" uuid PRIMARY KEY, "user_id" uuid NOT NULL);`,
    good: `CREATE TABLE "users" ("id" uuid PRIMARY KEY);
CREATE TABLE "devices" ("id" uuid PRIMARY KEY, "user_id" uuid NOT NULL REFERENCES "users"("id"));`,
    guards: [
      'A column of a model: `schema/missing-relation`. A project with `relationMode = "prisma"`, which wants no foreign keys.',
      'A name that fits no table, or two of them; a table whose key has another type or several columns; a list of ids.',
      'Ids of other systems and of requests (`stripe_customer_id`, `external_id`, `session_id`), and `client_id` beside `client_secret`. A number or a uuid counts when other foreign keys use the same column name.',
      'Polymorphic pairs (`entity_type` and `entity_id`), and copies of outside things.',
      'Audit trails, logs, histories and events, which outlive what they name, unless a comment says `references users`.',
      'A comment on the column or the table that there is no foreign key (`no FK`, `soft reference`, `other database`).',
      'Tables of two Postgres schemas; a schema of events, audits or statistics; and a table with an `event_type` or `event_time`.',
      'What goes away, a column whose default no id can be, a key that the history dropped, two copies of outside things, caches and aggregates: all that keeps `schema/missing-relation` silent.',
      'A trigger that is about the column.',
    ],
  },

  subjects: scope => {
    const { schema } = scope;
    if (schema?.relationMode === 'prisma') return [];
    const own = new Set(ownColumns(scope));
    const tables = ownTables(scope).filter(table => !isJoinTable(table));
    return [...new Set(tables.map(table => table.schema))].flatMap(name => {
      const near = tables.filter(table => table.schema === name);
      const models = tablesAsModels(near, schema);
      return impliedKeys(models.schema).flatMap(implied => {
        const column = models.column(implied.field);
        const table = near.find(({ path }) => path === implied.target.path);
        if (!column || !table || !own.has(column) || isHappening(column.table)) return [];
        return [{ path: column.path, column, target: table, implied, tables: models.schema }];
      });
    });
  },
  check: ({ column, target, implied, tables }, scope) => {
    const { table, name } = column;
    if (table.foreignKeys.some(({ columns }) => columns.includes(name)) || isLookedAfter(column)) return undefined;
    if (isDecided(implied, tables, scope.migrations)) return undefined;
    return {
      span: column.span,
      message: `${code(column.path)} holds the key of ${code(target.path)} without a foreign key, so the database accepts any value and keeps the row when its ${code(target.path)} row is deleted.`,
      related: target.span ? [{ message: `${code(target.path)} is made here.`, span: target.span }] : undefined,
      fix: sqlFix(
        `Resolve orphans and add the foreign key from ${code(column.path)} to ${code(target.path)}`,
        'unsafe',
        addForeignKeyTo(target, table, name, scope.database),
      ),
    };
  },
});

function isHappening({ schema, columns }: Table): boolean {
  return mentions(schema, trails) || columns.some(({ name }) => mentions(name, happenings));
}

/** Whether a trigger of the table is about this column. */
function isLookedAfter({ table, name }: Column): boolean {
  return table.triggers.some(({ columns, definition }) => columns.includes(name) || definition.includes(`.${name} `));
}
