import type { Table } from './catalog.ts';
import { objectPath } from './create-catalog.ts';
import { rememberedFor } from '../remembered.ts';
import type { Field, Model, Schema } from './schema.ts';

/**
 * The model that stands for a table of the database, `@@ignore`d ones too; undefined where no model does, and without a schema. What a
 * model says is judged by the rules of the schema, so a rule of the database asks this first.
 */
export function modelOf(schema: Schema | undefined, table: Pick<Table, 'schema' | 'name'>): Model | undefined {
  return schema && modelsByTable(schema).get(objectPath(table.schema, table.name));
}

const modelsByTable = rememberedFor(
  ({ models }: Schema) => new Map(models.map(model => [objectPath(model.dbSchema ?? 'public', model.dbName), model])),
);

/** The field that stands for a column of the database. */
export function fieldOf(
  schema: Schema | undefined,
  column: { readonly name: string; readonly table: Pick<Table, 'schema' | 'name'> },
): Field | undefined {
  return modelOf(schema, column.table)?.columns.find(({ dbName }) => dbName === column.name);
}
