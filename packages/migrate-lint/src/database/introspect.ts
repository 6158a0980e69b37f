import type { CatalogData, TableData } from '@migrate-lint/core';
import { quoteLiteral, type Database } from './database.ts';
import * as queries from './introspection-queries.ts';

export interface IntrospectOptions {
  /** Schemas that are not the project's: a prelude made them. */
  readonly ignoreSchemas?: readonly string[];
  /** Extensions that a prelude installed. */
  readonly ignoreExtensions?: readonly string[];
  /** Nothing but these. */
  readonly onlySchemas?: readonly string[];
  /** Only tables with columns and indexes, and enums. */
  readonly onlyTables?: boolean;
}

type TableKey = 'columns' | 'indexes' | 'foreignKeys' | 'checks' | 'exclusions' | 'triggers' | 'policies';
interface TablePart {
  readonly table: number;
}

/** Reads the catalogs of the database into plain data, sorted by schema and name. */
export async function introspect(database: Database, options: IntrospectOptions = {}): Promise<CatalogData> {
  const list = (names: readonly string[]): string => names.map(quoteLiteral).join(', ');
  const system = ['pg_catalog', 'pg_toast', 'information_schema', ...(options.ignoreSchemas ?? [])];
  const schemas = options.onlySchemas
    ? `n.nspname IN (${list(options.onlySchemas)})`
    : `n.nspname NOT IN (${list(system)}) AND n.nspname !~ '^pg_(temp|toast_temp)_'`;
  const read = async <Row>(query: (schemas: string) => string, wanted = true): Promise<readonly Row[]> =>
    wanted ? await database.query<Row>(query(schemas)) : [];
  const more = options.onlyTables !== true;

  const tables = await read<Omit<TableData, TableKey> & TablePart>(queries.tables);
  const parts: Record<TableKey, ReadonlyMap<number, readonly object[]>> = {
    columns: byTable(await read<TablePart>(queries.columns)),
    indexes: byTable(await read<TablePart>(queries.indexes)),
    foreignKeys: byTable(await read<TablePart>(queries.foreignKeys, more)),
    checks: byTable(await read<TablePart>(queries.checks, more)),
    exclusions: byTable(await read<TablePart>(queries.exclusions, more)),
    triggers: byTable(await read<TablePart>(queries.triggers, more)),
    policies: byTable(await read<TablePart>(queries.policies, more)),
  };
  return {
    tables: tables.map(({ table, ...rest }) => ({
      ...rest,
      ...(Object.fromEntries(Object.entries(parts).map(([key, rows]) => [key, rows.get(table) ?? []])) as Pick<
        TableData,
        TableKey
      >),
    })),
    enums: await read(queries.enums),
    sequences: await read(queries.sequences, more),
    views: await read(queries.views, more),
    functions: await read(queries.functions, more),
    domains: await read(queries.domains, more),
    compositeTypes: await read(queries.compositeTypes, more),
    extensions: (await read<CatalogData['extensions'][number]>(queries.extensions, more)).filter(
      ({ name }) => !options.ignoreExtensions?.includes(name),
    ),
    grants: await read(queries.grants, more),
  };
}

function byTable(rows: readonly TablePart[]): ReadonlyMap<number, readonly object[]> {
  const map = new Map<number, object[]>();
  for (const { table, ...row } of rows) {
    const list = map.get(table);
    if (list) list.push(row);
    else map.set(table, [row]);
  }
  return map;
}
