import { groupBy, type CatalogData, type Field, type IndexData, type Schema, type TableData } from '@migrate-lint/core';
import { parseStatements } from '../migrations/parser.ts';
import { isPostgresError, quoteIdentifier, type Database } from './database.ts';
import type { EngineFile } from './engine.ts';
import { extensionsIn } from './extensions.ts';
import { introspect } from './introspect.ts';
import { isPlain, synthesize, type SynthesizedObject } from './synthesize.ts';

/** The database that the schema promises, and what of it the shadow could not build. */
export interface ExpectedData {
  readonly catalog: CatalogData;
  /** Columns (`schema.table.column`) whose default Postgres did not take: a generated column, or a text that is no expression. */
  readonly unknownDefaults: readonly string[];
  readonly extensions: readonly string[];
}

/** A default that only the database can say: `@default(dbgenerated("…"))`. It is set apart from the DDL, so that one which fails spoils nothing else. */
export interface DatabaseDefault {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly expression: string;
}

/** Takes `@default(dbgenerated(…))` out of the files, blanks in its place so that every offset stays. */
export function withoutDatabaseDefaults(files: readonly EngineFile[], schema: Schema): readonly EngineFile[] {
  const spans = databaseDefaultFields(schema).flatMap(field => (field.default ? [field.default.span] : []));
  return files.map(file => {
    let { content } = file;
    for (const { file: path, start, end } of spans) {
      if (path === file.path)
        content = content.slice(0, start) + content.slice(start, end).replace(/[^\n]/g, ' ') + content.slice(end);
    }
    return { path: file.path, content };
  });
}

export function databaseDefaults(schema: Schema, unescape: (written: string) => string): readonly DatabaseDefault[] {
  return databaseDefaultFields(schema).map(field => ({
    schema: field.model.dbSchema ?? 'public',
    table: field.model.dbName,
    column: field.dbName,
    expression: field.default?.kind === 'function' ? unescape((field.default.args[0] ?? '').replace(/^"|"$/g, '')) : '',
  }));
}

function databaseDefaultFields(schema: Schema): readonly Field[] {
  return schema.columns.filter(field => field.default?.kind === 'function' && field.default.name === 'dbgenerated');
}

/**
 * Builds the schema's DDL in the database where the migrations ran, so that its types, functions and extensions are there, and reads it
 * back: whatever Postgres makes of a type or a default, it makes of both sides. The replayed schemas step aside under another name;
 * everything happens in one transaction that is rolled back.
 */
export async function buildExpected(
  database: Database,
  ddl: string,
  defaults: readonly DatabaseDefault[],
): Promise<ExpectedData> {
  const schemas = [
    'public',
    ...[...ddl.matchAll(/^CREATE SCHEMA IF NOT EXISTS "((?:[^"]|"")+)";$/gm)].map(match =>
      (match[1] ?? '').replaceAll('""', '"'),
    ),
  ];
  const existing = new Set(
    (await database.query<{ name: string }>('SELECT nspname AS name FROM pg_namespace')).map(row => row.name),
  );
  const moved = schemas.filter((schema, index) => existing.has(schema) && schemas.indexOf(schema) === index);
  const path = ['public', ...moved.map(aside)].map(quoteIdentifier).join(', ');
  await database.execute('BEGIN');
  try {
    await database.execute(
      moved
        .map(
          schema =>
            `ALTER SCHEMA ${quoteIdentifier(schema)} RENAME TO ${quoteIdentifier(aside(schema))}; CREATE SCHEMA ${quoteIdentifier(schema)};`,
        )
        .join('\n') + `SET LOCAL search_path = ${path};`,
    );
    const rest = await buildTables(database, ddl);
    const unknownDefaults = await setDefaults(database, defaults);
    const catalog = await introspect(database, { onlySchemas: schemas, onlyTables: true });
    return { catalog: complete(catalog, rest), unknownDefaults, extensions: extensionsIn(ddl) };
  } finally {
    await database.execute('ROLLBACK');
  }
}

/** Behind `public` in the search path and never printed: Postgres leaves out the schema of what it finds through the path. */
function aside(schema: string): string {
  return `migrate_lint_replayed_${schema}`;
}

/** What is not built: indexes and foreign keys, which the parse tree tells whole, and what Postgres refused. */
interface Rest {
  readonly objects: readonly SynthesizedObject[];
  readonly types: ReadonlyMap<string, string>;
}

