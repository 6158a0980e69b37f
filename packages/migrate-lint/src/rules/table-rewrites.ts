import type { AddColumn, ColumnChange, Operation, Statement } from '@migrate-lint/core';
import { typeChange, type TypeChange } from './type-changes.ts';

/** Why adding a column writes every row of the table anew; undefined where it takes a moment. */
export function rewriteByColumn({
  column,
  ifNotExists,
  existing,
}: AddColumn): 'serial' | 'identity' | 'generated' | 'default' | undefined {
  if (ifNotExists && existing) return undefined;
  if (column.serial) return 'serial';
  if (column.identity) return 'identity';
  if (column.generated) return column.generated === 'stored' ? 'generated' : undefined;
  const { volatility } = column.default ?? {};
  return volatility === 'volatile' || volatility === 'unknown' ? 'default' : undefined;
}

/** What a change of type costs; undefined where the old type is not known, or what Postgres does with the two. */
export function typeChangeOf(change: ColumnChange, { before }: Statement): TypeChange | undefined {
  const { column, to, using } = change;
  if (change.kind !== 'alter type' || column.type === undefined || to === undefined) return undefined;
  const cost = typeChange(column.type, to, type => before.enum(pathOf(type)) !== undefined);
  return using === undefined || isPlainCast(using, column.name) ? cost : { rewrites: 'always', reindexes: true };
}

/** Whether a statement writes every row of its table anew, for certain. */
export function rewritesTable(statement: Statement): boolean {
  return statement.operations.some(operation => rewrites(operation, statement));
}

function rewrites(operation: Operation, statement: Statement): boolean {
  if (operation.kind === 'alter type') return typeChangeOf(operation, statement)?.rewrites === 'always';
  if (operation.kind !== 'add column' || operation.column.default?.volatility === 'unknown') return false;
  return rewriteByColumn(operation) !== undefined;
}

/** `"auth"."Role"` as `auth.Role`. */
function pathOf(type: string): string {
  return type.replace(/"((?:[^"]|"")*)"/g, (_, name: string) => name.replaceAll('""', '"'));
}

/** USING that says no more than the column, or the column and a type: then Postgres looks at the two types only. */
function isPlainCast(using: string, column: string): boolean {
  // A name has 63 bytes at most; what is longer than this is no plain cast.
  if (using.length > 400) return false;
  const inner = using.replace(/^[\s(]+|[\s)]+$/g, '');
  const found = plainCasts.map(form => form.exec(inner)?.[1]).find(name => name !== undefined) ?? '';
  return pathOf(found) === column || found.toLowerCase() === column;
}

const plainCasts = [/^("(?:[^"]|"")+"|\w+)(?:\s*::[^:]+)?$/, /^cast\s*\(\s*("(?:[^"]|"")+"|\w+)\s+as\s+[^:]+$/i];
