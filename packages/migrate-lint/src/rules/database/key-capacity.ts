import {
  defineRule,
  fieldOf,
  mentions,
  phrases,
  type Catalog,
  type Column,
  type Fix,
  type Sequence,
} from '@migrate-lint/core';
import * as z from 'zod';
import { sqlFix } from '../../edits.ts';
import { qualified } from '../../edits/names.ts';
import { canRetype, retype } from '../../edits/retype.ts';
import { code } from '../places.ts';
import { ownTables, type Scope } from '../scope.ts';

/** Rows that are made by machines or by every step of every user. */
const growing = phrases(
  'event, log, audit, message, notification, activity, history, view, click, visit, hit, impression, reaction, like, vote',
  'metric, measurement, reading, sample, tick, candle, trace, span, request, call, execution, heartbeat, ping, delivery',
  'snapshot, transaction, entry, movement, posting, outbox, queue, job, answer, response, position, telemetry, statistic',
  'embedding, chunk, crawl, usage',
);
/** They are made by hand: `event_types`, `log_settings`. */
const small = phrases(
  'type, kind, setting, config, configuration, template, category, rule, level, status, plan, provider, channel',
);

export default defineRule({
  id: 'database/key-capacity',
  level: 'low',
  category: 'lifecycle',
  needs: ['database'],
  uses: ['schema', 'comparison'],
  options: z.object({
    tables: z
      .enum(['growing', 'all'])
      .default('growing')
      .describe(
        '`growing` judges `integer` keys of tables that get a row for each event by their name, `all` every one.',
      ),
  }),
  docs: {
    summary:
      'A numbered key ends at 2,147,483,647: by its type, or by that of its sequence although the column is wider.',
    why: `When an \`integer\` key has given out its last number every INSERT fails, and to make it wider then means to rewrite the table, and what refers to
it, while nothing works. A \`serial\` that became a \`bigint\` later keeps its \`integer\` sequence, which ends at the same number: ALTER COLUMN
leaves it as it was, and neither the schema nor Prisma’s diff shows it. Most tables never get there, so the level is low.`,
    bad: `CREATE TABLE "clicks" ("id" serial PRIMARY KEY);
ALTER TABLE "clicks" ALTER COLUMN "id" TYPE bigint;`,
    good: `CREATE TABLE "clicks" ("id" bigserial PRIMARY KEY);`,
    guards: [
      'An `integer` key of a model: `schema/integer-key-capacity`. A sequence that is narrower than its column is told all the same.',
      'An `integer` key of a table that people fill by hand (`users`, `countries`, `event_types`).',
      'A key that is no number of a sequence, and one of several columns.',
      'A sequence that starts again (CYCLE), or whose own MAXVALUE ends sooner.',
    ],
  },

  subjects: scope =>
    ownTables(scope).flatMap(table => {
      const [name, ...more] = table.primaryKey?.columns ?? [];
      const column = table.column(name ?? '');
      const sequence = column && more.length === 0 ? sequenceOf(column, scope.database) : undefined;
      return column && sequence ? [{ path: column.path, column, sequence }] : [];
    }),
  check: ({ column, sequence }, scope, { tables }) => {
    const { path, type, span } = column;
    const said = fieldOf(scope.schema, column) !== undefined;
    if (/MAXVALUE|CYCLE/.test(sequence.options)) return undefined;
    const last = lastOf(sequence.type);
    if (last === undefined) return undefined;
    if (type !== sequence.type)
      return {
        span: sequence.span ?? span,
        message: `${code(path)} is ${code(type)}, but its sequence ${code(sequence.path)} is still ${code(sequence.type)} and gives out no number above ${last}.`,
        fix: sqlFix(`Make the sequence ${code(sequence.path)} ${code(type)} too`, 'safe', [
          { phase: 'protect', sql: `ALTER SEQUENCE ${qualified(sequence)} AS ${type};` },
        ]),
      };
    if (said || (type === 'integer' && tables === 'growing' && !grows(column.table.name))) return undefined;
    return {
      span,
      message: `${code(path)} is a numbered ${code(type)} key, so the INSERT after row number ${last} fails.`,
      fix: widen(column, sequence, scope),
    };
  },
});

function grows(name: string): boolean {
  return mentions(name, growing) && !mentions(name, small);
}

function sequenceOf({ path }: Column, { sequences }: Catalog): Sequence | undefined {
  return sequences.find(({ ownedBy }) => ownedBy === path);
}

function lastOf(type: string): string | undefined {
  return { smallint: '32,767', integer: '2,147,483,647' }[type];
}

function widen(column: Column, sequence: Sequence, { database }: Scope): Fix {
  const title = `Make ${code(column.path)} and what refers to it ${code('bigint')}`;
  const referring = database.foreignKeys
    .filter(key => key.referencedTable === column.table.path)
    .flatMap(key => key.columns.flatMap(name => key.table.column(name) ?? []));
  const columns = [column, ...referring];
  if (!columns.every(one => canRetype(one, database)))
    return { title: `${title}, with what reads them out of the way`, safety: 'unsafe' };
  const changes = columns.map(one => retype(one, 'bigint'));
  // The sequence of an identity column goes with its column.
  const sequences =
    column.identity === null
      ? [{ phase: 'protect' as const, sql: `ALTER SEQUENCE ${qualified(sequence)} AS bigint;` }]
      : [];
  // No value is lost, but the tables are rewritten while nobody can use them.
  return sqlFix(title, 'unsafe', [...changes, ...sequences]);
}
