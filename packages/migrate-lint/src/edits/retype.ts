import type { Catalog, Column, Table } from '@migrate-lint/core';
import { quoteIdentifier } from '../database/database.ts';
import { qualified, quotedList } from './names.ts';
import type { Step } from './step.ts';

/** Gives a column another type, with a USING expression where Postgres would not convert as it should. */
export function retype(column: Column, type: string, using?: (column: string) => string): Step {
  const name = quoteIdentifier(column.name);
  const conversion = using ? ` USING ${using(name)}` : '';
  return {
    phase: 'change type',
    sql: `ALTER TABLE ${qualified(column.table)} ALTER COLUMN ${name} TYPE ${type}${conversion};`,
  };
}

/** Whether Postgres lets the type of a column change: nothing that reads it may stand in the way. */
export function canRetype({ table, name, generated }: Column, { views }: Catalog): boolean {
  return (
    table.kind === 'table' &&
    generated === null &&
    !views.some(({ reads }) => reads.includes(table.path)) &&
    !table.columns.some(column => column.generated?.includes(name)) &&
    !table.policies.some(({ using, withCheck }) => `${using ?? ''} ${withCheck ?? ''}`.includes(name)) &&
    !table.triggers.some(
      ({ columns, definition }) => columns.includes(name) || definition.split(' WHEN ')[1]?.includes(name),
    )
  );
}

/** `CREATE INDEX` of a btree on plain columns. */
export function createPlainIndex(table: Table, columns: readonly string[]): Step {
  const taken = table.indexes.map(({ name }) => name);
  const name = freeName([table.name, ...columns].join('_'), '_idx', taken);
  return {
    phase: 'create index',
    sql: `CREATE INDEX ${quoteIdentifier(name)} ON ${qualified(table)}(${quotedList(columns)});`,
  };
}

/** A name that Postgres neither cuts, at 63 bytes, nor has already. */
export function freeName(base: string, ending: string, taken: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const last = count === 1 ? ending : `${String(count)}${ending}`;
    const name = `${cut(base, 63 - last.length)}${last}`;
    if (!taken.includes(name)) return name;
  }
}

function cut(text: string, bytes: number): string {
  let end = text.length;
  while (Buffer.byteLength(text.slice(0, end)) > bytes) end -= 1;
  return text.slice(0, end);
}
