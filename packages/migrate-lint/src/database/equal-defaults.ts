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
      const [wanted, found] = [column.default, other?.default ?? null];
      if (wanted === null || found === null || wanted === found) continue;
      if (column.type !== other?.type || !isConstant(wanted) || !isConstant(found)) continue;
      const cast = (text: string): string => `CAST(CAST(${text} AS ${column.type}) AS text)`;
      const rows = await database
        .query<{ same: boolean }>(`SELECT ${cast(wanted)} IS NOT DISTINCT FROM ${cast(found)} AS same`)
        .catch(() => []);
      if (rows[0]?.same === true) equal.push(`${table.schema}.${table.name}.${column.name}`);
    }
  }
  return equal;
}
