import {
  fieldOf,
  flatMap,
  modelOf,
  nameKey,
  type Column,
  type Default,
  type Field,
  type ForeignKey,
  type Index,
  type Model,
  type NativeType,
  type Schema,
  type Span,
  type Table,
} from '@migrate-lint/core';

/** Tables in the words of a schema, for what is known of names, types and comments there. */
export interface TablesAsModels {
  readonly schema: Schema;
  /** The column behind a field. */
  column(field: Field): Column | undefined;
}

type Building<Thing> = { -readonly [Key in keyof Thing]: Thing[Key] };

const nowhere: Span = { file: '', start: 0, end: 0 };

/**
 * The schema that `prisma db pull` would write of these tables, as far as names, types, defaults, keys and comments go; with the comments and
 * defaults of the models that are there.
 */
export function tablesAsModels(tables: readonly Table[], known: Schema | undefined): TablesAsModels {
  const columns = new Map<Field, Column>();
  // Of `user` and `users` nobody knows which one is meant.
  const counts = new Map<string, number>();
  for (const { name } of tables) counts.set(nameKey(name), (counts.get(nameKey(name)) ?? 0) + 1);
  const models = new Map<string, Building<Model>>(
    tables.map(table => [table.path, toModel(table, (counts.get(nameKey(table.name)) ?? 0) > 1, known, columns)]),
  );
  for (const table of tables) addKeys(table, models);
  const all = [...models.values()];
  return {
    column: field => columns.get(field),
    schema: {
      files: [],
      provider: 'postgresql',
      relationMode: 'foreignKeys',
      previewFeatures: [],
      datasource: nowhere,
      models: all,
      views: [],
      enums: [],
      foreignKeys: flatMap(all, ({ foreignKeys }) => foreignKeys),
      indexes: [],
      columns: flatMap(all, model => model.columns),
      model: name => all.find(model => model.name === name),
      enum: () => undefined,
    },
  };
}

function toModel(
  table: Table,
  ambiguous: boolean,
  schema: Schema | undefined,
  known: Map<Field, Column>,
): Building<Model> {
  const said = modelOf(schema, table);
  const model: Building<Model> = {
    path: table.path,
    // A name that no column has: keys that seem to lead here lead nowhere for certain.
    name: ambiguous ? `${table.name} ambiguous` : table.name,
    dbName: table.name,
    dbSchema: table.schema,
    ignored: false,
    view: false,
    documentation: [table.comment, said?.documentation].join('\n').trim(),
    comment: said?.comment ?? '',
    fields: [],
    columns: [],
    primaryKey: undefined,
    indexes: [],
    foreignKeys: [],
    span: nowhere,
    nameSpan: nowhere,
    field: name => model.columns.find(field => field.name === name),
  };
  model.columns = table.columns.map(column => {
    const field = toField(column, model, fieldOf(schema, column));
    known.set(field, column);
    return field;
  });
  model.fields = model.columns;
  return model;
}

function addKeys(table: Table, models: ReadonlyMap<string, Building<Model>>): void {
  const model = models.get(table.path);
  if (!model) return;
  const fields = (names: readonly string[], of: Model = model): readonly Field[] =>
    flatMap(names, name => of.field(name) ?? []);
  const { primaryKey } = table;
  if (primaryKey) {
    const key = { columns: fields(primaryKey.columns).map(field => ({ field })) };
    // What is asked of a primary key here is its columns.
    model.primaryKey = key as unknown as Index;
  }
  model.foreignKeys = flatMap(
    table.foreignKeys,
    ({ path, columns, referencedTable, referencedColumns, onDelete, onUpdate }) => {
      const referencedModel = models.get(referencedTable);
      const [field] = fields(columns);
      if (!referencedModel || !field) return [];
      const key: ForeignKey = {
        path,
        field,
        model,
        columns: fields(columns),
        referencedModel,
        referencedColumns: fields(referencedColumns, referencedModel),
        onDelete,
        onUpdate,
        span: nowhere,
      };
      return [key];
    },
  );
}

function toField(column: Column, model: Model, said: Field | undefined): Field {
  const { path, name, type, notNull, comment } = column;
  const [, base = type, size, list] = /^(.*?)(?:\((.*)\))?((?:\[\])*)$/.exec(type) ?? [];
  const native = nativeTypes.get(base);
  return {
    path,
    model,
    name,
    dbName: name,
    type: scalars.get(base) ?? base,
    kind: 'scalar',
    required: notNull,
    list: list !== '',
    nativeType: native === undefined ? undefined : nativeType(native, size),
    default: said?.default ?? defaultOf(column),
    updatedAt: false,
    ignored: false,
    relation: undefined,
    documentation: [comment, said?.documentation].join('\n').trim(),
    comment: said?.comment ?? '',
    span: nowhere,
    nameSpan: nowhere,
    typeSpan: nowhere,
  };
}

function defaultOf(column: Column): Default | undefined {
  if (column.identity !== null) return { kind: 'function', name: 'autoincrement', args: [], span: nowhere };
  if (column.default === null) return undefined;
  const [, text, number] = /^(?:'(.*)'::[\w ]+|(-?\d+))$/.exec(column.default) ?? [];
  const value = text ?? number;
  if (value !== undefined) return { kind: 'literal', value, span: nowhere };
  return { kind: 'function', name: 'dbgenerated', args: [column.default], span: nowhere };
}

function nativeType(name: string, size: string | undefined): NativeType {
  return { name, args: size === undefined ? [] : size.split(','), span: nowhere };
}

const scalars: ReadonlyMap<string, string> = new Map([
  ['text', 'String'],
  ['character varying', 'String'],
  ['character', 'String'],
  ['citext', 'String'],
  ['uuid', 'String'],
  ['smallint', 'Int'],
  ['integer', 'Int'],
  ['bigint', 'BigInt'],
]);
/** Those that say what `String` and `Int` alone would not. */
const nativeTypes: ReadonlyMap<string, string> = new Map([
  ['character varying', 'VarChar'],
  ['character', 'Char'],
  ['citext', 'Citext'],
  ['uuid', 'Uuid'],
  ['smallint', 'SmallInt'],
]);
