import type { Migrations } from '@migrate-lint/core';
import { operationsOf, type OperationSubject } from './operations.ts';

/**
 * Whether the table has this tablespace or access method already: the last statement that spoke of it said so, or none did and it is the one
 * that a table has by itself. What CREATE TABLE says of it is not known, and taken for the same.
 */
export function isSetAlready(
  { operation }: OperationSubject<'set tablespace' | 'set access method'>,
  migrations: Migrations,
  usual: string,
): boolean {
  const all = operationsOf(migrations, ['set tablespace', 'set access method'], { applied: true });
  const before = all.slice(
    0,
    all.findIndex(other => other.operation === operation),
  );
  const last = before.findLast(
    other => other.operation.kind === operation.kind && other.operation.table.id === operation.table.id,
  );
  const made = operation.table.createdBy?.sql ?? '';
  const isSaid = (operation.kind === 'set tablespace' ? /\bTABLESPACE\b/i : /\bUSING\b/i).test(made);
  const now = last ? last.operation.name : isSaid ? operation.name : usual;
  return operation.name === now;
}
