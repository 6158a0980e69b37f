import type {
  ColumnChange,
  DropTable,
  Migrations,
  PastConstraint,
  PastObject,
  PastTable,
  Statement,
} from '@migrate-lint/core';
import { certainReaders } from './certain-dependents.ts';

/** What Postgres may refuse for the sake of something else. */
export type Change = ColumnChange | DropTable;

/** The things for which Postgres refuses the change, without CASCADE: each was tried. */
export function hindrances(operation: Change, statement: Statement, migrations: Migrations): readonly PastObject[] {
  const { table, dependents } = operation;
  const isDrop = operation.kind === 'drop table';
  const changed = isDrop
    ? { kind: 'table' as const, id: table.id }
    : { kind: 'column' as const, id: operation.column.id };
  const readers = certainReaders(changed, dependents, statement, migrations);
  return dependents.filter(thing =>
    // A table takes its own policies along.
    readers.includes(thing) ? !(isDrop && isOwnPolicy(thing, table)) : stands(thing, operation, statement),
  );
}

/** Whether it is a policy of the table. */
export function isOwnPolicy(thing: PastObject, { policies }: PastTable): boolean {
  return thing.kind === 'policy' && policies.some(({ id }) => id === thing.id);
}

/** Whether Postgres refuses the change for this thing, which is no view and no policy. */
function stands(thing: PastObject, operation: Change, statement: Statement): boolean {
  if (operation.kind === 'drop table') return isForeignKey(thing) && !goesToo(thing, statement);
  if (thing.kind === 'trigger') return true;
  if (thing.kind === 'column') return thing.id !== operation.column.id && !isDropped(thing.id, statement);
  return (
    operation.kind === 'drop column' && isForeignKey(thing) && pointsAt(thing, operation) && !goesToo(thing, statement)
  );
}

/** Whether the key holds the column on its far side; with its own columns it goes along. */
function pointsAt({ table, columns, referencedColumns }: PastConstraint, operation: ColumnChange): boolean {
  if (table !== operation.table.path) return true;
  return !columns.includes(operation.column.name) && referencedColumns.includes(operation.column.name);
}

function isForeignKey(thing: PastObject): thing is PastConstraint {
  return thing.kind === 'constraint' && 'type' in thing && thing.type === 'foreign';
}

/** Whether the statement drops the key itself, or the table that has it. */
function goesToo(key: PastConstraint, { operations }: Statement): boolean {
  return operations.some(
    operation =>
      (operation.kind === 'drop table' && operation.table.path === key.table) ||
      (operation.kind === 'drop constraint' && operation.constraint?.id === key.id) ||
      (operation.kind === 'drop column' &&
        operation.table.path === key.table &&
        key.columns.includes(operation.column.name)),
  );
}

function isDropped(column: number, { operations }: Statement): boolean {
  return operations.some(operation => operation.kind === 'drop column' && operation.column.id === column);
}
