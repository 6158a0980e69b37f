import type { Field, Schema } from '@migrate-lint/core';

/** Whether the column is of a foreign key of its model. */
export function holdsKey(field: Field): boolean {
  return field.model.foreignKeys.some(({ columns }) => columns.includes(field));
}

const referenced = new WeakMap<Schema, ReadonlySet<Field>>();

/** Whether a foreign key points at the column. */
export function isReferenced(field: Field, schema: Schema): boolean {
  let fields = referenced.get(schema);
  if (!fields) {
    fields = new Set(schema.foreignKeys.flatMap(({ referencedColumns }) => referencedColumns));
    referenced.set(schema, fields);
  }
  return fields.has(field);
}
