import { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { DriverAdapterError } from '@prisma/driver-adapter-utils';
import { loadEngine, type EngineAdapterFactory, type SchemaEngine } from '../src/database/engine.ts';
import { isPostgresError, type Database } from '../src/database/database.ts';

/** migration.sql by folder name. */
export type History = Readonly<Record<string, string>>;

/** What Prisma's engine thinks of a history and a database. */
export interface Diagnosis {
  readonly editedMigrationNames: readonly string[];
  readonly failedMigrationNames: readonly string[];
  readonly hasMigrationsTable: boolean;
  readonly history: {
    readonly unappliedMigrationNames?: readonly string[];
    readonly unpersistedMigrationNames?: readonly string[];
  } | null;
}

/** `prisma migrate deploy` and what `migrate status` asks, on an embedded database. */
export interface HistoryOracle {
  readonly database: Database;
  /** Resolves with the names that it applied; rejects as the command fails. */
  deploy(history: History): Promise<readonly string[]>;
  diagnose(history: History): Promise<Diagnosis>;
}

interface HistoryEngine extends SchemaEngine {
  applyMigrations(input: object): Promise<{ readonly appliedMigrationNames: readonly string[] }>;
  diagnoseMigrationHistory(input: object): Promise<Diagnosis>;
}

/** `ColumnTypeEnum` of `@prisma/driver-adapter-utils` by the OID of Postgres: boolean, int2, int4, int8, timestamptz. */
const columnTypes: Readonly<Record<number, number>> = { 16: 5, 21: 0, 23: 0, 20: 1, 1184: 10 };
const text = 7;

export async function startHistoryOracle(): Promise<HistoryOracle> {
  const pglite = await PGlite.create({ loadDataDir: await dataDir() });
  const queryable = {
    provider: 'postgres' as const,
    adapterName: 'migrate-lint-history-oracle',
    queryRaw: async ({ sql, args }: { sql: string; args: readonly unknown[] }) => {
      const options = { rowMode: 'array', parsers: { 1184: isoTime, 20: String } } as const;
      const result = await said(pglite.query<unknown[]>(sql, [...args], options));
      return {
        columnNames: result.fields.map(({ name }) => name),
        columnTypes: result.fields.map(({ dataTypeID }) => columnTypes[dataTypeID] ?? text),
        rows: result.rows,
      };
    },
    executeRaw: async ({ sql, args }: { sql: string; args: readonly unknown[] }) =>
      (await said(pglite.query(sql, [...args]))).affectedRows ?? 0,
    executeScript: async (sql: string) => {
      await said(pglite.exec(sql));
    },
    startTransaction: () => Promise.reject(new Error('the oracle starts no transactions')),
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    dispose: () => Promise.resolve(),
  };
  const factory = {
    provider: 'postgres',
    adapterName: 'migrate-lint-history-oracle',
    connect: () => Promise.resolve(queryable),
    connectToShadowDb: () => Promise.resolve(queryable),
  } as unknown as EngineAdapterFactory;
  const ask = async <Answer>(question: (engine: HistoryEngine) => Promise<Answer>): Promise<Answer> => {
    const engine = (await loadEngine(factory)) as HistoryEngine;
    const restore = withoutWaiting();
    try {
      return await question(engine);
    } finally {
      restore();
      engine.free();
    }
  };
  const filters = { externalTables: [], externalEnums: [] };
  return {
    database: {
      kind: 'embedded',
      execute: async sql => {
        await pglite.exec(sql);
      },
      query: async <Row>(sql: string) => (await pglite.query<Row>(sql)).rows,
      close: () => pglite.close(),
    },
    deploy: history =>
      ask(async engine => {
        const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: listOf(history), filters });
        return appliedMigrationNames;
      }),
    diagnose: history =>
      ask(engine =>
        engine.diagnoseMigrationHistory({ migrationsList: listOf(history), optInToShadowDatabase: false, filters }),
      ),
  };
}

/** The engine waits ten seconds for its advisory lock and never stops the clock when it has it; nobody is to wait for that at the end. */
function withoutWaiting(): () => void {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = Object.assign(
    (...args: Parameters<typeof setTimeout>) => setTimeout(...args).unref(),
    setTimeout,
  );
  return () => {
    globalThis.setTimeout = setTimeout;
  };
}

/** Errors in the form in which the engine reads them. */
async function said<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!isPostgresError(error)) throw error;
    const { code, message } = error;
    const nothing = { severity: 'ERROR', detail: undefined, column: undefined, hint: undefined };
    throw new DriverAdapterError({
      kind: 'postgres',
      code,
      message,
      originalCode: code,
      originalMessage: message,
      ...nothing,
    });
  }
}

function listOf(history: History): object {
  return {
    baseDir: '/project/prisma/migrations',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: Object.entries(history).map(([path, value]) => ({
      path,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } },
    })),
  };
}

function isoTime(time: string): string {
  return new Date(time).toISOString();
}
