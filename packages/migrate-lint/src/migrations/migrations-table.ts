import {
  FactUnavailable,
  qualifiedName,
  type MigrationRow,
  type MigrationsTable,
  type SourceContext,
} from '@migrate-lint/core';
import { isPostgresError, quoteLiteral, type Database } from '../database/database.ts';

const table = '_prisma_migrations';

/** The source of `migrationsTable`. */
export async function readMigrationsTable({ project, progress }: SourceContext): Promise<MigrationsTable> {
  const { url } = project;
  if (url === undefined) return { rows: undefined, connected: false };
  const { openServer } = await import('../database/server.ts');
  progress('Reading what the database says of its migrations');
  const database = await openServer(url);
  try {
    await database.execute('SET default_transaction_read_only = on');
    return { rows: await migrationRows(database, schemaOf(url)), connected: true };
  } finally {
    await database.close();
  }
}

/** What `_prisma_migrations` of this schema says, in the order in which the migrations started; undefined where there is no such table. */
export async function migrationRows(database: Database, schema: string): Promise<readonly MigrationRow[] | undefined> {
  const name = qualifiedName(schema, table);
  const [found] = await database.query<{ readonly there: boolean }>(
    `SELECT to_regclass(${quoteLiteral(name)}) IS NOT NULL AS there`,
  );
  if (!found?.there) return undefined;
  try {
    return await database.query<MigrationRow>(`
      SELECT migration_name AS name, checksum,
        CASE WHEN rolled_back_at IS NOT NULL THEN 'rolled back' WHEN finished_at IS NULL THEN 'failed' ELSE 'applied' END AS state
      FROM ${name} ORDER BY started_at, migration_name COLLATE "C", id`);
  } catch (error) {
    if (!isPostgresError(error)) throw error;
    throw new FactUnavailable(
      `What is applied in the database could not be read (${error.message}): give the role of --url the right to read \`${table}\`.`,
    );
  }
}

/** Prisma keeps the table in the schema that its url names. */
function schemaOf(url: string): string {
  try {
    return new URL(url).searchParams.get('schema') ?? 'public';
  } catch {
    // Connecting says what is wrong with it.
    return 'public';
  }
}
