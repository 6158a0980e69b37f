import type { Catalog, Column } from '@migrate-lint/core';
import { quoteIdentifier } from '../database/database.ts';
import { qualified } from './names.ts';
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

/** The same for several columns of one table, which is then rewritten once. */
export function retypeAll(
  columns: readonly Column[],
  typeOf: (column: Column) => string,
  using: (name: string) => string,
): Step {
  const [first] = columns;
  const changes = columns.map(column => {
    const name = quoteIdentifier(column.name);
    return `ALTER COLUMN ${name} TYPE ${typeOf(column)} USING ${using(name)}`;
  });
  return { phase: 'change type', sql: first ? `ALTER TABLE ${qualified(first.table)} ${changes.join(', ')};` : '' };
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
