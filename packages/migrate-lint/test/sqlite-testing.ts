import { loadEngine, type EngineAdapterFactory } from '../src/database/engine.ts';

const offline = {
  provider: 'sqlite' as const,
  adapterName: 'migrate-lint-offline',
  queryRaw: () => Promise.reject(new Error('offline')),
  executeRaw: () => Promise.reject(new Error('offline')),
  executeScript: () => Promise.reject(new Error('offline')),
  startTransaction: () => Promise.reject(new Error('offline')),
  getConnectionInfo: () => ({ schemaName: 'main', supportsRelationJoins: false }),
  dispose: () => Promise.resolve(),
};
const factory = {
  provider: 'sqlite',
  adapterName: 'migrate-lint-offline',
  connect: () => Promise.resolve(offline),
  connectToShadowDb: () => Promise.resolve(offline),
} as unknown as EngineAdapterFactory;

/** What Prisma's own engine writes where the models of a SQLite project change from the first to the second. */
export async function sqliteMigration(from: string, to: string): Promise<string> {
  const engine = await loadEngine(factory);
  const files = (models: string) => [
    { path: 'schema.prisma', content: `datasource db {\n  provider = "sqlite"\n}\n${models}` },
  ];
  try {
    const { stdout } = await engine.diff({
      from: from === '' ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: files(from) },
      to: { tag: 'schemaDatamodel', files: files(to) },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? '';
  } finally {
    engine.free();
  }
}
