import {
  flatMap,
  modelOf,
  type Catalog,
  type Column,
  type Comparison,
  type Schema,
  type Table,
  type TableForeignKey,
  type TableIndex,
} from '@migrate-lint/core';

/** What the rules of a catalog may read to know which things are theirs to judge. */
export interface Scope {
  readonly database: Catalog;
  readonly schema?: Schema | undefined;
  readonly comparison?: Comparison | undefined;
}

/** Schemas that a platform or an extension keeps in a live database. Nobody mends them with a migration of the project. */
const platformSchemas: ReadonlySet<string> = new Set(
  flatMap(
    [
      '_analytics _realtime _timescaledb_cache _timescaledb_catalog _timescaledb_config _timescaledb_internal aiven_extras auth cron',
      'electric extensions graphile_worker graphql graphql_public hdb_catalog heroku_ext londiste neon neon_auth net partman pgagent',
      'pganalyze pgboss pgbouncer pghero pglogical pgmq pgq pgroonga pgsodium pgsodium_masks pgtle rdsadmin realtime repack storage',
      'supabase_functions supabase_migrations tiger tiger_data topology vault',
    ],
    line => line.split(' '),
  ),
);

/** The tables that the project answers for: none of a platform, of `tables.external`, of another server or of Prisma's own books. */
export function ownTables({ database, comparison }: Scope): readonly Table[] {
  const external = new Set(comparison?.externalTables.map(({ path }) => path));
  return database.tables.filter(table => {
    // Projects that were merged keep copies of it.
    if (table.kind === 'foreign' || table.name.startsWith('_prisma_migrations')) return false;
    // What a migration of the project makes is the project's, whatever it is called.
    return (!external.has(table.path) && !platformSchemas.has(table.schema)) || table.span !== null;
  });
}

/** Columns of those tables that no field of the schema says: what a field says is judged by the rules of the schema. */
export function ownColumns(scope: Scope): readonly Column[] {
  return flatMap(ownTables(scope), table => {
    const fields = new Set(modelOf(scope.schema, table)?.columns.map(({ dbName }) => dbName));
    return table.columns.filter(({ name }) => !fields.has(name));
  });
}

/** The foreign keys of those tables that no relation of the schema says. */
export function ownForeignKeys(scope: Scope): readonly TableForeignKey[] {
  return flatMap(ownTables(scope), table => {
    const relations = modelOf(scope.schema, table)?.foreignKeys ?? [];
    const said = new Set(relations.map(({ columns }) => nameSet(columns.map(({ dbName }) => dbName))));
    return isJoinTable(table) ? [] : table.foreignKeys.filter(({ columns }) => !said.has(nameSet(columns)));
  });
}

/** The table that Prisma makes for an implicit many-to-many relation: `_AToB` with the columns A and B. */
export function isJoinTable({ name, columns }: Table): boolean {
  return name.startsWith('_') && columns.map(column => column.name).join() === 'A,B';
}

/**
 * Who speaks of an index or a foreign key: the schema, which says just this one; drift, to which it is extra or not what the schema
 * says; or nobody, because it stands on a table without a model or is of a kind that no .prisma file can say.
 */
export function spokenOf(thing: TableIndex | TableForeignKey, { comparison }: Scope): 'schema' | 'drift' | 'nobody' {
  if (!comparison) return 'nobody';
  const { primaryKeys, uniques, indexes, foreignKeys } = comparison;
  if ('keys' in thing) {
    const pair = [...primaryKeys, ...uniques, ...indexes].find(({ actual }) => actual?.path === thing.path);
    if (!pair) return 'nobody';
    return pair.expected && !pair.changed && pair.weakness === undefined ? 'schema' : 'drift';
  }
  const pair = foreignKeys.find(({ actual }) => actual?.path === thing.path);
  return pair ? (pair.expected ? 'schema' : 'drift') : 'nobody';
}

function nameSet(names: readonly string[]): string {
  return [...names].sort().join('\0');
}
