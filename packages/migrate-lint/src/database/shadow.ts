import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import {
  FactUnavailable,
  inBackground,
  type CatalogData,
  type Migrations,
  type Schema,
  type SourceContext,
} from '@migrate-lint/core';
import { forEngine, readSchema, unescape, type SchemaText } from 'prisma-generator-audit';
import { loadParser } from '../migrations/parser.ts';
import { migrationsHash } from '../migrations/source.ts';
import type { Database } from './database.ts';
import type { DdlRequest } from './engine.ts';
import { equalDefaults } from './equal-defaults.ts';
import { buildExpected, databaseDefaults, withoutDatabaseDefaults, type ExpectedData } from './expected.ts';
import { declaredExtensions, extensionsIn } from './extensions.ts';
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
  const { externalTables, shadowUrl, schemaPath, cwd } = context.project;
  const [migrations, files] = await Promise.all([context.get('migrations'), readSchema(schemaPath, cwd)]);
  const build = () => buildShadow(context, migrations, files);
  // What a server makes of the history depends on the server.
  if (shadowUrl !== undefined) return build();
  const key = [migrationsHash(migrations), ...files.flatMap(file => [file.path, hash(file.text)]), ...externalTables];
  return context.cache.remember('shadow', key, build);
}

/** The schema is validated and its DDL written in threads of their own, while the migrations are replayed in this one. */
async function buildShadow(
  context: SourceContext,
  migrations: Migrations,
  files: readonly SchemaText[],
): Promise<ShadowData> {
  const promise = promiseOf(context, files);
  // Whoever awaits it hears of the error; a replay that fails first must not make it an unhandled one.
  promise.catch(() => undefined);
  const history = migrations.migrations.map(migration => migration.text).join('\n');
  await loadParser();
  context.progress('Starting the shadow database');
  const declared = files.flatMap(({ text }) => declaredExtensions(text));
  const database = await open(context, [...extensionsIn(history), ...declared]);
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
    const promised = await promise;
    if (!promised) return { failed: null, replayed, expected: null, equalDefaults: [] };
    context.progress('Building what the schema promises');
    const expected = await buildExpected(database, promised.ddl, databaseDefaults(promised.schema, unescape));
    return { failed: null, replayed, expected, equalDefaults: await equalDefaults(database, expected, replayed) };
  } finally {
    await database.close();
  }
}

/** The schema and its DDL; undefined for a schema that is not valid or not for PostgreSQL. */
async function promiseOf(
  context: SourceContext,
  files: readonly SchemaText[],
): Promise<{ readonly schema: Schema; readonly ddl: string } | undefined> {
  try {
    const schema = await context.get('schema');
    // The facts that need the promise say so; the migrations can still be replayed.
    if (schema.provider !== 'postgresql') return undefined;
    const blanked = forEngine(files).map(({ path, text }) => ({ path, content: text }));
    const request: DdlRequest = {
      files: withoutDatabaseDefaults(blanked, schema),
      externalTables: context.project.externalTables,
    };
    const engine = new URL(`./engine${extname(import.meta.url)}`, import.meta.url);
    const ddl = await inBackground(engine, 'schemaDdl', request, () =>
      import('./engine.ts').then(module => module.schemaDdl),
    );
    return { schema, ddl };
  } catch (error) {
    if (error instanceof FactUnavailable) return undefined;
    throw error;
  }
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
