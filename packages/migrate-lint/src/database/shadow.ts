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
import { forEngine, readSchema, unescape, type SchemaText } from 'prisma-generator-audit/source';
import { loadParser } from '../migrations/parser.ts';
import { migrationsHash } from '../migrations/source.ts';
import { connectionSchema, enterSchema, leaveSchema } from './connection-schema.ts';
import type { Database } from './database.ts';
import type { DdlRequest } from './engine.ts';
import { equalDefaults } from './equal-defaults.ts';
import { buildExpected, databaseDefaults, withoutDatabaseDefaults, type ExpectedData } from './expected.ts';
import { declaredExtensions, extensionsIn } from './extensions.ts';
import { introspect } from './introspect.ts';
import { noPrelude, preludeFor } from './prelude.ts';
import type { FailedMigration } from './replay.ts';
import { checkRoutines, type RoutineData } from './routines.ts';

/** What the shadow database told, as plain data; kept in the cache, so that an unchanged project starts no database. */
export interface ShadowData {
  readonly failed: FailedMigration | null;
  /** Null when a migration failed. */
  readonly replayed: CatalogData | null;
  /** Null when a migration failed, or the schema is not valid. */
  readonly expected: ExpectedData | null;
  /** What Postgres refuses in the bodies of functions. */
  readonly routines: readonly RoutineData[];
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
  const prelude = context.project.shadowUrl === undefined ? preludeFor(history) : noPrelude;
  const extensions = [...new Set([...extensionsIn(history), ...declared, ...prelude.extensions])];
  let database = await openShadow(context, extensions);
  try {
    let failed = await replayIn(context, database, migrations, prelude.sql);
    const schema = failed && (await schemaOfConnection(database, failed, migrations));
    if (schema !== undefined) {
      await database.close();
      database = await openShadow(context, extensions);
      failed = await replayIn(context, database, migrations, `${prelude.sql}; ${enterSchema(schema)}`);
    }
    if (failed) return { failed, replayed: null, expected: null, routines: [], equalDefaults: [] };
    await database.execute('RESET ROLE');
    if (schema !== undefined) await database.execute(leaveSchema(schema));
    await database.execute('SET search_path = public');
    const replayed = await introspect(database, {
      ignoreSchemas: prelude.schemas,
      ignoreExtensions: prelude.extensions,
    });
    const routines = await checkRoutines(database, replayed, prelude.schemas);
    const promised = await promise;
    if (!promised) return { failed: null, replayed, expected: null, routines, equalDefaults: [] };
    context.progress('Building what the schema promises');
    const expected = await buildExpected(database, promised.ddl, databaseDefaults(promised.schema, unescape));
    const equal = await equalDefaults(database, expected, replayed);
    return { failed: null, replayed, expected, routines, equalDefaults: equal };
  } finally {
    await database.close();
  }
}

async function replayIn(
  context: SourceContext,
  database: Database,
  { migrations }: Migrations,
  before: string,
): Promise<FailedMigration | undefined> {
  await database.execute(before);
  const { replay } = await import('./replay.ts');
  return replay(database, migrations, context.signal, done => {
    context.progress(`Replaying migrations: ${String(done)} of ${String(migrations.length)}`);
  });
}

async function schemaOfConnection(
  database: Database,
  failed: FailedMigration,
  { migrations }: Migrations,
): Promise<string | undefined> {
  await database.execute('ROLLBACK');
  const migration = migrations.find(({ name }) => name === failed.name);
  return connectionSchema(database, failed, migration);
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

/** An empty database: on the server of `--shadow-url`, else embedded. */
export async function openShadow(context: SourceContext, extensions: readonly string[]): Promise<Database> {
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
