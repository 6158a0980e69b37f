import { defineRule, type Routine, type Trigger } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { changeTrigger } from '../../edits/triggers.ts';
import { code } from '../places.ts';
import { isGuarded, routineOf } from '../trigger-words.ts';

export default defineRule({
  id: 'database/bypassable-trigger',
  level: 'medium',
  category: 'integrity',
  needs: ['database', 'code'],
  docs: {
    summary: 'A trigger refuses an UPDATE by what the new row holds, and an INSERT of the same row passes.',
    why: `A guard such as “no \`PROCESSED\` without a valid signature” that runs BEFORE UPDATE only is passed by a row that is inserted as
\`PROCESSED\`: by a seed, an import, a script, or the next version of the code. The guard looks at the new row alone, so it can look at
an inserted row as well. Some projects let only trusted code insert, so the level is medium. Where the condition names columns of the row and
nothing else, a CHECK says it for both.`,
    bad: `CREATE TABLE "events" ("id" int PRIMARY KEY, "status" text NOT NULL, "valid" boolean NOT NULL);
CREATE FUNCTION "refuse"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'invalid signature'; END $$;
CREATE TRIGGER "events_signed" BEFORE UPDATE ON "events" FOR EACH ROW
  WHEN (NEW."status" = 'PROCESSED' AND NOT NEW."valid") EXECUTE FUNCTION "refuse"();`,
    good: `CREATE TABLE "events" ("id" int PRIMARY KEY, "status" text NOT NULL, "valid" boolean NOT NULL);
CREATE FUNCTION "refuse"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'invalid signature'; END $$;
CREATE TRIGGER "events_signed" BEFORE INSERT OR UPDATE ON "events" FOR EACH ROW
  WHEN (NEW."status" = 'PROCESSED' AND NOT NEW."valid") EXECUTE FUNCTION "refuse"();`,
    guards: [
      'A guard that compares with the old row (a transition, an unchangeable column) or asks for `TG_OP`: an INSERT has none.',
      'A trigger that refuses every UPDATE.',
      'Another trigger of the same function, or one that raises by the same columns, that runs with INSERT.',
      'A CHECK that names all columns of the condition.',
      'A body that looks other rows up by the new row’s key: nothing refers to a row that is not there yet.',
    ],
  },

  subjects: ({ database, code: read }) =>
    database.triggers.filter(
      trigger =>
        trigger.kind === 'trigger' &&
        trigger.enabled &&
        trigger.perRow &&
        trigger.events.includes('update') &&
        routineOf(trigger, read)?.raises === true,
    ),
  check: (trigger, { code: read }) => {
    const { table, events, name } = trigger;
    const routine = routineOf(trigger, read);
    const columns = routine && conditionOf(trigger, routine);
    if (!columns || events.includes('insert')) return undefined;
    if (table.primaryKey?.columns.some(column => columns.includes(column)) === true) return undefined;
    const others = table.triggers.filter(other => other.enabled && other.events.includes('insert'));
    const guarded = others.some(other => other.function === trigger.function) || isGuarded(columns, others, read);
    const checked = table.checks.some(check =>
      columns.every(column => read.expression(check.definition).columns.includes(column)),
    );
    if (guarded || checked) return undefined;
    return {
      span: trigger.span,
      message: `${code(name)} refuses an UPDATE of ${code(table.path)} by the new ${code(columns)}, and an INSERT of the same row passes.`,
      fix: sqlFix(`Let ${code(name)} look at inserted rows too`, 'unsafe', [
        changeTrigger(trigger, { event: 'INSERT' }),
      ]),
    };
  },
});

/** The columns of the new row by which it refuses; undefined where it looks at something else too, or refuses every row. */
function conditionOf({ definition }: Trigger, { words, fields }: Routine): readonly string[] | undefined {
  const when = / WHEN \((.*)\) EXECUTE /s.exec(definition)?.[1] ?? '';
  if (words.has('old') || words.has('tg_op') || /\bold\./i.test(when)) return undefined;
  if (when === '' && !words.has('if') && !words.has('case')) return undefined;
  const ofWhen = [...when.matchAll(/\bnew\.("(?:[^"]|"")*"|\w+)/gi)].map(([, name = '']) => name.replace(/^"|"$/g, ''));
  const ofBody = [...fields].map(field => field.slice('new.'.length));
  const columns = [...new Set([...ofWhen, ...ofBody])];
  return columns.length > 0 ? columns : undefined;
}
