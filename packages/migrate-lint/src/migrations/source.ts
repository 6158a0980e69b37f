import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import {
  FactUnavailable,
  UsageError,
  type Migration,
  type Migrations,
  type SourceContext,
  type Statement,
} from '@migrate-lint/core';
import type { LastTouches } from './objects.ts';
import { loadParser, parseStatements, SqlSyntaxError, type ParsedStatement } from './parser.ts';
import { lastTouches, type HistoryStatement } from './touches.ts';

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
  const [folders] = await Promise.all([foldersIn(migrationsPath, shown), loadParser()]);
  const lockFile = readLockFile(migrationsPath, context, shown);
  const texts = new Map(folders.map(name => [name, readText(join(migrationsPath, name, sqlFile), shown)]));
  const histories = [...texts].flatMap(([name, text]) =>
    text === undefined ? [] : [new MigrationFile(name, shown(join(migrationsPath, name, sqlFile)), text)],
  );
  for (const history of histories) {
    context.addFile({
      path: history.file,
      text: history.text,
      language: 'sql',
      get blocks() {
        return (readableStatements(history) ?? []).map(({ statement }) => statement.span);
      },
    });
  }
  let touches: LastTouches | undefined;
  return {
    directory: shown(migrationsPath),
    lockFile,
    migrations: histories,
    withoutSql: folders.filter(name => texts.get(name) === undefined && !holdsScript(join(migrationsPath, name))),
    lastTouch: (kind, path) => {
      touches ??= lastTouches(histories.flatMap(history => readableStatements(history) ?? []));
      return touches(kind, path);
    },
  };
}

/** Changes whenever a name or a text does. */
export function migrationsHash({ migrations }: Pick<Migrations, 'migrations'>): string {
  const hash = createHash('sha256');
  for (const { name, text } of migrations) hash.update(JSON.stringify([name, text]));
  return hash.digest('hex');
}

class MigrationFile implements Migration {
  readonly path: string;
  readonly name: string;
  readonly file: string;
  readonly text: string;
  #history: readonly HistoryStatement[] | SqlSyntaxError | undefined;

  constructor(name: string, file: string, text: string) {
    this.path = name;
    this.name = name;
    this.file = file;
    this.text = text;
  }

  get span() {
    return { file: this.file, start: 0, end: this.text.length };
  }

  get statements(): readonly Statement[] {
    return this.history.map(({ statement }) => statement);
  }

  /** The statements with their syntax trees. Throws `SqlSyntaxError`. */
  get history(): readonly HistoryStatement[] {
    this.#history ??= this.#parse();
    if (this.#history instanceof SqlSyntaxError) throw this.#history;
    return this.#history;
  }

  #parse(): readonly HistoryStatement[] | SqlSyntaxError {
    try {
      return parseStatements(this.text).map((parsed, index) => this.#statement(parsed, index));
    } catch (error) {
      if (error instanceof SqlSyntaxError) return error;
      throw error;
    }
  }

  #statement(parsed: ParsedStatement, index: number): HistoryStatement {
    const { start, end } = parsed;
    const path = `${this.name}#${String(index + 1)}`;
    const sql = this.text.slice(start, end);
    return { statement: { path, migration: this, sql, span: { file: this.file, start, end } }, parsed };
  }
}

/** Undefined for a file that the parser cannot read; the replay says so. */
function readableStatements(file: MigrationFile): readonly HistoryStatement[] | undefined {
  try {
    return file.history;
  } catch (error) {
    if (error instanceof SqlSyntaxError) return undefined;
    throw error;
  }
}

/** A migration that another runner than Prisma's executes. */
function holdsScript(folder: string): boolean {
  return readdirSync(folder).some(name => /\.(?:[cm]?[jt]s|py|sh|rb)$/.test(name));
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
  return entries
    .filter((_entry, index) => isFolder[index])
    .map(({ name }) => name)
    .sort(inPrismaOrder);
}

/** Prisma 6 and 7 sort the folders with `localeCompare` before the engine sees them; a locale of our own makes it the same everywhere. */
function inPrismaOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en');
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
