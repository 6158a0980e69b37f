import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import {
  FactUnavailable,
  flatMap,
  inPrismaOrder,
  UsageError,
  type Migrations,
  type SourceContext,
} from '@migrate-lint/core';
import { appliedMigrations } from './applied.ts';
import { dialectOf, isPostgres } from './dialects/dialect.ts';
import { loadDialects, parseScript } from './dialects/parser.ts';
import { History, type Parse } from './history.ts';
import type { LastTouches } from './objects.ts';
import { loadParser } from './parser.ts';
import { prismaVersion } from './prisma-version.ts';
import { lastTouches } from './touches.ts';

const sqlFile = 'migration.sql';
const lockFileName = 'migration_lock.toml';
/** A path relative to the working directory, with `/`. */
type Shown = (path: string) => string;

/** The source of `migrations`: the folders as Prisma applies them. SQL is parsed when somebody asks for statements or touches. */
export async function readMigrations(context: SourceContext): Promise<Migrations> {
  const { migrationsPath, cwd } = context.project;
  if (migrationsPath === undefined) {
    throw new FactUnavailable(
      'The project has no migrations folder; make one with `prisma migrate dev`, or name it with --migrations.',
    );
  }
  const shown: Shown = path => relative(cwd, path).split(sep).join('/') || '.';
  // Git answers and the parser is compiled while the files are read.
  const [applied, , texts] = await Promise.all([
    appliedMigrations(context),
    loadParser(),
    readTexts(migrationsPath, shown),
  ]);
  const prisma = prismaVersion(context);
  const lockFile = readLockFile(migrationsPath, context, shown);
  const provider = lockFile?.provider ?? (await datasourceOf(context)) ?? 'postgresql';
  if (dialectOf(provider)) await loadDialects();
  const directory = shown(migrationsPath);
  const prefix = directory === '.' ? '' : `${directory}/`;
  const history = new History(
    flatMap([...texts], ([name, text]) =>
      text === undefined
        ? []
        : [{ name, file: `${prefix}${name}/${sqlFile}`, text, applied: applied.reasons.get(name) }],
    ),
    // Older versions of Prisma sent a file as one query, which is one transaction to Postgres only.
    isPostgres(provider) ? prisma : undefined,
    parserOf(provider),
    provider,
  );
  for (const migration of history.migrations) {
    context.addFile({
      path: migration.file,
      text: migration.text,
      language: 'sql',
      get blocks() {
        return migration.statements.map(({ span }) => span);
      },
    });
  }
  let touches: LastTouches | undefined;
  return {
    directory,
    lockFile,
    provider,
    migrations: history.migrations,
    appliedUnknown: applied.unknown,
    prisma,
    get unread() {
      return history.unread;
    },
    withoutSql: flatMap([...texts], ([name, text]) =>
      text === undefined && !holdsScript(join(migrationsPath, name)) ? [name] : [],
    ),
    lastTouch: (kind, path) => {
      touches ??= lastTouches(history.statements);
      return touches(kind, path);
    },
  };
}

/** The source of `postgresMigrations`. */
export async function readPostgresMigrations(context: SourceContext): Promise<Migrations> {
  const migrations = await context.get('migrations');
  if (isPostgres(migrations.provider)) return migrations;
  throw new FactUnavailable(
    `The migrations are for ${migrations.provider}: locks, rewrites and transactions are known for PostgreSQL only.`,
  );
}

/** What the schema says, where it can be read. */
async function datasourceOf(context: SourceContext): Promise<string | undefined> {
  try {
    return (await context.get('schema')).provider;
  } catch (error) {
    if (error instanceof FactUnavailable) return undefined;
    throw error;
  }
}

/** Undefined for Postgres's own. */
function parserOf(provider: string): Parse | undefined {
  const dialect = dialectOf(provider);
  if (dialect) return script => parseScript(script, dialect);
  if (isPostgres(provider)) return undefined;
  // A whole file of a database that nobody reads here.
  return script => ({
    statements: [],
    unread: [{ start: 0, end: script.length, message: `SQL of ${provider} is not read` }],
  });
}

