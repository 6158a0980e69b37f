import { PGlite, type Extensions } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import type { Database } from '../src/database/database.ts';
import { loadEngine, type EngineAdapterFactory, type EngineFile } from '../src/database/engine.ts';

/** Postgres type OID → `ColumnTypeEnum` of `@prisma/driver-adapter-utils`. What is not here is read as text. */
const columnTypes: Readonly<Record<number, number>> = {
  16: 5, 21: 0, 23: 0, 20: 1, 26: 1, 700: 2, 701: 3, 1700: 4, 18: 6, 114: 11, 3802: 11,
  1000: 69, 1002: 70, 1003: 71, 1005: 64, 1007: 64, 1009: 71, 1015: 71, 1016: 65, 1028: 65,
}; // prettier-ignore

const int64 = new Set([1, 65]);

/** Prisma's own engine on an embedded database: what it thinks has to change for the database to be what the schema says. */
export interface EngineOracle {
  readonly database: Omit<Database, 'kind'>;
  run(sql: string): Promise<void>;
  /** A new `public`, empty, with no other schema, role or extension beside it. */
  reset(): Promise<void>;
  /** The script of changes; empty when there is no drift for the engine. */
  drift(files: readonly EngineFile[], externalTables?: readonly string[]): Promise<string>;
  /** The script that makes the second schema of the first. */
  migration(from: readonly EngineFile[], to: readonly EngineFile[]): Promise<string>;
  close(): Promise<void>;
}

/** Starts a database with the adapter that the engine sees it through. */
export async function startOracle(extensions: Extensions = {}): Promise<EngineOracle> {
  const pglite = await PGlite.create({ loadDataDir: await dataDir(), extensions });
  const queryable = {
    provider: 'postgres' as const,
    adapterName: 'migrate-lint-oracle',
    queryRaw: async ({ sql, args }: { sql: string; args: readonly unknown[] }) => {
      const result = await pglite.query<unknown[]>(sql, [...args], {
        rowMode: 'array',
        parsers: { 114: String, 3802: String },
      });
      const types = result.fields.map(field => columnTypes[field.dataTypeID] ?? 7);
      return {
        columnNames: result.fields.map(field => field.name),
        columnTypes: types,
        rows: result.rows.map(row => row.map((value, index) => toEngine(value, types[index] ?? 7))),
      };
    },
    executeRaw: async ({ sql, args }: { sql: string; args: readonly unknown[] }) =>
      (await pglite.query(sql, [...args])).affectedRows ?? 0,
    executeScript: async (sql: string) => {
      await pglite.exec(sql);
    },
    startTransaction: () => Promise.reject(new Error('the oracle starts no transactions')),
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    dispose: () => Promise.resolve(),
  };
  const factory = {
    provider: 'postgres',
    adapterName: 'migrate-lint-oracle',
    connect: () => Promise.resolve(queryable),
    connectToShadowDb: () => Promise.resolve(queryable),
  } as unknown as EngineAdapterFactory;

  const diff = async (from: object, to: readonly EngineFile[], externalTables: readonly string[]): Promise<string> => {
    const engine = await loadEngine(factory);
    try {
      const { stdout } = await engine.diff({
        from,
        to: { tag: 'schemaDatamodel', files: to },
        script: true,
        exitCode: null,
        filters: { externalTables, externalEnums: [] },
      });
      const script = stdout ?? '';
      return script.trim() === '-- This is an empty migration.' ? '' : script;
    } finally {
      engine.free();
    }
  };
  return {
    database: {
      execute: async sql => {
        await pglite.exec(sql);
      },
      query: async <Row>(sql: string) => (await pglite.query<Row>(sql)).rows,
      close: () => pglite.close(),
    },
    run: async sql => {
      await pglite.exec(sql);
    },
    reset: async () => {
      const { rows } = await pglite.query<{ name: string }>(
        `SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`,
      );
      await pglite.exec(
        `${rows.map(({ name }) => `DROP SCHEMA ${name} CASCADE;`).join('')} CREATE SCHEMA public; SET search_path = public;`,
      );
    },
    drift: (files, externalTables = []) =>
      diff({ tag: 'schemaDatasource', files, configDir: '.' }, files, externalTables),
    migration: (from, to) =>
      diff(from.length === 0 ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: from }, to, []),
    close: () => pglite.close(),
  };
}

function toEngine(value: unknown, type: number): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((item: unknown) => (int64.has(type) ? text(item) : item));
  if (int64.has(type) || type === 7 || type === 6) return text(value);
  return value;
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  // The bounds of a bigint sequence; JSON has no way to say them.
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}
