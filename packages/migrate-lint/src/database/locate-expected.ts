import {
  objectPath,
  type CatalogData,
  type Field,
  type IndexData,
  type Locate,
  type Model,
  type Schema,
  type Span,
} from '@migrate-lint/core';

/** Where the schema promises an object of the expected database. Names of indexes and keys are the engine's, so they are found by their columns. */
export function locateExpected(catalog: CatalogData, schema: Schema): Locate {
  const places = new Map<string, Span>();
  const models = new Map(schema.models.map(model => [objectPath(model.dbSchema ?? 'public', model.dbName), model]));
  const joinTables = new Map(schema.models.flatMap(model => joinTablesOf(model)));
  for (const type of schema.enums) places.set(`enum ${objectPath(type.dbSchema ?? 'public', type.dbName)}`, type.span);
  for (const table of catalog.tables) {
    const path = objectPath(table.schema, table.name);
    const model = models.get(path);
    const joins = joinTables.get(table.name);
    if (model) ofModel(model, table, path, places);
    else if (joins) places.set(`table ${path}`, joins.span);
  }
  return (kind, path) => places.get(`${kind} ${path}`) ?? null;
}

function ofModel(model: Model, table: CatalogData['tables'][number], path: string, places: Map<string, Span>): void {
  places.set(`table ${path}`, model.span);
  for (const field of model.columns) places.set(`column ${path}.${field.dbName}`, field.span);
  for (const index of table.indexes) {
    const place = indexPlace(model, index);
    if (place) places.set(`index ${path}.${index.name}`, place);
  }
  for (const key of table.foreignKeys) {
    const place = model.foreignKeys.find(({ columns }) => sameNames(columns, key.columns))?.span;
    if (place) places.set(`constraint ${path}.${key.name}`, place);
  }
}

function indexPlace(model: Model, index: IndexData): Span | undefined {
  const columns = index.keys.map(key => key.column ?? '');
  const fitting = model.indexes.filter(
    candidate =>
      sameNames(
        candidate.columns.map(({ field }) => field),
        columns,
      ) &&
      candidate.unique === index.unique &&
      (candidate.kind === 'id') === index.primary,
  );
  return (fitting.find(candidate => candidate.map === index.name) ?? fitting[0])?.span;
}

function sameNames(fields: readonly Field[], columns: readonly string[]): boolean {
  return fields.length === columns.length && fields.every((field, at) => field.dbName === columns[at]);
}

/** The implicit many-to-many tables of a model, by name: `_` and the relation's name, or both models' names in order. */
function joinTablesOf(model: Model): readonly (readonly [string, Field])[] {
  return model.fields.flatMap(field => {
    const { relation } = field;
    if (!field.list || relation === undefined || relation.fields.length > 0) return [];
    const pair = [model.name, relation.model.name].sort();
    return [[`_${relation.name ?? pair.join('To')}`, field] as const];
  });
}
