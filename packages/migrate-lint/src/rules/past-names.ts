import { qualifiedName, type PastTable } from '@migrate-lint/core';

/** A table as SQL names it; `public` is left out, as Prisma does. */
export function tableSql({ schema, name }: Pick<PastTable, 'schema' | 'name'>): string {
  return qualifiedName(schema === 'public' ? undefined : schema, name);
}
