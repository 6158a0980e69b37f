import { createHash } from 'node:crypto';
import {
  FactUnavailable,
  type CatalogData,
  type Migrations,
  type Schema,
  type SourceContext,
} from '@migrate-lint/core';
import { forEngine, unescape } from 'prisma-generator-audit';
import { loadParser } from '../migrations/parser.ts';
import { migrationsHash } from '../migrations/source.ts';
import type { Database } from './database.ts';
import { equalDefaults } from './equal-defaults.ts';
import {
  buildExpected,
  databaseDefaults,
  extensionsIn,
  withoutDatabaseDefaults,
  type ExpectedData,
} from './expected.ts';
import { introspect } from './introspect.ts';
import { preludeFor } from './prelude.ts';
import type { FailedMigration } from './replay.ts';

/** What the shadow database told, as plain data; kept in the cache, so that an unchanged project starts no database. */
export interface ShadowData {
  readonly failed: FailedMigration | null;
  /** Null when a migration failed. */
  readonly replayed: CatalogData | null;
  /** Null when a migration failed, or the schema is not valid. */
  readonly expected: ExpectedData | null;
  /** `schema.table.column` where the two defaults differ as text and not as values. */
  readonly equalDefaults: readonly string[];
}

const shadows = new WeakMap<SourceContext, Promise<ShadowData>>();

/** Replays the migrations and builds the schema beside them, once for all facts of a run. */
export function shadow(context: SourceContext): Promise<ShadowData> {
  let data = shadows.get(context);
  if (!data) {
    data = remembered(context);
    shadows.set(context, data);
  }
  return data;
}

async function remembered(context: SourceContext): Promise<ShadowData> {
  const migrations = await context.get('migrations');
  const schema = await context.get('schema').catch((error: unknown) => {
    if (error instanceof FactUnavailable) return undefined;
    throw error;
  });
  const files = schema ? context.texts(schema.files) : [];
  const { externalTables, shadowUrl } = context.project;
  const build = () => buildShadow(context, migrations, schema, files);
  // What a server makes of the history depends on the server.
  if (shadowUrl !== undefined) return build();
  const key = [migrationsHash(migrations), ...files.flatMap(file => [file.path, hash(file.text)]), ...externalTables];
  return context.cache.remember('shadow', key, build);
}

async function buildShadow(
  context: SourceContext,
  migrations: Migrations,
  schema: Schema | undefined,
  files: readonly { path: string; text: string }[],
): Promise<ShadowData> {
  const history = migrations.migrations.map(migration => migration.text).join('\n');
  const ddl = schema && (await ddlOf(schema, files, context.project.externalTables));
  await loadParser();
  context.progress('Starting the shadow database');
  const database = await open(context, extensionsIn(`${history}\n${ddl ?? ''}`));
  try {
    const prelude = database.kind === 'embedded' ? preludeFor(history) : { sql: '', schemas: [] };
    await database.execute(prelude.sql);
    const count = migrations.migrations.length;
    const { replay } = await import('./replay.ts');
    const failed = await replay(database, migrations.migrations, context.signal, done => {
      context.progress(`Replaying migrations: ${String(done)} of ${String(count)}`);
    });
    if (failed) return { failed, replayed: null, expected: null, equalDefaults: [] };
    await database.execute('RESET ROLE; SET search_path = public');
    const replayed = await introspect(database, { ignoreSchemas: prelude.schemas });
    if (ddl === undefined || !schema) return { failed: null, replayed, expected: null, equalDefaults: [] };
    context.progress('Building what the schema promises');
    const expected = await buildExpected(database, ddl, databaseDefaults(schema, unescape));
    return { failed: null, replayed, expected, equalDefaults: await equalDefaults(database, expected, replayed) };
  } finally {
    await database.close();
  }
}

async function ddlOf(
  schema: Schema,
  files: readonly { path: string; text: string }[],
  externalTables: readonly string[],
): Promise<string> {
  const { schemaDdl } = await import('./engine.ts');
  const blanked = forEngine(files).map(({ path, text }) => ({ path, content: text }));
  return schemaDdl(withoutDatabaseDefaults(blanked, schema), externalTables);
}

async function open(context: SourceContext, extensions: readonly string[]): Promise<Database> {
  if (context.project.shadowUrl !== undefined) {
    const { openShadowOnServer } = await import('./server.ts');
    return openShadowOnServer(context.project.shadowUrl);
  }
  const { openEmbedded } = await import('./embedded.ts');
  return openEmbedded(extensions);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