/** Changes whenever a name or a text does. */
export function migrationsHash({ migrations }: Pick<Migrations, 'migrations'>): string {
  const hash = createHash('sha256');
  for (const { name, text } of migrations) hash.update(JSON.stringify([name, text]));
  return hash.digest('hex');
}

/** A migration that another runner than Prisma's executes. */
function holdsScript(folder: string): boolean {
  return readdirSync(folder).some(name => /\.(?:[cm]?[jt]s|py|sh|rb)$/.test(name));
}

/** The SQL of each folder in Prisma's order; undefined where it has none. */
async function readTexts(path: string, shown: Shown): Promise<ReadonlyMap<string, string | undefined>> {
  const folders = await foldersIn(path, shown);
  // The names of folders need no normalizing, which takes longer for hundreds of them than their SQL.
  return new Map(folders.map(name => [name, readText([path, name, sqlFile].join(sep), shown)]));
}

/** Prisma takes every folder for a migration, whatever its name, and files for none. */
async function foldersIn(path: string, shown: Shown): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw new UsageError(`The migrations folder \`${shown(path)}\` ${reason(error, folderReasons)}.`);
  });
  const isFolder = await inOrder(entries, async entry => {
    if (!entry.isSymbolicLink()) return entry.isDirectory();
    const link = join(path, entry.name);
    const target = await stat(link).catch((error: unknown) => {
      // What leads nowhere is no folder.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new UsageError(`The migration \`${shown(link)}\` ${reason(error, linkReasons)}.`);
    });
    return target?.isDirectory() ?? false;
  });
  return (
    entries
      .filter((_entry, index) => isFolder[index])
      .map(({ name }) => name)
      // Nearly always the same order, which leaves the slow comparison little to do.
      .sort()
      .sort(inPrismaOrder)
  );
}

function readLockFile(folder: string, context: SourceContext, shown: Shown): Migrations['lockFile'] {
  const path = join(folder, lockFileName);
  const text = readText(path, shown);
  if (text === undefined) return undefined;
  const file = shown(path);
  // Its comments are not SQL's; what matters is that places in it can be shown.
  context.addFile({ path: file, text, language: 'sql', blocks: [] });
  const found = /^\uFEFF?[ \t]*provider[ \t]*=[ \t]*(?:"([^"\n]*)"|'([^'\n]*)')/m.exec(text);
  const start = found ? found.index + found[0].indexOf('provider') : 0;
  const end = found ? found.index + found[0].length : text.length;
  return { provider: found?.[1] ?? found?.[2], span: { file, start, end } };
}

/** Undefined where there is no such file. */
function readText(path: string, shown: Shown): string | undefined {
  let bytes;
  try {
    // Of 800 small files, one after the other takes a sixth of the time of all at once.
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(`\`${shown(path)}\` ${reason(error, fileReasons)}.`);
  }
  try {
    // The byte order mark stays: offsets are those of the file. The parser reads past it.
    const text = decoder.decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below.
  }
  throw new UsageError(`\`${shown(path)}\` is not UTF-8 text; save it as UTF-8, or restore it from version control.`);
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

type Reasons = Readonly<Record<string, string>>;

const denied = 'may not be read; give this user the right to read it';
const loop = 'is a symbolic link that leads back to itself; remove it';
const folderReasons: Reasons = {
  ENOENT: 'is not there; make it with `prisma migrate dev`, or name another one with --migrations',
  ENOTDIR: 'is not a folder; name the folder that holds the migrations with --migrations',
  EACCES: denied,
  EPERM: denied,
  ELOOP: loop,
};
const linkReasons: Reasons = { EACCES: denied, ELOOP: loop };
const fileReasons: Reasons = {
  EISDIR: 'is a folder and not a file; put the migration’s SQL in its place',
  EACCES: denied,
  EPERM: denied,
  ELOOP: loop,
};

function reason(error: unknown, reasons: Reasons): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return reasons[code] ?? `cannot be read (${code})`;
}

/** All at once; of several failures the first of the list is thrown, so that the message is the same every time. */
async function inOrder<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const settled = await Promise.allSettled(items.map(work));
  return settled.map(result => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
