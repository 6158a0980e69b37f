import {
  defineRule,
  type Catalog,
  type Fault,
  type Fix,
  type Migrations,
  type Related,
  type Routine,
} from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { faultWords, isPromised } from '../fault-words.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'database/broken-function',
  level: 'high',
  category: 'integrity',
  needs: ['database', 'code'],
  uses: ['schema', 'migrations'],
  docs: {
    summary:
      'A function names a table, column, function, type or enum value that is not in the database, so it fails when it runs.',
    why: `Postgres looks at the body of a PL/pgSQL function when a statement of it runs, and not when what it names is renamed or dropped. The
migration passes and the first call fails; where a trigger calls the function, no row can be written any more. The usual cause is a column of
Prisma's without its quotes: \`NEW.updatedAt\` means \`updatedat\`. Here Postgres itself is asked, statement by statement, about the database at
the end of the history, with the types of the variables and of the rows that the triggers hand over; nothing is run. Calls fail, and no data is
lost, so the level is high.`,
    bad: `CREATE TABLE "orders" ("id" int PRIMARY KEY, "updatedAt" timestamptz);
CREATE FUNCTION "touch"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updatedAt := now();
  RETURN NEW;
END $$;
CREATE TRIGGER "orders_touch" BEFORE UPDATE ON "orders" FOR EACH ROW EXECUTE FUNCTION "touch"();`,
    good: `CREATE TABLE "orders" ("id" int PRIMARY KEY, "updatedAt" timestamptz);
CREATE FUNCTION "touch"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."updatedAt" := now();
  RETURN NEW;
END $$;
CREATE TRIGGER "orders_touch" BEFORE UPDATE ON "orders" FOR EACH ROW EXECUTE FUNCTION "touch"();`,
    guards: [
      'What EXECUTE runs is not read; a function with it counts as verified for nobody.',
      'Tables that a body makes for itself, and the rows that a statement trigger hands over.',
      'A handler for `undefined_table` and the like, and a look into `information_schema` or `to_regclass` before.',
      'Fields of a RECORD, parameters of any type, and what only follows from their types.',
      'A function that serves several tables and asks `TG_TABLE_NAME` which one it is.',
      'Schemas that no migration makes, and functions of extensions that platforms put into every database.',
      'What the schema promises and the database lacks: the rules of `drift/` say that.',
    ],
  },

  subjects: ({ code: { routines } }) =>
    routines.filter(({ dynamic, unread, faults }) => (!dynamic && !unread) || faults.length > 0),
  check: (routine, { database, schema, migrations }) => {
    const faults = routine.faults.filter(fault => !isPromised(fault, schema));
    const [first] = faults;
    if (!first) return undefined;
    const more = faults.length > 1 ? ` (and ${String(faults.length - 1)} more like it)` : '';
    return {
      span: first.span ?? routine.function.span,
      message: `${code(`${routine.function.path}()`)} ${faultWords(first)}${more}, so ${consequence(routine, first, database)}.`,
      related: [
        ...faults
          .slice(1)
          .flatMap(other => (other.span ? [{ span: other.span, message: `it also ${faultWords(other)}` }] : [])),
        ...gone(first, migrations),
      ],
      fix: fixOf(routine),
    };
  },
});

function consequence({ function: { path } }: Routine, { of, kind }: Fault, { triggers }: Catalog): string {
  const fired = triggers.filter(trigger => trigger.function === path && trigger.enabled);
  if (fired.length === 0) return 'a call that comes to it fails';
  const ofTable = kind === 'column' ? fired.filter(({ table }) => table.path === of) : [];
  const failing = ofTable.length > 0 ? ofTable : fired;
  const tables = [...new Set(failing.map(({ table }) => table.path))];
  const written = tables.length > 3 ? `${String(tables.length)} tables` : code(tables);
  const events = [...new Set(failing.flatMap(trigger => trigger.events))].map(event => event.toUpperCase());
  return `the ${events.join(' or ')} of ${written} that fires it fails`;
}

function gone({ kind, name, of }: Fault, migrations: Migrations | undefined): readonly Related[] {
  if (kind !== 'table' && kind !== 'function' && (kind !== 'column' || of === null)) return [];
  const touch = migrations?.lastTouch(kind, kind === 'column' ? `${of ?? ''}.${name}` : name);
  if (touch?.action !== 'dropped') return [];
  return [{ span: touch.span, message: `dropped by ${touch.statement.migration.name}` }];
}

function fixOf({ corrected, function: { path } }: Routine): Fix {
  if (corrected === undefined) return { title: `Make ${code(path)} name what is there, or drop it`, safety: 'unsafe' };
  return sqlFix(`Correct the names in ${code(path)}`, 'unsafe', [
    { phase: 'restore function', sql: `${corrected.trim()};` },
  ]);
}
