import type { AddColumn, Migrations, PastTable, Statement } from '@migrate-lint/core';
import { isEmptied, valuesOf } from './column-values.ts';
import { wasDeployed } from './deployed.ts';
import { isOfMysql } from './other-databases.ts';
import { columnAgain, columnRename } from './probable-renames.ts';
import { migrationOf, type Done } from './same-migration.ts';

/**
 * Whether what the statement takes from the table can hold nothing: the statement, its transaction or one before it adds a required column without
 * a value, which is refused as soon as there is a row, so that the rows stay as they are. MySQL takes it.
 */
export function failsOnRows(table: PastTable, statement: Statement): boolean {
  if (isOfMysql(statement) || isEmptied(table, statement)) return false;
  const all = migrationOf(statement);
  const end = all.findLastIndex(done => done.statement === statement);
  return all.some(
    (done, at) =>
      isRequired(done) &&
      done.operation.table.id === table.id &&
      (at <= end || done.statement.transaction === statement.transaction),
  );
}

/** Whether it is added as NOT NULL without a value. */
export function isRequired(done: Done): done is Done & { readonly operation: AddColumn } {
  const { operation, statement } = done;
  if (operation.kind !== 'add column' || operation.conditional) return false;
  if (operation.ifNotExists && operation.existing) return false;
  return valuesOf(operation.column.name, operation.table, statement) === 'none';
}

/** Whether the migration adds the column in the place of one that it drops, probably the same under this name or another one. */
export function isSuccessor(added: AddColumn, statement: Statement, migrations: Migrations): boolean {
  return migrationOf(statement).some(({ operation, statement: dropping }) => {
    if (operation.kind !== 'drop column' || operation.table.id !== added.table.id) return false;
    if (operation.column.generated || !wasDeployed(operation.column, dropping, migrations)) return false;
    return [columnRename, columnAgain].some(find => find(operation, dropping)?.added === added);
  });
}
