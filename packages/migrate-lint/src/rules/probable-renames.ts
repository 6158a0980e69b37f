import {
  flatMap,
  type AddColumn,
  type ColumnChange,
  type CreateTable,
  type Migration,
  type PastConstraint,
  type PastTable,
  type Statement,
} from '@migrate-lint/core';
import { isFromFreeText, keepsMeaning } from './convertible-types.ts';
import { copyOfColumn, copyOfTable } from './kept-rows.ts';
import { mayBeRenamed } from './name-likeness.ts';
import type { OperationOf } from './operations.ts';
import { doneOf, migrationOf } from './same-migration.ts';

type DropColumn = ColumnChange;
type DropTable = OperationOf<'drop table'>;

/** What a migration adds in the place of what it drops. */
export interface Successor<Added> {
  readonly added: Added;
  readonly statement: Statement;
}

/** The column that the migration adds where it drops one that is probably the same: the names are alike, and the type can be converted. */
export function columnRename(dropped: DropColumn, statement: Statement): Successor<AddColumn> | undefined {
  const found = onlyOne(addedColumns(dropped, statement).filter(({ added }) => isRename(dropped, added)));
  if (!found) return undefined;
  const rivals = doneOf('drop column', statement).filter(
    ({ operation }) => operation.table.id === dropped.table.id && isRename(operation, found.added),
  );
  if (rivals.length > 1 || !pointsTheSame(dropped, found.added, statement)) return undefined;
  return copyOfColumn(dropped.table, dropped.column, dropped, statement) ? undefined : found;
}

/** Whether a column that holds a key has a successor that holds the same: one with another foreign key, or none, points elsewhere. */
function pointsTheSame(dropped: DropColumn, { table, column }: AddColumn, statement: Statement): boolean {
  const old = keysOf(atStart(statement.migration, dropped.table.path)?.constraints ?? [], dropped.column.name);
  const added = doneOf('add constraint', statement)
    .filter(({ operation }) => operation.table.id === table.id)
    .map(({ operation }) => operation.constraint);
  const now = keysOf(added, column.name);
  return old.every(path => now.some(other => other === path || other === newPath(path, statement)));
}

/** The tables that the foreign keys of one column point at. */
function keysOf(constraints: readonly PastConstraint[], column: string): readonly string[] {
  return flatMap(constraints, ({ columns, referencedTable }) =>
    columns.join('\0') === column && referencedTable !== undefined ? [referencedTable] : [],
  );
}

/** Where a table is found when the migration is done, if it is renamed or probably is. */
function newPath(path: string, statement: Statement): string | undefined {
  return migrationOf(statement)
    .map(({ operation, statement: by }) => {
      if (operation.kind === 'rename table' && operation.from === path) return operation.to;
      const isDrop = operation.kind === 'drop table' && operation.table.path === path;
      return isDrop ? tableRename(operation, by)?.added.table.path : undefined;
    })
    .find(each => each !== undefined);
}

/** Whether a column holds keys of rows that the migration numbers anew: no conversion makes them fit. */
export function pointsAtNewIds({ table, column }: DropColumn, statement: Statement): boolean {
  const keys = (atStart(statement.migration, table.path)?.constraints ?? []).filter(
    ({ type, columns }) => type === 'foreign' && columns.includes(column.name),
  );
  return keys.some(({ columns, referencedTable, referencedColumns }) => {
    const key = referencedColumns[columns.indexOf(column.name)];
    return doneOf('drop column', statement).some(
      ({ operation, statement: by }) =>
        operation.table.path === referencedTable &&
        operation.column.name === key &&
        columnAgain(operation, by) !== undefined,
    );
  });
}

/** The column of the same name that the migration adds after it has dropped one, without a word of its values. */
export function columnAgain(dropped: DropColumn, statement: Statement): Successor<AddColumn> | undefined {
  const again = addedColumns(dropped, statement).find(({ added }) => added.column.name === dropped.column.name);
  return again && !copyOfColumn(dropped.table, dropped.column, dropped, statement) ? again : undefined;
}

/** The only column that the migration adds to the table, where it drops only one and the types are equal: it may be a rename. */
export function columnOfSameType(dropped: DropColumn, statement: Statement): Successor<AddColumn> | undefined {
  const added = onlyOne(addedColumns(dropped, statement));
  const drops = doneOf('drop column', statement).filter(({ operation }) => operation.table.id === dropped.table.id);
  const alike = added?.added.column.type === dropped.column.type && dropped.column.type !== undefined;
  return alike && drops.length === 1 ? added : undefined;
}

