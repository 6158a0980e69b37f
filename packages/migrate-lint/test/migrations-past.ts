import { createCatalog, type Catalog, type PastCatalog } from '@migrate-lint/core';
import type { Database } from '../src/database/database.ts';
import { introspect } from '../src/database/introspect.ts';

/** What a catalog holds, as sorted lines that both kinds of it can say. */
export function linesOf(catalog: Catalog): readonly string[] {
  const lines = catalog.tables.flatMap(table => [
    `table ${table.path} ${table.kind} ${flags({ unlogged: table.unlogged, rls: table.rowSecurity })}`,
    ...table.columns.map(column =>
      line(`column ${column.path}`, {
        type: column.type,
        notNull: column.notNull,
        // NULL is no default, though with a length Postgres keeps it.
        default: column.default !== null && !column.default.startsWith('NULL'),
        identity: column.identity,
        generated: column.generated !== null,
        collation: column.collation,
      }),
    ),
    ...table.indexes.map(index =>
      line(`index ${index.path}`, {
        method: index.method,
        unique: index.unique,
        columns: index.keys.map(({ column }) => column),
        include: index.include,
        predicate: index.predicate !== null,
        nullsNotDistinct: index.nullsNotDistinct,
        constraint: index.constraint,
      }),
    ),
    ...table.foreignKeys.map(key =>
      line(`foreign ${key.path}`, {
        columns: key.columns,
        referencedTable: key.referencedTable,
        referencedColumns: key.referencedColumns,
        onDelete: key.onDelete,
        onUpdate: key.onUpdate,
        validated: key.validated,
        deferrable: key.deferrable,
      }),
    ),
    ...table.checks.map(check => line(`check ${check.path}`, { validated: check.validated })),
    ...table.exclusions.map(({ path }) => `exclusion ${path}`),
    ...table.policies.map(({ path }) => `policy ${path}`),
    ...table.triggers.map(({ path }) => `trigger ${path}`),
  ]);
  return [...lines, ...catalog.enums.map(({ path, values }) => line(`enum ${path}`, { values }))].sort();
}

/** The same of a catalog that was read from the statements. Schemas are left out that are not the project's. */
export function pastLinesOf(catalog: PastCatalog, schemas: readonly string[] = []): readonly string[] {
  const lines = catalog.tables
    .filter(({ schema, partitionOf, temporary }) => !schemas.includes(schema) && !partitionOf && !temporary)
    .flatMap(table => [
      `table ${table.path} ${kinds[table.kind] ?? 'table'} ${flags({ unlogged: table.unlogged, rls: table.rowSecurity })}`,
      ...table.columns.map(column =>
        line(`column ${column.path}`, {
          type: column.type,
          notNull: column.notNull,
          default: column.default !== undefined,
          identity: column.identity ?? null,
          generated: column.generated !== undefined,
          collation: column.collation ?? null,
        }),
      ),
      ...table.indexes.map(index =>
        line(`index ${index.path}`, {
          method: index.method,
          unique: index.unique,
          columns: index.columns,
          include: index.include,
          predicate: index.predicate !== undefined,
          nullsNotDistinct: index.nullsNotDistinct,
          constraint: index.constraint ?? null,
        }),
      ),
      ...table.constraints.flatMap(key => {
        if (key.type === 'check') return [line(`check ${key.path}`, { validated: key.validated })];
        if (key.type === 'exclusion') return [`exclusion ${key.path}`];
        if (key.type !== 'foreign') return [];
        return [
          line(`foreign ${key.path}`, {
            columns: key.columns,
            referencedTable: key.referencedTable,
            referencedColumns: key.referencedColumns,
            onDelete: key.onDelete,
            onUpdate: key.onUpdate,
            validated: key.validated,
            deferrable: key.deferrable,
          }),
        ];
      }),
      ...table.policies.map(({ path }) => `policy ${path}`),
      ...table.triggers.map(({ path }) => `trigger ${path}`),
    ]);
  return [...lines, ...catalog.enums.map(({ path, values }) => line(`enum ${path}`, { values }))].sort();
}

const kinds: Readonly<Record<string, string>> = { 'partitioned table': 'partitioned', 'foreign table': 'foreign' };

function line(head: string, said: Readonly<Record<string, unknown>>): string {
  return `${head} ${JSON.stringify(said)}`;
}

function flags(said: Readonly<Record<string, boolean>>): string {
  return Object.keys(said)
    .filter(flag => said[flag])
    .join(' ');
}

/** What the one says and the other does not, with a sign in front: `-` of the database, `+` of the statements. */
export function differences(catalog: Catalog, past: PastCatalog, schemas?: readonly string[]): readonly string[] {
  const [there, said] = [new Set(linesOf(catalog)), new Set(pastLinesOf(past, schemas))];
  return [
    ...[...there].filter(each => !said.has(each)).map(each => `- ${each}`),
    ...[...said].filter(each => !there.has(each)).map(each => `+ ${each}`),
  ].sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
}

export async function catalogOf(database: Database, ignoreSchemas: readonly string[] = []): Promise<Catalog> {
  await database.execute('RESET search_path');
  return createCatalog(await introspect(database, { ignoreSchemas }));
}
