import type { Field } from '@migrate-lint/core';

/** The line of a new column, with the mapping and the native type that another model's column of this kind has. */
export function columnLike(like: Field | undefined, name: string, type: string, attributes = ''): string {
  const map = like && like.dbName !== like.name ? ` @map(${JSON.stringify(like.dbName)})` : '';
  const { name: native = '', args = [] } = like?.nativeType ?? {};
  const as = native === '' ? '' : ` @db.${native}${args.length > 0 ? `(${args.join()})` : ''}`;
  return `${name} ${type}${attributes}${map}${as}`;
}
