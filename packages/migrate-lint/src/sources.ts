import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import {
  createCatalog,
  FactUnavailable,
  type Catalog,
  type Comparison,
  type DatabaseCode,
  type Expression,
  type Locate,
  type LocatedKind,
  type Migrations,
  type Schema,
  type SourceContext,
  type Sources,
  type TouchKind,
} from '@migrate-lint/core';
import { compare } from './database/compare.ts';
import { injectedParameters } from './database/dynamic-sql.ts';
import { readExpression } from './database/expressions.ts';
import { locateExpected } from './database/locate-expected.ts';
import type { RoutineData } from './database/routines.ts';
import { shadow } from './database/shadow.ts';
import { readGit } from './git/source.ts';
import { readApplied } from './migrations/applied.ts';
import { loadParser } from './migrations/parser.ts';
import { readMigrations, readPostgresMigrations } from './migrations/source.ts';

/** How this package's facts are built. */
export const sources: Sources = {
  migrations: readMigrations,
  postgresMigrations: readPostgresMigrations,
  git: readGit,
  migrationsTable: async context => {
    const { readMigrationsTable } = await import('./migrations/migrations-table.ts');
    return readMigrationsTable(context);
  },
  applied: readApplied,
  looseSql: async context => {
    const { readLooseSql } = await import('./migrations/loose-sql.ts');
    return readLooseSql(context);
  },
  // In UTC, so that a day ends at the same moment for everybody.
  today: () => Promise.resolve(new Date().toISOString().slice(0, 10)),
  replay: async context => {
    const migrations = await context.get('migrations');
    expectPostgres(migrations);
    const { failed } = await shadow(context);
    return {
      migrations: migrations.migrations.map(migration => ({
        path: migration.name,
        migration,
        failure: failed?.name === migration.name ? failed.failure : undefined,
      })),
    };
  },
  locks: async context => {
    expectPostgres(await context.get('migrations'));
    const { readLocks } = await import('./database/locks.ts');
    return readLocks(context);
  },
  replayed: async context => createCatalog(await replayedData(context), await locateReplayed(context)),
  expected: async context => {
    const schema = await postgresSchema(context);
    await replayedData(context);
    const { expected } = await shadow(context);
    if (!expected) throw new FactUnavailable('What the schema promises could not be built.');
    return createCatalog(expected.catalog, locateExpected(expected.catalog, schema));
  },
  comparison: compareWithSchema,
  database: actualCatalog,
  code: readCode,
};

async function postgresSchema(context: SourceContext): Promise<Schema> {
  const schema = await context.get('schema');
  if (schema.provider !== 'postgresql') {
    throw new FactUnavailable(`The datasource is ${schema.provider}: drift is compared on PostgreSQL only.`);
  }
  return schema;
}

async function replayedData(context: SourceContext) {
  await postgresSchema(context);
  const migrations = await context.get('migrations');
  expectPostgres(migrations);
  const { failed, replayed } = await shadow(context);
  if (failed) {
    const unread = migrations.migrations.some(({ name, syntaxError }) => name === failed.name && syntaxError);
    const rule = unread ? 'migration/syntax-error' : 'history/replay-failure';
    throw new FactUnavailable(`The migrations do not run: ${failed.name} fails (${rule}).`);
  }
  if (!replayed) throw new FactUnavailable('The migrations were not replayed.');
  return replayed;
}

/** Without a lock file they are taken for what the schema says; `history/missing-lock-file` speaks of that. */
function expectPostgres({ lockFile }: Migrations): void {
  const { provider = 'postgresql', span } = lockFile ?? {};
  if (['postgresql', 'postgres', 'cockroachdb'].includes(provider)) return;
  throw new FactUnavailable(
    `The migrations are for ${provider}: replaying them needs PostgreSQL, and \`${span?.file ?? ''}\` says otherwise.`,
  );
}

const touchKinds: Readonly<Partial<Record<LocatedKind, TouchKind>>> = { grant: 'grant' };

async function locateReplayed(context: SourceContext): Promise<Locate> {
  const migrations = await context.get('migrations');
  await loadParser();
  return (kind, path) => migrations.lastTouch(touchKinds[kind] ?? kind, path)?.span ?? null;
}

