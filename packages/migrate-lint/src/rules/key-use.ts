import type { AddConstraint, Migrations, Operation, PastConstraint, Statement } from '@migrate-lint/core';
import { isMovedLater } from './later-statements.ts';
import { speaksOf } from './same-migration.ts';

/**
 * Whether the key cannot be added at the end of the history: its table is another one then, or a statement behind this one names the constraint, a
 * foreign key that points at its columns, or an ON CONFLICT.
 */
export function isKeyNeededLater(
  { constraint, table }: AddConstraint,
  statement: Statement,
  migrations: Migrations,
): boolean {
  if (isMovedLater(table, constraint.columns, statement, migrations)) return true;
  return behind(statement, migrations).some(
    ({ sql, operations }) =>
      speaksOf(sql, constraint.name) ||
      (/\bON\s+CONFLICT\b/i.test(sql) && speaksOf(sql, table.name)) ||
      operations.some(operation =>
        foreignKeys(operation).some(key => key.referencedTable === table.path && isOn(key, constraint)),
      ),
  );
}

/** The statements behind this one that can still be read, in its own migration and in those that come after it. */
function behind(statement: Statement, { migrations }: Migrations): readonly Statement[] {
  const { migration } = statement;
  const later = migrations.slice(migrations.indexOf(migration) + 1).filter(({ syntaxError }) => !syntaxError);
  const own = migration.statements;
  return [...own.slice(own.indexOf(statement) + 1), ...later.flatMap(({ statements }) => statements)];
}

function foreignKeys(operation: Operation): readonly PastConstraint[] {
  if (operation.kind === 'add constraint') return [operation.constraint];
  return operation.kind === 'create table' ? operation.table.constraints : [];
}

/** Without columns a foreign key points at the primary key. */
function isOn({ referencedColumns }: PastConstraint, { columns, type }: PastConstraint): boolean {
  if (referencedColumns.length === 0) return type === 'primary';
  return [...referencedColumns].sort().join('\0') === [...columns].sort().join('\0');
}
