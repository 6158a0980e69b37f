import { createCatalog, type Comparison, type Schema } from '@migrate-lint/core';
import { buildSchema, unescape } from 'prisma-generator-audit';
import { compare } from '../src/database/compare.ts';
import type { Database } from '../src/database/database.ts';
import { schemaDdl } from '../src/database/engine.ts';
import { equalDefaults } from '../src/database/equal-defaults.ts';
import { buildExpected, databaseDefaults, withoutDatabaseDefaults } from '../src/database/expected.ts';
import { introspect } from '../src/database/introspect.ts';
import type { EngineOracle } from './engine-oracle.ts';

/** Our comparison of the oracle's database, as it stands, with a schema. */
export async function compareOracle(
  oracle: EngineOracle,
  content: string,
): Promise<{ readonly comparison: Comparison; readonly schema: Schema }> {
  const database: Database = { kind: 'embedded', ...oracle.database };
  const schema = buildSchema([{ path: 'schema.prisma', text: content }]);
  const replayed = await introspect(database);
  const files = withoutDatabaseDefaults([{ path: 'schema.prisma', content }], schema);
  const ddl = await schemaDdl({ files, externalTables: [] });
  const expected = await buildExpected(database, ddl, databaseDefaults(schema, unescape));
  const comparison = compare({
    expected: createCatalog(expected.catalog),
    actual: createCatalog(replayed),
    against: 'migrations',
    unknownDefaults: new Set(expected.unknownDefaults),
    equalDefaults: new Set(await equalDefaults(database, expected, replayed)),
    declaredExtensions: [],
    externalTables: [],
    managedSchemas: new Set(['public']),
    manifest: undefined,
    lastTouch: () => undefined,
  });
  return { comparison, schema };
}
