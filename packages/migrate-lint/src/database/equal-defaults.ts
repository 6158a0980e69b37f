import type { CatalogData } from '@migrate-lint/core';
import { isConstant } from './compare-columns.ts';
import type { Database } from './database.ts';
import type { ExpectedData } from './expected.ts';

/** Lets Postgres compare the constant defaults that are written in two ways: `'{}'::text[]` and `ARRAY[]::text[]`. */
export async function equalDefaults(
  database: Database,
  expected: ExpectedData,
  replayed: CatalogData,
): Promise<readonly string[]> {
  const tables = new Map(replayed.tables.map(table => [`${table.schema}.${table.name}`, table]));
  const equal: string[] = [];
  for (const table of expected.catalog.tables) {
    const there = tables.get(`${table.schema}.${table.name}`);
    const columns = new Map(there?.columns.map(column => [column.name, column]));
    for (const column of table.columns) {
      const other = columns.get(column.name);
      if (column.default === null || other?.default == null || column.default === other.default) continue;
      if (column.type !== other.type || !isConstant(column.default) || !isConstant(other.default)) continue;
      const cast = (text: string): string => `CAST(CAST(${text} AS ${column.type}) AS text)`;
      const rows = await database
        .query<{ same: boolean }>(`SELECT ${cast(column.default)} IS NOT DISTINCT FROM ${cast(other.default)} AS same`)
        .catch(() => []);
      if (rows[0]?.same === true) equal.push(`${table.schema}.${table.name}.${column.name}`);
    }
  }
  return equal;
}
