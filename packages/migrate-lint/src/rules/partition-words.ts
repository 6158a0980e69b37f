import type { PastConstraint, PastTable, Statement } from '@migrate-lint/core';
import { isNeverNull } from './never-null.ts';

/** The partition of a table that takes what no other one does. */
export function defaultPartitionOf(table: PastTable | undefined, { before }: Statement): PastTable | undefined {
  return table?.children
    .map(path => before.table(path))
    .find(child => child?.partitionOf !== undefined && /^\s*DEFAULT\s*$/i.test(child.partitionOf.bound));
}

/**
 * Whether a validated CHECK speaks of all values of a bound, so that Postgres may take it for a proof and read no rows. Whether the condition
 * really follows is not known here; who wrote these values into a CHECK did it for this.
 */
export function provesBound({ constraints }: PastTable, bound: string | undefined): boolean {
  const values = valuesOf(bound ?? '');
  if (values.length === 0) return false;
  return constraints.some(({ type, validated, expression }) => {
    const said = type === 'check' && validated ? valuesOf(expression ?? '') : [];
    return values.every(value => said.includes(value));
  });
}

/**
 * Whether Postgres need not read a table to attach it: a validated CHECK says the same as the bound, and no row can have a NULL in the key,
 * which a CHECK lets pass.
 */
export function isProved(partition: PastTable, { partitionKey }: PastTable, bound: string | undefined): boolean {
  return provesBound(partition, bound) && partitionKey.every(key => key === null || isFilled(partition, key));
}

function isFilled(table: PastTable, column: string): boolean {
  return isNeverNull(table, column) || table.constraints.some(check => check.validated && says(check, column));
}

function says({ expression }: PastConstraint, column: string): boolean {
  const name = column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w$])"?${name}"?\\s+IS\\s+NOT\\s+NULL`, 'i').test(expression ?? '');
}

/** The literals in SQL: texts without their quotes, and numbers. */
function valuesOf(sql: string): readonly string[] {
  const found = sql.match(/'(?:[^']|'')*'|(?<![\w$"])-?\d+(?:\.\d+)?(?![\w$"])/g) ?? [];
  return found.map(text => (text.startsWith("'") ? text.slice(1, -1) : text));
}
