import { defineRule, type Fix, type Routine, type Trigger } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { changeTrigger, enableTrigger, rewriteBody } from '../../edits/triggers.ts';
import { code } from '../places.ts';
import { raisesAlways, routineOf, shown } from '../trigger-words.ts';

interface Defect {
  /** The second half of a sentence on the trigger. */
  readonly words: string;
  readonly fix: Fix;
}

export default defineRule({
  id: 'database/broken-trigger',
  level: 'high',
  category: 'integrity',
  needs: ['database', 'code'],
  docs: {
    summary:
      'A trigger does not do what it was made for: it is switched off, has no rows to look at, or undoes the statement.',
    why: `None of these is an error to Postgres when the trigger is made. A trigger without FOR EACH ROW runs once a statement, and in it \`NEW\` and
\`OLD\` are NULL: a guard on \`NEW.amount\` lets everything pass. What an AFTER trigger writes to \`NEW\` is lost. A BEFORE DELETE trigger that
returns \`NEW\` returns NULL, and the row is not deleted, without an error; so does \`RETURN OLD\` with an INSERT. A function that ends without
RETURN fails the statement. And a trigger that a migration disabled for a backfill and never enabled again guards nothing. Each was run on
Postgres 18.`,
    bad: `CREATE TABLE "payments" ("id" int PRIMARY KEY, "cents" int NOT NULL);
CREATE FUNCTION "refuse_negative"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."cents" < 0 THEN RAISE EXCEPTION 'negative payment'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payments_positive" BEFORE INSERT OR UPDATE ON "payments" EXECUTE FUNCTION "refuse_negative"();`,
    good: `CREATE TABLE "payments" ("id" int PRIMARY KEY, "cents" int NOT NULL);
CREATE FUNCTION "refuse_negative"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."cents" < 0 THEN RAISE EXCEPTION 'negative payment'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payments_positive" BEFORE INSERT OR UPDATE ON "payments" FOR EACH ROW EXECUTE FUNCTION "refuse_negative"();`,
    guards: [
      'A statement trigger that reads a transition table, only returns `NEW`, asks for `TG_LEVEL`, or is for TRUNCATE alone.',
      'An AFTER trigger whose function uses the changed `NEW` itself, or is a BEFORE trigger of the same table too.',
      'A function that raises for every row needs no RETURN; RETURN NULL before a row is meant to skip it.',
      'What the body of the function names and the database lacks: `database/broken-function`.',
    ],
  },

  subjects: ({ database }) => database.triggers,
  check: (trigger, { code: read }) => {
    const routine = routineOf(trigger, read);
    const events = trigger.events.map(event => event.toUpperCase()).join(' and ');
    const disabled: Defect = {
      words: `is disabled, so every ${events} passes without it`,
      fix: sqlFix('Enable it', 'unsafe', [enableTrigger(trigger)]),
    };
    const defect = trigger.enabled ? routine && defectOf(trigger, routine) : disabled;
    if (!defect) return undefined;
    const { kind, name, table, span } = trigger;
    return { span, message: `The ${kind} ${code(name)} of ${code(table.path)} ${defect.words}.`, fix: defect.fix };
  },
});

function defectOf(trigger: Trigger, routine: Routine): Defect | undefined {
  const { perRow, timing, events } = trigger;
  const { returns, words, fields, faults } = routine;
  if (faults.length > 0 || routine.function.language !== 'plpgsql') return undefined;
  const refuses = raisesAlways(routine);
  const rewritten = (what: RegExp, by: string): Fix =>
    sqlFix('Let the function return the row', 'unsafe', [rewriteBody(routine.function, what, by)]);
  if (returns.length === 0 && !refuses) {
    const row = timing === 'before' && perRow ? 'coalesce(NEW, OLD)' : 'NULL';
    return {
      words: `calls ${code(`${routine.function.path}()`)}, which ends without RETURN, so the statement fails`,
      fix: rewritten(/\bend\b\s*;?\s*$/i, `  RETURN ${row};\nEND;`),
    };
  }
  const [field] = fields;
  if (!perRow) {
    const expected =
      events.join() === 'truncate' || words.has('tg_level') || trigger.definition.includes(' REFERENCING ');
    return field === undefined || expected ? undefined : rowless(trigger, field);
  }
  const only = new Set(returns).size === 1 ? (returns[0] ?? '') : '';
  const skipped = { new: 'delete', old: 'insert' }[only];
  if (timing === 'before' && events.some(event => event === skipped) && !refuses) {
    const silently =
      skipped === 'insert'
        ? 'returns `OLD`, which is NULL in an INSERT, so Postgres leaves the row out without an error'
        : 'returns `NEW`, which is NULL in a DELETE, so Postgres leaves the row where it is without an error';
    return {
      words: silently,
      fix: rewritten(new RegExp(String.raw`\breturn\s+${only}\b`, 'gi'), 'RETURN coalesce(NEW, OLD)'),
    };
  }
  const before = trigger.table.triggers.some(other => other.function === trigger.function && other.timing === 'before');
  return timing === 'after' && !before ? tooLate(trigger, routine, only) : undefined;
}

function rowless(trigger: Trigger, field: string): Defect {
  return {
    words: `runs once a statement, where ${code(shown(field))} is NULL, so it never sees a row`,
    fix: trigger.events.includes('truncate')
      ? { title: 'Take the rows from a transition table', safety: 'unsafe' }
      : sqlFix('Run it for each row', 'unsafe', [changeTrigger(trigger, { perRow: true })]),
  };
}

function tooLate(trigger: Trigger, { assigned, words }: Routine, returned: string): Defect | undefined {
  const target = assigned.find(([row, column]) => row === 'new' && column !== undefined);
  const used = ['insert', 'update', 'delete', 'perform', 'execute', 'call', 'select'].some(word => words.has(word));
  if (!target || used) return undefined;
  const canMove = returned === 'new' && !trigger.definition.startsWith('CREATE CONSTRAINT');
  return {
    words: `runs after the row is written, so ${code(shown(target.join('.')))} keeps its old value`,
    fix: canMove
      ? sqlFix('Run it before the row is written', 'unsafe', [changeTrigger(trigger, { timing: 'BEFORE' })])
      : { title: 'Make it a BEFORE trigger that returns NEW', safety: 'unsafe' },
  };
}
