import type { PastCatalog, PastTable, Statement } from '@migrate-lint/core';
import { earlierWrites, isEmptied } from './column-values.ts';

/**
 * The table that was there before and through which others use one that the migration itself made and copied rows into: whoever writes to a
 * partitioned table, or changes the rows of one that others inherit from, waits for its children as soon as the transaction that attached them
 * is over. Before that nobody sees them, and a child without rows is locked for a moment, whatever is done to it.
 */
export function servedThrough(table: PastTable, statement: Statement): PastTable | undefined {
  const parent = table.seeded ? oldParent(table, statement) : undefined;
  return parent && isFilled(table, statement) ? parent : undefined;
}

/** Whether the migration has copied rows into the table, nobody knows how many. */
function isFilled(table: PastTable, statement: Statement): boolean {
  if (isEmptied(table, statement)) return false;
  const isCopied = earlierWrites(table, statement).some(({ kind, rows }) => kind === 'insert' && rows === undefined);
  return isCopied || isMadeOfQuery(table);
}

function isMadeOfQuery({ id, createdBy }: PastTable): boolean {
  const made = createdBy?.operations.find(operation => operation.kind === 'create table' && operation.table.id === id);
  return made?.kind === 'create table' && made.asQuery;
}

function oldParent(table: PastTable, statement: Statement): PastTable | undefined {
  const parent = statement.before.tables.find(({ children }) => children.includes(table.path));
  const link = parent && linkOf(parent, table, statement);
  if (!link || parent.temporary || link.transaction === statement.transaction) return undefined;
  return parent.createdBy?.migration === statement.migration ? oldParent(parent, statement) : parent;
}

/** The statement that made a table the child of another one; undefined where that stands in a DO block, behind a condition perhaps. */
function linkOf(parent: PastTable, child: PastTable, { migration, path }: Statement): Statement | undefined {
  const { statements } = migration;
  const earlier = statements.slice(
    0,
    statements.findIndex(each => each.path === path),
  );
  const link = earlier.findLast(({ before }) => !isChild(parent, child, before));
  return link?.operations.some(({ conditional }) => conditional) === true ? undefined : link;
}

function isChild({ id }: PastTable, child: PastTable, { tables, table }: PastCatalog): boolean {
  const parent = tables.find(each => each.id === id);
  return parent?.children.some(path => table(path)?.id === child.id) ?? false;
}
