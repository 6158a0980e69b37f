import type { Operation, PastObject, Statement } from '@migrate-lint/core';
import { after } from './same-migration.ts';

/** Whether the migration makes a thing of this name and kind again after an operation has taken it. */
export function isMadeAgain(thing: PastObject, operation: Operation, statement: Statement): boolean {
  return after(operation, statement).some(({ operation: later }) => madeBy(later).some(made => isSame(made, thing)));
}

function madeBy(operation: Operation): readonly PastObject[] {
  if (operation.kind === 'create table') return [operation.table, ...operation.table.constraints];
  if (operation.kind === 'create object') return [operation.object];
  if (operation.kind === 'create index') return [operation.index];
  if (operation.kind === 'add constraint') return [operation.constraint];
  return operation.kind === 'add column' ? [operation.column] : [];
}

function isSame(made: PastObject, { kind, path }: PastObject): boolean {
  return made.kind === kind && made.path === path;
}
