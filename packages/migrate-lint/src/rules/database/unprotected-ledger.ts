import { defineRule, isAuditTrail, mentions, phrases, words, type Table } from '@migrate-lint/core';
import * as z from 'zod';
import { sqlFix } from '../../edits.ts';
import { refuseChanges } from '../../edits/triggers.ts';
import { code } from '../places.ts';
import { ownTables } from '../scope.ts';
import { refuses } from '../trigger-words.ts';

const changes = ['update', 'delete', 'truncate'] as const;
type Change = (typeof changes)[number];

/** Rows with one of these are meant to be changed, or deleted when they are old. */
const mutable = phrases(
  'updated, modified, deleted, archived, expires, expired, expiry, expire, retention, ttl, processed, resolved, acknowledged',
  'reviewed, read, seen, attempts, retries, retry count, is current, superseded',
);
const states = phrases('status, state');
/** With these a state is what was found, and not that of the row. */
const of = ['from', 'to', 'old', 'new', 'previous', 'prev', 'next', 'before', 'after', 'http', 'response'];

export default defineRule({
  id: 'database/unprotected-ledger',
  level: 'medium',
  category: 'integrity',
  needs: ['database', 'code'],
  uses: ['comparison'],
  options: z.object({
    tables: z
      .array(z.string())
      .default([])
      .describe('Further tables to which rows are only added, as `table` or `schema.table`.'),
  }),
  docs: {
    summary: 'An audit log or ledger whose rows can be changed, deleted or truncated: no trigger or rule refuses it.',
    why: `A trail is worth what it is only while nobody can rewrite it: not a bug in the code, not a script, not whoever has the password of the
application. The code that only ever inserts is no protection. A trigger is; and one against UPDATE and DELETE of rows alone is passed by
TRUNCATE, which fires none of the row triggers and empties the table. By its name alone a log may also be one that is meant to be cleaned up,
so the level is medium.`,
    bad: `CREATE TABLE "ledger_entries" ("id" bigint PRIMARY KEY, "cents" bigint NOT NULL);
CREATE FUNCTION "refuse"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append only'; END $$;
CREATE TRIGGER "ledger_rows" BEFORE UPDATE OR DELETE ON "ledger_entries" FOR EACH ROW EXECUTE FUNCTION "refuse"();`,
    good: `CREATE TABLE "ledger_entries" ("id" bigint PRIMARY KEY, "cents" bigint NOT NULL);
CREATE FUNCTION "refuse"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append only'; END $$;
CREATE TRIGGER "ledger_rows" BEFORE UPDATE OR DELETE ON "ledger_entries" FOR EACH ROW EXECUTE FUNCTION "refuse"();
CREATE TRIGGER "ledger_all" BEFORE TRUNCATE ON "ledger_entries" FOR EACH STATEMENT EXECUTE FUNCTION "refuse"();`,
    guards: [
      'A table that something protects in part is judged whatever else is in it; the others only by these guards:',
      'columns that say that rows change or go (`updated_at`, `deleted_at`, `expires_at`, `status`, `resolved_at`), and old passwords;',
      'a foreign key that deletes the rows or sets them to NULL with their parent: the cascade is `schema/cascade-into-audit-trail`;',
      'row-level security, forced, without a policy for UPDATE and DELETE; privileges that let somebody insert and not change.',
    ],
  },

  subjects: (facts, { tables }) =>
    ownTables(facts).filter(
      table =>
        tables.includes(table.path) ||
        isAuditTrail(
          table.name,
          table.columns.map(({ name }) => name),
        ),
    ),
  check: (table, { database, code: read }, { tables }) => {
    const open = changes.filter(change => !table.triggers.some(trigger => refuses(trigger, change, read)));
    if (open.length === 0) return undefined;
    if (open.length === changes.length && !tables.includes(table.path) && isMeantToChange(table)) return undefined;
    const grants = database.grants.filter(grant => grant.on === 'table' && grant.path === table.path);
    if (isGuardedByPolicy(table) || grants.some(({ privileges }) => isInsertOnly(privileges))) return undefined;
    const only = open.length === changes.length ? '' : ', although the rest is refused';
    return {
      span: table.span,
      message: `${code(table.path)} is a trail to which rows are only added, and ${list(open)} of it ${open.length > 1 ? 'pass' : 'passes'}${only}.`,
      fix: sqlFix(`Refuse ${list(open)} of ${code(table.path)}`, 'unsafe', refuseChanges(table, open)),
    };
  },
});

function isMeantToChange({ name: table, columns, foreignKeys }: Table): boolean {
  return (
    // The last few are kept.
    mentions(table, ['password']) ||
    columns.some(
      ({ name }) => mentions(name, mutable) || (mentions(name, states) && !of.includes(words(name)[0] ?? '')),
    ) ||
    foreignKeys.some(({ onDelete }) => onDelete === 'Cascade' || onDelete === 'SetNull' || onDelete === 'SetDefault')
  );
}

function isGuardedByPolicy({ rowSecurity, forceRowSecurity, policies }: Table): boolean {
  const commands = policies.filter(({ permissive }) => permissive).map(({ command }) => command);
  return rowSecurity && forceRowSecurity && !commands.some(command => command !== 'SELECT' && command !== 'INSERT');
}

function isInsertOnly(privileges: readonly string[]): boolean {
  return (
    privileges.includes('INSERT') && !privileges.some(one => one === 'UPDATE' || one === 'DELETE' || one === 'TRUNCATE')
  );
}

function list(open: readonly Change[]): string {
  return open
    .map(change => change.toUpperCase())
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ');
}