async function compareWithSchema(context: SourceContext): Promise<Comparison> {
  const schema = await postgresSchema(context);
  const { project } = context;
  // A live database is compared in the migrations' stead: what they make is compared with the schema as well, without a url.
  const [expected, actual] = [await context.get('expected'), await actualCatalog(context)];
  const migrations = await context.get('migrations');
  const { expected: data, equalDefaults } = await shadow(context);
  await loadParser();
  const manifest = await manifestText(context);
  const { readManifest } = manifest ? await import('./database/manifest.ts') : { readManifest: undefined };
  const lastTouch = (kind: TouchKind, path: string) => migrations.lastTouch(kind, path);
  return compare({
    expected,
    actual,
    against: project.url === undefined ? 'migrations' : 'database',
    unknownDefaults: new Set(data?.unknownDefaults),
    equalDefaults: new Set(project.url === undefined ? equalDefaults : []),
    declaredExtensions: data?.extensions ?? [],
    externalTables: project.externalTables.map(name => {
      const path = name.replace(/^public\./, '');
      return { path, span: null, inDatabase: actual.table(path) !== undefined };
    }),
    managedSchemas: managedSchemas(schema),
    manifest: manifest && readManifest && (found => readManifest(manifest.file, manifest.text, found, lastTouch)),
    lastTouch,
  });
}

/** What a real database refuses in its functions, read while it is open. */
const liveRoutines = new WeakMap<SourceContext, readonly RoutineData[]>();

async function actualCatalog(context: SourceContext): Promise<Catalog> {
  const { url } = context.project;
  if (url === undefined) return context.get('replayed');
  const [{ openServer }, { introspect }, { checkRoutines }] = await Promise.all([
    import('./database/server.ts'),
    import('./database/introspect.ts'),
    import('./database/routines.ts'),
  ]);
  context.progress('Reading the database');
  const database = await openServer(url);
  try {
    await database.execute('SET search_path = public; SET default_transaction_read_only = on');
    const catalog = await introspect(database);
    await loadParser();
    liveRoutines.set(context, await checkRoutines(database, catalog));
    return createCatalog(catalog);
  } finally {
    await database.close();
  }
}

/** Each expression is read when a rule asks for it, and once. */
async function readCode(context: SourceContext): Promise<DatabaseCode> {
  const database = await context.get('database');
  const live = context.project.url !== undefined;
  const refused = live ? (liveRoutines.get(context) ?? []) : (await shadow(context)).routines;
  const migrations = live ? undefined : await context.get('migrations');
  await loadParser();
  const { routinesOf } = await import('./database/routine-facts.ts');
  const expressions = new Map<string, Expression>();
  return {
    expression: sql => {
      const expression = expressions.get(sql) ?? readExpression(sql);
      expressions.set(sql, expression);
      return expression;
    },
    injected: injectedParameters,
    routines: routinesOf(database, refused, migrations),
  };
}

/** The schemas that a `@@schema` names, or `public`. */
function managedSchemas(schema: Schema): ReadonlySet<string> {
  const named = [...schema.models, ...schema.enums].flatMap(({ dbSchema }) =>
    dbSchema === undefined ? [] : [dbSchema],
  );
  return new Set(named.length === 0 ? ['public'] : named);
}

/** Where the manifest of unmanaged objects stands: beside the migrations, so for most projects `prisma/unmanaged.json`. */
export function manifestPath(context: Pick<SourceContext, 'project'>): string | undefined {
  const { migrationsPath } = context.project;
  return migrationsPath === undefined ? undefined : join(dirname(migrationsPath), 'unmanaged.json');
}

async function manifestText(context: SourceContext): Promise<{ file: string; text: string } | undefined> {
  const path = manifestPath(context);
  if (path === undefined) return undefined;
  try {
    const text = await readFile(path, 'utf8');
    const file = relative(context.project.cwd, path).replaceAll('\\', '/');
    context.addFile({ path: file, text, language: 'json', blocks: [] });
    return { file, text };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
