import type { Column, IndexKey, Table, TableIndex } from '@migrate-lint/core';

/** Whether two indexes are one under two names: keys, order, method, predicate, INCLUDE and uniqueness. */
export function isSameIndex(one: TableIndex, other: TableIndex): boolean {
  return (
    one.unique === other.unique &&
    one.deferrable === other.deferrable &&
    one.nullsNotDistinct === other.nullsNotDistinct &&
    one.include.join('\0') === other.include.join('\0') &&
    one.keys.length === other.keys.length &&
    isLike(one, other) &&
    turnOf(one, other) === false
  );
}

/** Whether `other` answers every question of `index` and promises all that it promises. Nothing replaces an EXCLUDE. */
export function replaces(other: TableIndex, index: TableIndex): boolean {
  if (index.constraint === 'exclusion' || !isLike(other, index) || turnOf(other, index) === undefined) return false;
  const held = [...other.columns, ...other.include];
  if (!index.include.every(column => held.includes(column))) return false;
  // A btree is read from its first column on; no other method promises as much for a part of its keys.
  if (!index.unique) return other.keys.length === index.keys.length || index.method === 'btree';
  return (
    other.unique &&
    other.keys.length === index.keys.length &&
    (other.nullsNotDistinct || !index.nullsNotDistinct) &&
    (!other.deferrable || index.deferrable)
  );
}

/** Same table, method and rows, and both ready for use. */
function isLike(one: TableIndex, other: TableIndex): boolean {
  return (
    one.table.path === other.table.path &&
    one.method === other.method &&
    one.predicate === other.predicate &&
    one.valid &&
    other.valid
  );
}

/** Whether the keys of `index` are the first of `other`: false as they are, true all turned round, undefined not. */
function turnOf(other: TableIndex, index: TableIndex): boolean | undefined {
  const turns = index.keys.map((key, at) => turnOfKey(key, other.keys[at]));
  return turns.every(turn => turn !== undefined && turn === turns[0]) ? turns[0] : undefined;
}

function turnOfKey(key: IndexKey, other: IndexKey | undefined): boolean | undefined {
  if (key.definition !== other?.definition) return undefined;
  if (key.operatorClass !== other.operatorClass || key.collation !== other.collation) return undefined;
  if (key.descending === other.descending) return key.nullsFirst === other.nullsFirst ? false : undefined;
  return key.nullsFirst === other.nullsFirst ? undefined : true;
}

/** `unique index`, `primary key`, … and what it is on, as words of a sentence. */
export function describeIndex(index: TableIndex): string {
  const kind =
    index.constraint === 'primary'
      ? 'primary key'
      : index.constraint === 'unique'
        ? 'unique constraint'
        : index.constraint === 'exclusion'
          ? 'index of the EXCLUDE constraint'
          : index.unique
            ? 'unique index'
            : 'index';
  return `${kind} \`${index.name}\``;
}

/** The keys as they stand in `CREATE INDEX`. */
export function keyList({ keys }: Pick<TableIndex, 'keys'>): string {
  return keys
    .map(({ column, definition, descending }) => `${column ?? definition}${descending ? ' DESC' : ''}`)
    .join(', ');
}

/** Whether a foreign key may hang on this very unique: Postgres does not drop such an index. */
export function mayBeTarget(index: TableIndex, tables: readonly Table[]): boolean {
  if (!index.unique) return false;
  const wanted = [...index.columns].sort().join('\0');
  return tables.some(({ foreignKeys }) =>
    foreignKeys.some(
      key => key.referencedTable === index.table.path && [...key.referencedColumns].sort().join('\0') === wanted,
    ),
  );
}

/** The column of a key; of an expression the one that makes it NULL, if any. */
export function columnOf({ column, definition }: IndexKey, table: Table): Column | undefined {
  if (column !== null) return table.column(column);
  if (/\b(?:coalesce|case|concat)\b|IS (?:NOT )?NULL|IS (?:NOT )?DISTINCT/i.test(definition)) return undefined;
  const read = table.columns.filter(({ name }) => definition.split(/[^\w$]+/).includes(name));
  return read.find(isOptional) ?? read[0];
}

/** Whether a row may hold NULL in it. */
export function isOptional({ name, notNull, table }: Column): boolean {
  return !notNull && !table.checks.some(({ definition, validated }) => validated && isNotNull(definition, name));
}

function isNotNull(definition: string, name: string): boolean {
  return definition === `CHECK ((${name} IS NOT NULL))` || definition === `CHECK (("${name}" IS NOT NULL))`;
}
