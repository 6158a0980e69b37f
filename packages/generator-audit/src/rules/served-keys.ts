import {
  objectPath,
  type Catalog,
  type Field,
  type ForeignKey,
  type Index,
  type Migrations,
  type Model,
} from '@migrate-lint/core';

/** Whether Postgres can find the rows of one key with the index. */
export function serves(index: Index, { columns, referencedColumns }: ForeignKey): boolean {
  const parts: readonly Field[] = index.columns.map(({ field }) => field);
  const [only] = parts;
  if (index.covers(columns)) return true;
  // At most one row is left to look at.
  if (index.unique && index.covers(parts) && parts.every(part => columns.includes(part))) return true;
  const first = startsWithin(index, columns);
  const key = first && referencedColumns[columns.indexOf(first)];
  if (key && columns.length > 1) return isGenerated(key);
  if (!only || parts.length !== 1 || columns.length !== 1 || !columns.includes(only)) return false;
  // A Hash index answers nothing but equality, and a key is never looked up by NULL.
  if (index.predicate === undefined) return index.type === 'Hash';
  return index.type === 'BTree' && isNotNull(index.predicate, only);
}

/** The column of a compound key with which the index begins. */
export function startsWithin(
  { columns: [first, ...more], type, predicate }: Index,
  columns: ForeignKey['columns'],
): Field | undefined {
  const ready = predicate === undefined && (type === 'BTree' || (type === 'Hash' && more.length === 0));
  return ready && first && columns.length > 1 && columns.includes(first.field) ? first.field : undefined;
}

/** Whether one value of the column is of one row, though the schema says so of several columns only. */
function isGenerated({ default: said }: Field): boolean {
  return said?.kind === 'function' && /^(?:uuid|cuid|nanoid|ulid|autoincrement|dbgenerated)$/.test(said.name);
}

export function isServedInDatabase({ model, columns }: ForeignKey, database: Catalog | undefined): boolean {
  const { dbName, dbSchema = 'public' } = model;
  const table = database?.tables.find(({ name, schema }) => name === dbName && schema === dbSchema);
  return table?.indexes.some(index => index.covers(columns.map(column => column.dbName))) ?? false;
}

/** Whether a migration took the foreign key away, so that no delete looks for rows. `drift/missing-foreign-key` tells it. */
export function isDropped({ model, columns, field }: ForeignKey, migrations: Migrations | undefined): boolean {
  const { dbName, dbSchema = 'public' } = model;
  const name = field.relation?.map ?? `${[dbName, ...columns.map(column => column.dbName)].join('_')}_fkey`;
  return migrations?.lastTouch('constraint', `${objectPath(dbSchema, dbName)}.${name}`)?.action === 'dropped';
}

export function isView({ dbName, dbSchema = 'public' }: Model, migrations: Migrations | undefined): boolean {
  const touch = migrations?.lastTouch('view', objectPath(dbSchema, dbName));
  return touch !== undefined && touch.action !== 'dropped';
}

function isNotNull(predicate: string, { name, dbName }: Field): boolean {
  const [, column] = /^\W*(?:raw\()?\W*(\w+)\W+(?:is\s+)?not\W+null\W*$/i.exec(predicate) ?? [];
  return column === dbName || column === name;
}

/** Prisma would give the new index the name of one on the same columns that does not serve. */
export function nameApart(model: Model, columns: ForeignKey['columns']): string {
  const taken = model.indexes.some(
    index =>
      index.map === undefined &&
      index.columns.length === columns.length &&
      index.columns.every(({ field }, at) => field === columns[at]),
  );
  if (!taken) return '';
  const name = [model.dbName, ...columns.map(({ dbName }) => dbName)].join('_').slice(0, 54);
  return `, map: ${JSON.stringify(`${name}_btree_idx`)}`;
}