async function buildTables(database: Database, ddl: string): Promise<Rest> {
  const types = new Map<string, string>();
  const objects: SynthesizedObject[] = [];
  const statements = parseStatements(ddl).flatMap(statement => {
    const sql = ddl.slice(statement.start, statement.end);
    const made = isPlain(statement) ? synthesize(statement, sql) : [];
    objects.push(...made);
    return made.length > 0 ? [] : [{ ...statement, sql }];
  });
  if (await attempt(database, statements.map(({ sql }) => sql).join(';\n'))) return { objects, types };
  for (const statement of statements) {
    const built = await createWithKnownTypes(database, statement.sql, types);
    if (!built) objects.push(...synthesize(statement, statement.sql));
  }
  return { objects, types };
}

/** Runs a statement; a column whose type no migration and no extension makes is made as text, and its type noted. */
async function createWithKnownTypes(database: Database, sql: string, types: Map<string, string>): Promise<boolean> {
  let text = sql;
  for (;;) {
    const error = await attemptWithError(database, text);
    if (!error) return true;
    const missing =
      error.code === '42704' && error.position !== undefined ? typeAt(text, Number(error.position) - 1) : undefined;
    const table = /^CREATE TABLE ("(?:[^"]|"")+"(?:\."(?:[^"]|"")+")?)/.exec(text)?.[1];
    if (!missing || table === undefined) return false;
    types.set(`${table}.${missing.column}`, missing.type);
    text =
      text.slice(0, missing.start) +
      'text'.padEnd(missing.type.length) +
      text.slice(missing.start + missing.type.length);
  }
}

/** The engine writes one column a line: `    "name" type NOT NULL,`. */
function typeAt(sql: string, characters: number): { start: number; type: string; column: string } | undefined {
  const start = Array.from(sql).slice(0, characters).join('').length;
  const line = sql.slice(sql.lastIndexOf('\n', start) + 1, start);
  const column = /^\s*("(?:[^"]|"")+")\s+$/.exec(line)?.[1];
  const type = /^(?:"(?:[^"]|"")+"|[\w.]+)(?:\([^)]*\))?(?:\[\])*/.exec(sql.slice(start))?.[0];
  return column === undefined || type === undefined ? undefined : { start, type, column };
}

async function setDefaults(database: Database, defaults: readonly DatabaseDefault[]): Promise<readonly string[]> {
  const statements = defaults
    .filter(({ expression }) => expression.trim() !== '')
    .map(({ schema, table, column, expression }) => ({
      key: `${schema}.${table}.${column}`,
      sql: `ALTER TABLE ${quoteIdentifier(schema)}.${quoteIdentifier(table)} ALTER COLUMN ${quoteIdentifier(column)} SET DEFAULT ${expression};`,
    }));
  const unknown = defaults
    .filter(({ expression }) => expression.trim() === '')
    .map(({ schema, table, column }) => `${schema}.${table}.${column}`);
  if (await attempt(database, statements.map(({ sql }) => sql).join('\n'))) return unknown;
  for (const { key, sql } of statements) {
    // `public.f()` names a schema that has stepped aside.
    const done =
      (await attempt(database, sql)) || (await attempt(database, sql.replace(/(SET DEFAULT .*)"?public"?\./s, '$1')));
    if (!done) unknown.push(key);
  }
  return unknown;
}

async function attempt(database: Database, sql: string): Promise<boolean> {
  return (await attemptWithError(database, sql)) === undefined;
}

async function attemptWithError(database: Database, sql: string) {
  await database.execute('SAVEPOINT attempt');
  try {
    await database.execute(sql);
    await database.execute('RELEASE SAVEPOINT attempt');
    return undefined;
  } catch (error) {
    if (!isPostgresError(error)) throw error;
    await database.execute('ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt');
    return error;
  }
}

/** Adds what was not built, so that it is missed where it is missing. */
function complete(catalog: CatalogData, { objects, types }: Rest): CatalogData {
  const byTable = groupBy(objects, ({ schema, table }) => `${schema}.${table}`);
  const tables = catalog.tables.map((table): TableData => {
    const own = byTable.get(`${table.schema}.${table.name}`) ?? [];
    const names = [quoteIdentifier(table.name), `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`];
    const typeOf = (column: string): string | undefined =>
      names.map(name => types.get(`${name}.${quoteIdentifier(column)}`)).find(type => type !== undefined);
    const indexes = own.flatMap((object): IndexData[] => (object.index ? [object.index] : []));
    return {
      ...table,
      columns: table.columns.map(column => ({ ...column, type: typeOf(column.name) ?? column.type })),
      indexes: [...table.indexes, ...indexes].sort(byName),
      foreignKeys: own.flatMap(object => (object.foreignKey ? [object.foreignKey] : [])).sort(byName),
    };
  });
  return { ...catalog, tables };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