/** The table that the migration makes where it drops one that is probably the same: most columns are, or both join the same tables. */
export function tableRename(dropped: DropTable, statement: Statement): Successor<CreateTable> | undefined {
  const made = doneOf('create table', statement)
    .filter(({ operation }) => !operation.conditional)
    .map(({ operation, statement: by }) => ({ added: operation, statement: by }));
  const found = onlyOne(made.filter(({ added }) => isSameTable(dropped, added, statement)));
  if (!found || takesItsName(found.added, dropped, statement)) return undefined;
  const rivals = doneOf('drop table', statement).filter(({ operation }) =>
    isSameTable(operation, found.added, statement),
  );
  return rivals.length === 1 && !copyOfTable(dropped.table, dropped, statement) ? found : undefined;
}

/** Whether the migration gives the new table the name of the old one: nobody meant another name. */
function takesItsName({ table }: CreateTable, dropped: DropTable, statement: Statement): boolean {
  return doneOf('rename table', statement).some(
    ({ operation }) => operation.object?.id === table.id && operation.to === dropped.table.path,
  );
}

/** How many columns of the one table the other has with their types. */
export function columnsAlike(one: PastTable, other: PastTable): readonly string[] {
  return one.columns
    .filter(({ name, type }) => type !== undefined && other.column(name)?.type === type)
    .map(({ name }) => name);
}

/** The tables that the foreign keys of a table point at, whenever the migration drops or adds them. */
export function tablesJoined({ path, id }: PastTable, statement: Statement): readonly string[] {
  const { migration } = statement;
  const kept = atStart(migration, path)?.constraints ?? [];
  const made = doneOf('create table', statement).filter(({ operation }) => operation.table.path === path);
  const added = doneOf('add constraint', statement).filter(({ operation }) => operation.table.id === id);
  const all = [
    ...kept,
    ...flatMap(made, ({ operation }) => operation.table.constraints),
    ...added.map(({ operation }) => operation.constraint),
  ];
  return [...new Set(flatMap(all, ({ referencedTable }) => referencedTable ?? []))].sort();
}

function atStart({ statements }: Migration, path: string): PastTable | undefined {
  return statements[0]?.before.table(path);
}

function addedColumns({ table }: DropColumn, statement: Statement): readonly Successor<AddColumn>[] {
  return doneOf('add column', statement)
    .filter(({ operation }) => operation.table.id === table.id && !operation.conditional)
    .map(({ operation, statement: by }) => ({ added: operation, statement: by }));
}

function isRename({ column: from }: ColumnChange, { column: to, existing }: AddColumn): boolean {
  if (from.name === to.name || existing || to.generated || !from.type || !to.type) return false;
  return mayBeRenamed(from.name, to.name) && keepsMeaning(from.type, to.type) && !isFromFreeText(from.type, to.type);
}

function isSameTable({ table: from }: DropTable, { table: to, asQuery }: CreateTable, statement: Statement): boolean {
  if (asQuery || from.name === to.name || from.schema !== to.schema || from.open) return false;
  const same = columnsAlike(from, to);
  const share = same.length / Math.max(from.columns.length, to.columns.length);
  if (isJoin(from) || isJoin(to)) {
    const joined = tablesJoined(from, statement);
    return share === 1 && joined.length > 0 && joined.join('\0') === tablesJoined(to, statement).join('\0');
  }
  // `id` and `createdAt` agree everywhere: a table needs more to be known by.
  if (same.filter(name => !ordinary.has(name)).length < 2) return false;
  return share >= (mayBeRenamed(from.name, to.name) ? 0.5 : 0.8);
}

/** Of Prisma's own making, for a relation of many to many. */
function isJoin({ columns }: PastTable): boolean {
  return columns.length === 2 && columns[0]?.name === 'A' && columns[1]?.name === 'B';
}

const ordinary: ReadonlySet<string> = new Set([
  ...['id', 'name', 'createdAt', 'updatedAt', 'deletedAt', 'userId'],
  ...['created_at', 'updated_at', 'deleted_at', 'user_id'],
]);

function onlyOne<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
