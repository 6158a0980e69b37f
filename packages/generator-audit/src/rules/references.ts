import { flatMap, rememberedFor, type Field, type Schema } from '@migrate-lint/core';

/** Whether the column is of a foreign key of its model. */
export function holdsKey(field: Field): boolean {
  return field.model.foreignKeys.some(({ columns }) => columns.includes(field));
}

const referenced = rememberedFor(
  ({ foreignKeys }: Schema) => new Set(flatMap(foreignKeys, ({ referencedColumns }) => referencedColumns)),
);

/** Whether a foreign key points at the column. */
export function isReferenced(field: Field, schema: Schema): boolean {
  return referenced(schema).has(field);
}
