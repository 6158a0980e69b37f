import { quoteIdentifier, type DatabaseFunction, type Table, type Trigger } from '@migrate-lint/core';
import { qualified } from './names.ts';
import type { Step } from './step.ts';

/** `CREATE TRIGGER name ` as Postgres writes it, whatever the name is. */
const head = /^CREATE (?:CONSTRAINT )?TRIGGER (?:"(?:[^"]|"")*"|[^\s"]+) /;

/** What can be changed at a trigger. */
export interface TriggerChange {
  readonly timing?: 'BEFORE' | 'AFTER';
  /** An event more, such as `INSERT`. */
  readonly event?: string;
  readonly perRow?: boolean;
}

/** Makes a trigger again with a change. */
export function changeTrigger(trigger: Trigger, { timing, event, perRow }: TriggerChange): Step {
  const start = head.exec(trigger.definition)?.[0] ?? '';
  let rest = trigger.definition.slice(start.length);
  if (timing !== undefined) rest = rest.replace(/^(?:BEFORE|AFTER|INSTEAD OF)/, timing);
  if (event !== undefined) rest = rest.replace(/^(BEFORE|AFTER|INSTEAD OF) /, `$1 ${event} OR `);
  if (perRow === true) rest = rest.replace('FOR EACH STATEMENT', 'FOR EACH ROW');
  return {
    phase: 'protect',
    sql: `DROP TRIGGER ${quoteIdentifier(trigger.name)} ON ${qualified(trigger.table)};\n${start}${rest};`,
  };
}

export function enableTrigger({ kind, name, table }: Trigger): Step {
  const sql = `ALTER TABLE ${qualified(table)} ENABLE ${kind === 'rule' ? 'RULE' : 'TRIGGER'} ${quoteIdentifier(name)};`;
  return { phase: 'protect', sql };
}

/** Makes a function again with something else in place of a part of its body. */
export function rewriteBody({ definition, body }: DatabaseFunction, what: RegExp, by: string): Step {
  const at = definition.lastIndexOf(body);
  const sql = definition.slice(0, at) + body.replace(what, () => by) + definition.slice(at + body.length);
  return { phase: 'restore function', sql: `${sql.trim()};` };
}

type Change = Exclude<Trigger['events'][number], 'insert'>;

/** Refuses these changes of a table, for whoever makes them. */
export function refuseChanges(table: Table, events: readonly Change[]): readonly Step[] {
  const name = `${cut(table.name)}_append_only`;
  const call = `EXECUTE FUNCTION ${qualified({ schema: table.schema, name })}();`;
  // TRUNCATE has no rows; by the rows, an UPDATE or DELETE that finds none passes, as that of a foreign key's action.
  const ofRows = events.filter(event => event !== 'truncate').map(event => event.toUpperCase());
  const trigger = (suffix: string, what: string, each: string): Step => ({
    phase: 'protect',
    sql: `CREATE TRIGGER ${quoteIdentifier(`${name}${suffix}`)} BEFORE ${what} ON ${qualified(table)} FOR EACH ${each} ${call}`,
  });
  return [
    {
      phase: 'restore function',
      sql: `CREATE FUNCTION ${qualified({ schema: table.schema, name })}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are only added: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;`,
    },
    ...(ofRows.length > 0 ? [trigger('', ofRows.join(' OR '), 'ROW')] : []),
    ...(events.includes('truncate') ? [trigger('_truncate', 'TRUNCATE', 'STATEMENT')] : []),
  ];
}

/** Short enough that Postgres, which keeps 63 bytes, does not cut what is added to it. */
function cut(name: string): string {
  let short = name;
  while (Buffer.byteLength(short) > 40) short = short.slice(0, -1);
  return short;
}
