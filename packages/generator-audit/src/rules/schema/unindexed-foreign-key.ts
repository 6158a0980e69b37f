import {
  defineRule,
  isBookkeeping,
  objectPath,
  type Catalog,
  type Field,
  type ForeignKey,
  type Index,
  type Migrations,
  type Model,
} from '@migrate-lint/core';
import { addBlockAttribute } from '../../edits.ts';

export default defineRule({
  id: 'schema/unindexed-foreign-key',
  level: 'high',
  category: 'performance',
  needs: ['schema'],
  uses: ['database', 'migrations'],
  docs: {
    summary: 'No index starts with the columns of a foreign key.',
    why: `Only MySQL makes an index for a foreign key by itself. On every other database a delete or a change of a key in the
referenced table has to look for its rows in this one, and without an index it reads the whole table, once for each deleted
row, with locks held. Every \`include\` of the other side and every filter on the relation reads it too. A compound
foreign key needs one index that starts with all of its columns, in any order. A column that only keeps who did it and may be empty
(\`createdBy\`) is hardly looked up, and is told as medium.`,
    bad: `model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id       Int  @id
  author   User @relation(fields: [authorId], references: [id])
  authorId Int
}`,
    good: `model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id       Int  @id
  author   User @relation(fields: [authorId], references: [id])
  authorId Int

  @@index([authorId])
}`,
    guards: [
      'A unique, an `@id` or a longer index that starts with the columns is an index for them.',
      'A unique on some of the columns of a compound key finds at most one row, so it is index enough.',
      'Of a compound key, an index that starts with the column of a generated id (`uuid()`, `cuid()`, …) finds the rows of one id, and needs no more. One that starts with another of the columns, such as the tenant’s, is told as medium: it reads all rows of that one.',
      'An index that only the migrations make, a foreign key that one of them dropped (`drift/missing-foreign-key` tells it), and a model that is a view in the database, where the database is looked at.',
      'MySQL with real foreign keys indexes them itself. With `relationMode = "prisma"` it has none, and the rule speaks.',
      'A database view that is written as a model, documented with `/// @view`.',
      'A Hash index on the one column, and a partial index whose only condition is that the column is not NULL: both find the rows of a key. Other partial indexes and Gin do not count.',
    ],
  },

  subjects: ({ schema }) => {
    if (schema.provider === 'mysql' && schema.relationMode === 'foreignKeys') return [];
    return schema.foreignKeys.filter(({ model }) => !model.ignored && !/@view\b/.test(model.documentation));
  },
  check: (key, { database, migrations }) => {
    const { model, columns, referencedModel, field, span } = key;
    if (model.indexes.some(index => serves(index, key))) return undefined;
    if (isServedInDatabase(key, database) || isView(model, migrations) || isDropped(key, migrations)) return undefined;
    const names = columns.map(column => column.name).join(', ');
    const attribute = `@@index([${names}]${nameApart(model, columns)})`;
    const partly = model.indexes.map(index => startsWithin(index, columns)).find(Boolean);
    return {
      span,
      ...((partly ?? columns.every(isBookkeeping)) && { level: 'medium' }),
      message:
        `No index of \`${model.name}\` starts with \`${names}\`, so a delete in \`${referencedModel.name}\` and a join on \`${field.name}\` ` +
        (partly ? `read all rows of one \`${partly.name}\`.` : 'read the whole table.'),
      fix: {
        title: `Add \`@@index([${names}])\` to \`${model.name}\``,
        safety: 'safe',
        edits: addBlockAttribute(model, attribute),
      },
    };
  },
});

/** Whether Postgres can find the rows of one key with the index. */
function serves(index: Index, { columns, referencedColumns }: ForeignKey): boolean {
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
function startsWithin(
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

function isServedInDatabase({ model, columns }: ForeignKey, database: Catalog | undefined): boolean {
  const { dbName, dbSchema = 'public' } = model;
  const table = database?.tables.find(({ name, schema }) => name === dbName && schema === dbSchema);
  return table?.indexes.some(index => index.covers(columns.map(column => column.dbName))) ?? false;
}

/** Whether a migration took the foreign key away, so that no delete looks for rows. `drift/missing-foreign-key` tells it. */
function isDropped({ model, columns, field }: ForeignKey, migrations: Migrations | undefined): boolean {
  const { dbName, dbSchema = 'public' } = model;
  const name = field.relation?.map ?? `${[dbName, ...columns.map(column => column.dbName)].join('_')}_fkey`;
  return migrations?.lastTouch('constraint', `${objectPath(dbSchema, dbName)}.${name}`)?.action === 'dropped';
}

function isView({ dbName, dbSchema = 'public' }: Model, migrations: Migrations | undefined): boolean {
  const touch = migrations?.lastTouch('view', objectPath(dbSchema, dbName));
  return touch !== undefined && touch.action !== 'dropped';
}

function isNotNull(predicate: string, { name, dbName }: Field): boolean {
  const [, column] = /^\W*(?:raw\()?\W*(\w+)\W+(?:is\s+)?not\W+null\W*$/i.exec(predicate) ?? [];
  return column === dbName || column === name;
}

/** Prisma would give the new index the name of one on the same columns that does not serve. */
function nameApart(model: Model, columns: ForeignKey['columns']): string {
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
