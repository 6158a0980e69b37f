import {
  qualifiedName,
  quoteIdentifier,
  type CreateTable,
  type DropTable,
  type Fix,
  type PastColumn,
  type PastTable,
  type Statement,
} from '@migrate-lint/core';
import { removeStatement, rewriteStatement } from '../edits.ts';
import { conversion } from './column-conversion.ts';
import { tableSql } from './past-names.ts';
import type { Successor } from './probable-renames.ts';
import { migrationOf } from './same-migration.ts';

/**
 * Keeps a table that a migration drops and makes anew under another name: a rename, and the clauses that turn its columns and its key into
 * those of the new one. The indexes that Prisma makes for the new one take the place of the old. Undefined where that cannot be said.
 */
export function keepTable(
  dropped: DropTable,
  statement: Statement,
  { added, statement: creating }: Successor<CreateTable>,
): Fix | undefined {
  const [from, to] = [dropped.table, added.table];
  const order = migrationOf(statement).map(({ operation }) => operation);
  const isPlain = statement.operations.length === 1 && creating.operations.length === 1 && !dropped.conditional;
  const [columns, key] = [columnClauses(from, to), keyClause(from, to)];
  if (!isPlain || dropped.dependents.length > 0 || order.indexOf(dropped) > order.indexOf(added) || !columns || !key)
    return undefined;
  const table = `ALTER TABLE ${tableSql(to)}`;
  const sql = [
    `ALTER TABLE ${tableSql(from)} RENAME TO ${quoteIdentifier(to.name)};`,
    ...key.map(clause => `${table} ${clause};`),
    ...(columns.length > 0 ? [`${table} ${columns.join(',\n  ')};`] : []),
    ...from.indexes
      .filter(({ constraint, plain }) => constraint === undefined && plain)
      .map(({ name }) => `DROP INDEX ${qualifiedName(from.schema === 'public' ? undefined : from.schema, name)};`),
  ].join('\n');
  return {
    title: `Rename the table ${quoteIdentifier(from.name)} to ${quoteIdentifier(to.name)}`,
    safety: 'unsafe',
    edits: [...removeStatement(statement), ...rewriteStatement(creating, sql)],
  };
}

/** What gives the primary key its new name; undefined where more than that has to change. */
function keyClause(from: PastTable, to: PastTable): readonly string[] | undefined {
  const [old, wanted] = [from.constraints, to.constraints];
  const [key, newKey] = [old[0], wanted[0]];
  if (!key && !newKey) return [];
  const same =
    key?.type === 'primary' && newKey?.type === 'primary' && key.columns.join('\0') === newKey.columns.join('\0');
  if (!same || old.length > 1 || wanted.length > 1) return undefined;
  return key.name === newKey.name
    ? []
    : [`RENAME CONSTRAINT ${quoteIdentifier(key.name)} TO ${quoteIdentifier(newKey.name)}`];
}

function columnClauses(from: PastTable, to: PastTable): readonly string[] | undefined {
  const clauses = to.columns.map(column => {
    const old = from.column(column.name);
    if (!old) return addition(column);
    return isSame(old, column) ? [] : conversion(old, column);
  });
  const known = clauses.filter(each => each !== undefined);
  if (known.length < clauses.length) return undefined;
  const gone = from.columns.filter(({ name }) => !to.column(name));
  return [...gone.map(({ name }) => `DROP COLUMN ${quoteIdentifier(name)}`), ...known.flat()];
}

/** What adds a column that the old table does not have; undefined where the rows that are there would have no value. */
function addition({ name, type, notNull, default: value, ...more }: PastColumn): readonly string[] | undefined {
  const hasSource = more.serial || more.identity !== undefined || more.generated !== undefined;
  if (type === undefined || hasSource || (notNull && !value)) return undefined;
  return [
    `ADD COLUMN ${quoteIdentifier(name)} ${type}${notNull ? ' NOT NULL' : ''}${value ? ` DEFAULT ${value.sql}` : ''}`,
  ];
}

function isSame(one: PastColumn, other: PastColumn): boolean {
  const sameValue = one.serial ? other.serial : one.default?.sql === other.default?.sql;
  return one.type === other.type && one.notNull === other.notNull && one.identity === other.identity && sameValue;
}
