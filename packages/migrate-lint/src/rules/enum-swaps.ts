import type { PastEnum, Statement } from '@migrate-lint/core';
import type { OperationOf } from './operations.ts';
import { doneOf } from './same-migration.ts';

/** What a migration does to the columns of an enum that it drops. */
export interface EnumSwap {
  /** The name that the enum had when the migration began. */
  readonly path: string;
  /** The enum that has this name when the migration is done; undefined where none has. */
  readonly successor: PastEnum | undefined;
  /** The columns that were of the enum and now have another type, as `table.column`. */
  readonly columns: readonly string[];
}

/**
 * What takes the place of an enum: Prisma changes one by making `X_new`, converting the columns, renaming `X` to `X_old` and `X_new` to `X`, and
 * dropping `X_old`.
 */
export function swapOf(dropped: PastEnum, statement: Statement): EnumSwap {
  const renamed = doneOf('rename enum', statement).find(({ operation }) => operation.object?.id === dropped.id);
  const path = renamed?.operation.from ?? dropped.path;
  const atStart = statement.migration.statements[0]?.before.tables ?? [];
  const wasOf = ({ table, column }: OperationOf<'alter type'>): boolean =>
    atStart.some(
      ({ id, columns }) => id === table.id && columns.some(each => each.id === column.id && isOfType(each.type, path)),
    );
  const retyped = doneOf('alter type', statement)
    .filter(({ operation }) => isOfType(operation.column.type, path) || wasOf(operation))
    .map(({ operation }) => `${operation.table.path}.${operation.column.name}`);
  return { path, successor: enumAtEnd(path, dropped, statement), columns: [...new Set(retyped)] };
}

/** The enum that has a path after the last statement of the migration. */
function enumAtEnd(path: string, dropped: PastEnum, statement: Statement): PastEnum | undefined {
  let found: PastEnum | undefined;
  for (const { operation, statement: by } of doneOf('rename enum', statement)) {
    if (operation.to === path) found = by.before.enum(operation.from);
    if (operation.from === path) found = undefined;
  }
  // A new one under the old name is there for the statements behind it.
  const last = statement.migration.statements.at(-1)?.before.enum(path);
  return found ?? (last?.id === dropped.id ? undefined : last);
}

/** Whether a type as `format_type` writes it is the enum of a path, or a list of it. */
function isOfType(type: string | undefined, path: string): boolean {
  if (type === undefined || type === path) return type === path;
  // Nearly all types are plain words.
  if (!type.endsWith(']') && !type.includes('"')) return false;
  return type.replace(/\[\]$/, '').replaceAll('"', '') === path;
}
