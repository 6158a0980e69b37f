import type { CatalogData } from '@migrate-lint/core';
import { quoteIdentifier, quoteLiteral, type Database } from './database.ts';
import { Corrections } from './corrections.ts';
import type { BodyFault } from './doubts.ts';
import { RoutineCheck, type RoutineContext } from './routine-check.ts';
import * as queries from './routine-query.ts';
import { TypeReader } from './routine-types.ts';

/** What Postgres refuses in the body of one function that it was asked about, as plain data. */
export interface RoutineData {
  readonly schema: string;
  readonly name: string;
  /** `pg_get_function_identity_arguments`. */
  readonly arguments: string;
  readonly faults: readonly BodyFault[];
}

/**
 * Has Postgres analyse every statement of every function of the project, as PL/pgSQL would when it comes to it, without running any.
 * What is in schemas to ignore, which a prelude made, is not known as a whole. Leaves `public` as the search path.
 */
export async function checkRoutines(
  database: Database,
  catalog: CatalogData,
  ignoreSchemas: readonly string[] = [],
): Promise<readonly RoutineData[]> {
  if (!catalog.functions.some(({ language }) => language === 'plpgsql' || language === 'sql')) return [];
  const system = ['pg_catalog', 'pg_toast', 'information_schema', ...ignoreSchemas];
  // As introspection writes them.
  const signatures = new Map(
    (await database.query<{ oid: number; arguments: string }>(queries.signatures)).map(row => [row.oid, row.arguments]),
  );
  await database.execute(`SET search_path = ''`);
  try {
    const rows = await database.query<queries.RoutineRow>(
      queries.routines(`n.nspname NOT IN (${system.map(quoteLiteral).join(', ')})`),
    );
    // What is in a schema that holds nothing of the project, such as that of an extension, is not known.
    const { tables, views, functions, enums } = catalog;
    const schemas = [...new Set(['public', ...[...tables, ...views, ...functions, ...enums].map(one => one.schema)])];
    const context: RoutineContext = {
      database,
      schemas,
      types: new TypeReader(database),
      corrections: new Corrections(catalog),
      made: tablesMadeIn(rows.map(row => row.body).join('\n')),
      columns: columnsByTable(catalog),
      // On a server a refusal takes nothing away; the embedded database bears about 1,700 (PGlite 0.5.8, Postgres 18.3).
      budget: { left: database.kind === 'embedded' ? 800 : 100_000 },
      ambiguous: repeated([...catalog.tables, ...catalog.views].map(({ name }) => name)),
    };
    const found: RoutineData[] = [];
    for (const row of rows) {
      if (context.budget.left <= 0) break;
      const path = row.path ?? searchPath(row.schema, schemas);
      await database.execute(`SELECT set_config('search_path', ${quoteLiteral(path)}, false)`);
      const faults = await new RoutineCheck(row, path, context).run();
      found.push({ schema: row.schema, name: row.name, arguments: signatures.get(row.oid) ?? '', faults });
    }
    return found;
  } finally {
    await database.execute('SET search_path = public');
  }
}

/** A function without a path of its own runs in its caller's, which nobody knows: whatever is anywhere may be found. */
function searchPath(own: string, schemas: readonly string[]): string {
  const others = schemas.filter(schema => schema !== 'public' && schema !== own);
  return [...new Set(['public', own, ...others, 'extensions'])].map(quoteIdentifier).join(', ');
}

/** Names of the tables that bodies make when they run, be it in a text to execute. */
function tablesMadeIn(bodies: string): ReadonlySet<string> {
  const made =
    /\bcreate\s+(?:(?:global|local|temp|temporary|unlogged|or|replace|materialized)\s+)*(?:table|view)\s+(?:if\s+not\s+exists\s+)?(?:\w+\.)?"?(\w+)/gi;
  return new Set([...bodies.matchAll(made)].map(([, name = '']) => name.toLowerCase()));
}

function columnsByTable({ tables, views }: CatalogData): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (name: string, columns: readonly string[]): void => {
    found.set(name, new Set([...(found.get(name) ?? []), ...columns]));
  };
  for (const { name, columns } of tables)
    add(
      name,
      columns.map(column => column.name),
    );
  for (const { name, columns } of views) add(name, columns);
  return found;
}

function repeated(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter((name, at) => names.indexOf(name) !== at));
}
