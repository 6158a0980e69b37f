import type { Extension } from '@electric-sql/pglite';
import type { Database } from './database.ts';

/** Extensions whose module does not follow the name, or that is a package of its own. */
const modules: Readonly<Record<string, string>> = {
  vector: '@electric-sql/pglite-pgvector',
};

/**
 * Starts Postgres in this process, from the prepared data directory of `pglite-prepopulatedfs` (no initdb: 0.8 s in place of 3 s).
 * `extensions` are names as `CREATE EXTENSION` says them; those that PGlite does not ship are left out, and the statement that
 * wants one fails with SQLSTATE 0A000.
 */
export async function openEmbedded(extensions: readonly string[]): Promise<Database> {
  const [{ PGlite }, { dataDir }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite-prepopulatedfs'),
  ]);
  const found = await Promise.all(extensions.map(async name => [name, await loadExtension(name)] as const));
  const loaded = Object.fromEntries(found.flatMap(([name, module]) => (module ? [[moduleName(name), module]] : [])));
  const pglite = await PGlite.create({ loadDataDir: await dataDir(), extensions: loaded });
  return {
    kind: 'embedded',
    execute: async sql => {
      await pglite.exec(sql);
    },
    query: async <Row>(sql: string) => (await pglite.query<Row>(sql)).rows,
    close: () => pglite.close(),
  };
}

function moduleName(extension: string): string {
  return extension.replaceAll('-', '_');
}

async function loadExtension(name: string): Promise<Extension | undefined> {
  if (!/^[a-z0-9_-]+$/.test(name)) return undefined;
  try {
    const module = (await import(modules[name] ?? `@electric-sql/pglite/contrib/${moduleName(name)}`)) as Record<
      string,
      Extension
    >;
    return module[moduleName(name)];
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' || code === 'MODULE_NOT_FOUND')
      return undefined;
    throw error;
  }
}
