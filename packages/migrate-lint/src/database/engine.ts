import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { quoteLiteral } from './database.ts';

/** The part of `@prisma/schema-engine-wasm` that is used here. */
interface EngineRuntime {
  readonly SchemaEngine: {
    new: (options: object, log: (message: string) => void, adapter: unknown) => Promise<SchemaEngine>;
  };
  __wbg_set_wasm(exports: unknown): void;
}

export interface SchemaEngine {
  diff(params: object): Promise<{ exitCode: number; stdout: string | null }>;
  free(): void;
}

export interface EngineFile {
  readonly path: string;
  readonly content: string;
}

/** What an engine connects through; a diff from nothing asks no more than the server's version. */
export type EngineAdapterFactory = Parameters<typeof bindMigrationAwareSqlAdapterFactory>[0];

/** The DOM's types are not loaded for one function. */
const webAssembly = (globalThis as Record<string, unknown>).WebAssembly as {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

let runtime: Promise<EngineRuntime> | undefined;

/** Loads Prisma's schema engine (WebAssembly, no native binary, no download) and binds it to an adapter. */
export async function loadEngine(adapter: EngineAdapterFactory): Promise<SchemaEngine> {
  runtime ??= instantiate();
  const { SchemaEngine } = await runtime;
  return SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapter));
}

async function instantiate(): Promise<EngineRuntime> {
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const module = (await import(pathToFileURL(path).href)) as EngineRuntime;
  // Without a registry a panic of the engine shows as a TypeError about `set_message`.
  (globalThis as Record<string, unknown>).PRISMA_WASM_PANIC_REGISTRY ??= {
    set_message: (message: string) => {
      throw new Error(`Prisma's schema engine failed: ${message}`);
    },
  };
  const bytes = await readFile(join(dirname(path), 'schema_engine_bg.wasm'));
  const { instance } = await webAssembly.instantiate(bytes, { './schema_engine_bg.js': module });
  module.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return module;
}

/** An adapter for diffs that need no database: it knows the answer to the one question that the engine asks. */
const offline = {
  provider: 'postgres',
  adapterName: 'migrate-lint-offline',
  connect: () =>
    Promise.resolve({
      provider: 'postgres',
      adapterName: 'migrate-lint-offline',
      queryRaw: ({ sql }: { sql: string }) => {
        if (!sql.includes('numeric_version'))
          throw new Error(`Prisma's schema engine asked an offline adapter: ${sql}`);
        const [boolean, text, int32] = [5, 7, 0];
        return Promise.resolve({
          columnNames: ['exists', 'version', 'numeric_version'],
          columnTypes: [boolean, text, int32],
          rows: [[true, 'PostgreSQL 18.0', 180000]],
        });
      },
      executeRaw: () => Promise.reject(new Error('offline')),
      executeScript: () => Promise.reject(new Error('offline')),
      startTransaction: () => Promise.reject(new Error('offline')),
      getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
      dispose: () => Promise.resolve(),
    }),
  connectToShadowDb: () => Promise.reject(new Error('offline')),
} as unknown as EngineAdapterFactory;

export interface DdlRequest {
  readonly files: readonly EngineFile[];
  /** `schema.table`: left out of the DDL. */
  readonly externalTables: readonly string[];
}

/** The DDL that Prisma's own engine writes for a schema on an empty database. Throws what the engine says when it refuses the schema. */
export async function schemaDdl({ files, externalTables }: DdlRequest): Promise<string> {
  const engine = await loadEngine(offline);
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables, externalEnums: [] },
    });
    return quoteEnumValues(stdout ?? '');
  } finally {
    engine.free();
  }
}

/** The engine writes the values of an enum as they are, one `CREATE TYPE` a line; a quote in one would end it. */
function quoteEnumValues(ddl: string): string {
  return ddl.replace(
    /^(CREATE TYPE .*? AS ENUM \()'(.*)'\);$/gm,
    (_, head: string, values: string) => `${head}${values.split("', '").map(quoteLiteral).join(', ')});`,
  );
}
