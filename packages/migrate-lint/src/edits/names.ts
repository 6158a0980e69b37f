import type { Catalog } from '@migrate-lint/core';
import { quoteIdentifier } from '../database/database.ts';

interface Named {
  readonly schema: string;
  readonly name: string;
}

/** The name as SQL; `public` is left out, as Prisma does. */
export function qualified({ schema, name }: Named): string {
  return schema === 'public' ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/** The table of this path as SQL; one that the catalog lacks is taken at its word. */
export function tableName(path: string, catalog: Catalog): string {
  const table = catalog.table(path);
  return table ? qualified(table) : path.split('.').map(quoteIdentifier).join('.');
}

/** `"a", "b"` */
export function quotedList(names: readonly string[]): string {
  return names.map(quoteIdentifier).join(', ');
}
