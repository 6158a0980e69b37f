import { quoteIdentifier, type CheckConstraint, type Table } from '@migrate-lint/core';
import { qualified } from './names.ts';
import { comment, type Step } from './step.ts';

/** Adds a CHECK that rows of today may break: new ones are held to it at once, the old ones by a step of its own. */
export function addCheck(table: Table, name: string, condition: string): readonly Step[] {
  const constraint = quoteIdentifier(nameWithin(name, table));
  return [
    {
      phase: 'protect',
      sql: `ALTER TABLE ${qualified(table)} ADD CONSTRAINT ${constraint} CHECK (${condition}) NOT VALID;`,
    },
    {
      phase: 'validate',
      sql: `${comment(`Fails while this finds rows: SELECT * FROM ${qualified(table)} WHERE NOT (${condition})`)}
ALTER TABLE ${qualified(table)} VALIDATE CONSTRAINT ${constraint};`,
    },
  ];
}

export function dropCheck({ name, table }: CheckConstraint): Step {
  return { phase: 'protect', sql: `ALTER TABLE ${qualified(table)} DROP CONSTRAINT ${quoteIdentifier(name)};` };
}

/** A name that no constraint of the table has and that Postgres, which keeps 63 bytes, does not cut. */
function nameWithin(name: string, table: Table): string {
  const taken = new Set(
    [...table.checks, ...table.foreignKeys, ...table.exclusions, ...table.indexes].map(one => one.name),
  );
  let short = name;
  while (Buffer.byteLength(short) > 55) short = short.slice(0, -1);
  let free = short === name ? name : `${short}_check`;
  for (let number = 2; taken.has(free); number += 1) free = `${short}_${String(number)}`;
  return free;
}
