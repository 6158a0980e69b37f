import { defineRule, type Problem, type Statement, type TableChange } from '@migrate-lint/core';
import { operationsOf, type OperationSubject } from '../operations.ts';
import { code } from '../places.ts';
import { after, type Done } from '../same-migration.ts';
import { isInUse } from '../tables-in-use.ts';

export default defineRule({
  id: 'migration/disabled-trigger',
  level: 'medium',
  category: 'integrity',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A trigger is switched off on a table in use while clients write to it.',
    why: `\`DISABLE TRIGGER\` is for everybody and not for the migration alone: each row that a client writes until \`ENABLE TRIGGER\` goes by without the
check, the audit record or the derived column that the trigger stands for, and nothing makes up for it afterwards. \`DISABLE TRIGGER ALL\`
switches off foreign keys too: rows that are written meanwhile, by the migration itself as well, are never checked. In one transaction with the ENABLE nobody notices, because the lock of DISABLE keeps writers out until both
are done. \`SET session_replication_role = replica\` switches triggers off for this session only. Making or dropping a trigger locks the table for a
moment, which is no finding. Somebody may have meant it, so the level is medium, and high where foreign keys are off and stay off.`,
    bad: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" integer);
CREATE FUNCTION "audit"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER "orders_audit" AFTER UPDATE ON "orders" FOR EACH ROW EXECUTE FUNCTION "audit"();
-- 2_totals/migration.sql
ALTER TABLE "orders" DISABLE TRIGGER "orders_audit";
UPDATE "orders" SET "total" = 0 WHERE "total" IS NULL;`,
    good: `-- 1_init/migration.sql
CREATE TABLE "orders" ("id" integer PRIMARY KEY, "total" integer);
CREATE FUNCTION "audit"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER "orders_audit" AFTER UPDATE ON "orders" FOR EACH ROW EXECUTE FUNCTION "audit"();
-- 2_totals/migration.sql
BEGIN;
ALTER TABLE "orders" DISABLE TRIGGER "orders_audit";
UPDATE "orders" SET "total" = 0 WHERE "total" IS NULL;
ALTER TABLE "orders" ENABLE TRIGGER "orders_audit";
COMMIT;`,
    guards: [
      'ENABLE TRIGGER in the same transaction, or the trigger is dropped in it.',
      'CREATE TRIGGER and DROP TRIGGER: their lock is a matter of a moment.',
      'Tables that the same migration makes, and temporary ones.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['disable trigger']),
  check: (subject, { postgresMigrations: migrations }) => {
    const { operation, statement } = subject;
    const { table, span, conditional } = operation;
    if (conditional || !isInUse(subject, migrations)) return undefined;
    const end = endOf(subject);
    if (end?.statement.transaction === statement.transaction) return unchecked(subject, end);
    const names = namesOf(operation);
    return {
      span,
      message: end
        ? `This switches off ${names} of ${code(table.path)} for everybody until another transaction switches it on again, and what clients write meanwhile goes by without it.`
        : `This switches off ${names} of ${code(table.path)} for everybody and nothing in the migration switches it on again, so what clients write goes by without it.`,
      related: end ? [{ message: 'Switched on again.', span: end.operation.span }] : undefined,
      fix: { title: 'Put DISABLE, the work and ENABLE between BEGIN and COMMIT', safety: 'unsafe' },
      level: !end && isAll(operation, statement) ? 'high' : undefined,
    };
  },
});

/** What is written while foreign keys are off, be it by the migration itself, nobody looks at again. */
function unchecked({ operation, statement }: OperationSubject<'disable trigger'>, end: Done): Problem | undefined {
  const { table, span } = operation;
  if (!isAll(operation, statement) || !(table.open || table.constraints.some(({ type }) => type === 'foreign')))
    return undefined;
  const rest = after(operation, statement);
  const write = rest
    .slice(0, rest.indexOf(end))
    .find(
      ({ operation: other }) =>
        writes.has(other.kind) && 'tables' in other && other.tables.some(({ id }) => id === table.id),
    );
  if (!write) return undefined;
  return {
    span: write.operation.span,
    message: `This writes to ${code(table.path)} while DISABLE TRIGGER ALL has switched off its foreign keys, and nothing checks these rows afterwards.`,
    related: [{ message: 'Switched off here.', span }],
    fix: { title: 'Say DISABLE TRIGGER USER, which leaves the foreign keys on', safety: 'unsafe' },
  };
}

const writes: ReadonlySet<string> = new Set(['insert', 'update', 'merge', 'copy']);

/** What puts an end to it in the same migration. */
function endOf({ operation, statement }: OperationSubject<'disable trigger'>): Done | undefined {
  return after(operation, statement).find(({ operation: other }) => {
    if (other.kind === 'enable trigger')
      return other.table.id === operation.table.id && (other.name === operation.name || isEvery(other));
    if (other.kind === 'drop table') return other.table.id === operation.table.id;
    return other.kind === 'drop object' && other.type === 'trigger' && other.object?.name === operation.name;
  });
}

/** ALL and USER name no trigger. */
function isEvery({ name }: TableChange): boolean {
  return name === undefined;
}

/** Other than USER, ALL is about the triggers of foreign keys too. */
function isAll({ span, name }: TableChange, { migration }: Statement): boolean {
  return name === undefined && /\bTRIGGER\s+ALL\s*$/i.test(migration.text.slice(span.start, span.end));
}

function namesOf(operation: TableChange): string {
  return isEvery(operation) ? 'every trigger' : `the trigger ${code(operation.name ?? '')}`;
}
