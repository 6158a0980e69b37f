import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCatalog, type Comparison } from '@migrate-lint/core';
import fc from 'fast-check';
import { buildSchema, unescape } from 'prisma-generator-audit';
import { compare } from '../src/database/compare.ts';
import type { Database } from '../src/database/database.ts';
import { schemaDdl, type EngineFile } from '../src/database/engine.ts';
import { buildExpected, databaseDefaults, withoutDatabaseDefaults } from '../src/database/expected.ts';
import { introspect } from '../src/database/introspect.ts';
import { equalDefaults } from '../src/database/equal-defaults.ts';
import { loadParser } from '../src/migrations/parser.ts';
import { startOracle, type EngineOracle } from './engine-oracle.ts';
import { schemaChange, schemaSpec, schemaText } from './schema-arbitrary.ts';

let oracle: EngineOracle;

beforeAll(async () => {
  await loadParser();
  oracle = await startOracle();
});
afterAll(() => oracle.close());

/** The schema as Prisma reads a folder: every model from the second on stands in a file of its own. */
function filesOf(text: string): readonly EngineFile[] {
  const [first = '', ...rest] = text.split(/^(?=model M[1-9])/m);
  const others = rest.map((content, index) => ({ path: `model-${String(index + 1)}.prisma`, content }));
  return [{ path: 'schema.prisma', content: first }, ...others];
}

/** Our comparison of the oracle's database, as it stands, with a schema. */
async function ours(content: string): Promise<Comparison> {
  const database: Database = { kind: 'embedded', ...oracle.database };
  const schema = buildSchema(filesOf(content).map(({ path, content: text }) => ({ path, text })));
  const replayed = await introspect(database);
  const ddl = await schemaDdl({ files: withoutDatabaseDefaults(filesOf(content), schema), externalTables: [] });
  const expected = await buildExpected(database, ddl, databaseDefaults(schema, unescape));
  return compare({
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
}

/** Every difference in words; what Prisma cannot say is no drift. */
function differences(comparison: Comparison): readonly string[] {
  const said: string[] = [];
  const alone = (
    kind: string,
    pairs: readonly { path: string; expected?: unknown; actual?: unknown; renamed: boolean }[],
  ): void => {
    for (const { path, expected, actual, renamed } of pairs) {
      if (expected === undefined) said.push(`extra ${kind} ${path}`);
      else if (actual === undefined) said.push(`missing ${kind} ${path}`);
      else if (renamed) said.push(`renamed ${kind} ${path}`);
    }
  };
  alone('table', comparison.tables);
  alone('column', comparison.columns);
  alone('enum', comparison.enums);
  alone('enum value', comparison.enumValues);
  alone('primary key', comparison.primaryKeys);
  alone('unique', comparison.uniques);
  alone('index', comparison.indexes);
  alone('foreign key', comparison.foreignKeys);
  for (const pair of comparison.columns) {
    if (pair.typeChanged) said.push(`type ${pair.path}`);
    if (pair.nullabilityChanged) said.push(`nullability ${pair.path}`);
    if (pair.defaultChanged) said.push(`default ${pair.path}`);
  }
  for (const pair of [...comparison.primaryKeys, ...comparison.uniques, ...comparison.indexes]) {
    if (pair.changed) said.push(`changed ${pair.path}`);
    if (pair.nameChanged) said.push(`name ${pair.path}`);
  }
  for (const pair of comparison.foreignKeys) {
    if (pair.nameChanged) said.push(`name ${pair.path}`);
    if (pair.actionsChanged) said.push(`actions ${pair.path}`);
  }
  return said;
}

describe('agreement with the engine of Prisma', () => {
  test('a database made by the engine from a schema has no drift for us', async () => {
    await fc.assert(
      fc.asyncProperty(schemaSpec, async spec => {
        const text = schemaText(spec);
        await oracle.reset();
        await oracle.run(await oracle.migration([], filesOf(text)));
        expect(differences(await ours(text))).toEqual([]);
      }),
      limits(40),
    );
  });

  test('our drift is empty exactly when the diff of the engine is', async () => {
    await fc.assert(
      fc.asyncProperty(schemaChange, async ([before, after]) => {
        const [old, text] = [schemaText(before), schemaText(after)];
        await oracle.reset();
        await oracle.run(await oracle.migration([], filesOf(old)));
        const script = await oracle.drift(filesOf(text));
        const said = differences(await ours(text));
        expect({ drift: said.length > 0, said, script }).toEqual({ drift: script !== '', said, script });
      }),
      limits(80),
    );
  });
});

/** `AGREEMENT_RUNS=1000` for a soak. Shrinking a failure ends in time to be reported. */
function limits(usual: number): fc.Parameters<unknown> {
  const numRuns = Number(process.env.AGREEMENT_RUNS ?? usual);
  const time = 100_000 * Math.ceil(numRuns / usual);
  return { numRuns, plugins: [fc.interruptAfterTimeLimit(time, { failOnInterrupt: true })] };
}
