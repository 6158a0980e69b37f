import {
  qualifiedName,
  quoteIdentifier,
  type Field,
  type Fix,
  type Index,
  type Model,
  type Schema,
} from '@migrate-lint/core';
import { addBlockAttribute, addFieldAttribute } from '../edits.ts';

/** New names in the database, for a model and for some of its columns. */
export interface NewNames {
  readonly model: Model;
  /** The table's, the old one where it stays. */
  readonly table: string;
  readonly columns: ReadonlyMap<Field, string>;
}

/** Maps the names in the schema and renames in the database. Undefined where a name is taken, and for others than Postgres. */
export function mapAndRename(names: NewNames, schema: Schema): Fix | undefined {
  const { model, table, columns } = names;
  const isTable = table !== model.dbName;
  const fresh = [...(isTable ? [table] : []), ...columns.values()];
  const isTaken =
    schema.models.some(other => other !== model && other.dbName === table) ||
    model.columns.some(({ dbName }) => [...columns.values()].includes(dbName));
  if (isTaken || schema.provider !== 'postgresql') return undefined;
  return {
    title: `Map and rename to ${fresh.map(name => `\`${name}\``).join(', ')}`,
    // Code that is still running, and SQL by hand, know the old names.
    safety: 'unsafe',
    edits: [
      ...[...columns].flatMap(([field, name]) => addFieldAttribute(field, `@map(${JSON.stringify(name)})`)),
      ...(isTable ? addBlockAttribute(model, `@@map(${JSON.stringify(table)})`) : []),
    ],
    sql: rename(names, schema),
  };
}

/**
 * The statements for Postgres that give a table and its columns these names, and with them the indexes and keys whose names
 * Prisma makes of them. The rows stay, where Prisma's own script would drop and create.
 */
function rename({ model, table, columns }: NewNames, { relationMode }: Schema): string {
  const on = qualifiedName(model.dbSchema, model.dbName);
  const quote = quoteIdentifier;
  const name = (fields: readonly Field[], suffix: string, isNew: boolean): string =>
    cut(
      [isNew ? table : model.dbName, ...fields.map(field => (isNew ? columns.get(field) : undefined) ?? field.dbName)],
      suffix,
    );
  const indexes = model.indexes.flatMap(index => {
    const fields = index.kind === 'id' ? [] : index.columns.map(({ field }) => field);
    const [from, to] = [false, true].map(isNew => quote(name(fields, suffixes[index.kind], isNew)));
    if (index.map !== undefined || from === to) return [];
    return `ALTER INDEX ${model.dbSchema === undefined ? '' : `${quote(model.dbSchema)}.`}${String(from)} RENAME TO ${String(to)};`;
  });
  const keys =
    relationMode === 'prisma'
      ? []
      : model.foreignKeys.flatMap(key => {
          const [from, to] = [false, true].map(isNew => quote(name(key.columns, 'fkey', isNew)));
          if (key.field.relation?.map !== undefined || from === to) return [];
          return `ALTER TABLE ${on} RENAME CONSTRAINT ${String(from)} TO ${String(to)};`;
        });
  return [
    ...[...columns].map(([{ dbName }, to]) => `ALTER TABLE ${on} RENAME COLUMN ${quote(dbName)} TO ${quote(to)};`),
    ...indexes,
    ...keys,
    ...(table === model.dbName ? [] : [`ALTER TABLE ${on} RENAME TO ${quote(table)};`]),
  ].join('\n');
}

const suffixes: Readonly<Record<Index['kind'], string>> = { id: 'pkey', unique: 'key', index: 'idx', fulltext: 'idx' };

/** Postgres cuts names at 63 bytes, and Prisma keeps the ending. */
function cut(parts: readonly string[], suffix: string): string {
  return `${parts.join('_').slice(0, 62 - suffix.length)}_${suffix}`;
}
