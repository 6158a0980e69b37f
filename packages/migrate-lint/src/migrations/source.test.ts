import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FactUnavailable, noCache, UsageError, type Migrations, type SourceFile } from '@migrate-lint/core';
import { migrationsHash, readMigrations } from './source.ts';

let cwd: string;
const folder = 'prisma/migrations';

beforeEach(async () => {
  cwd = await realpath(await mkdtemp(join(tmpdir(), 'migrate-lint-source-')));
});
afterEach(async () => {
  await chmod(join(cwd, folder), 0o755).catch(() => undefined);
  await rm(cwd, { recursive: true, force: true });
});

/** Writes files below the migrations folder. */
async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  await mkdir(join(cwd, folder), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(cwd, folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

interface Read {
  readonly migrations: Migrations;
  readonly files: readonly SourceFile[];
}

async function read(migrationsPath: string | undefined = join(cwd, folder)): Promise<Read> {
  const files: SourceFile[] = [];
  const migrations = await readMigrations({
    project: {
      cwd,
      schemaPath: join(cwd, 'schema.prisma'),
      migrationsPath,
      url: undefined,
      shadowUrl: undefined,
      externalTables: [],
      prismaConfigPath: undefined,
    },
    cache: noCache,
    signal: new AbortController().signal,
    get: () => Promise.reject(new FactUnavailable('There is neither git nor a database.')),
    addFile: file => void files.push(file),
    texts: () => [],
    progress: () => undefined,
  });
  return { migrations, files };
}

const failure = async (path?: string): Promise<Error> => {
  try {
    await read(path);
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was wrong');
};

describe('a migrations folder', () => {
  test('gives its folders in the order of Prisma, whatever else is in it', async () => {
    await write({
      'b/migration.sql': 'SELECT 2',
      'B/migration.sql': 'SELECT 1',
      '000_x/migration.sql': 'SELECT 0',
      '2025_a/migration.sql': '',
      '2025_a/notes.md': 'x',
      'ä/migration.sql': '',
      'stray.sql': 'DROP TABLE users',
      'README.md': '',
    });
    const { migrations, files } = await read();
    expect(migrations.migrations.map(({ name }) => name)).toEqual(['000_x', '2025_a', 'ä', 'b', 'B']);
    expect(migrations.migrations.map(({ text }) => text)).toEqual(['SELECT 0', '', '', 'SELECT 2', 'SELECT 1']);
    expect(migrations.directory).toBe(folder);
    expect(migrations.lockFile).toBeUndefined();
    expect(files.map(({ path }) => path)).toEqual(migrations.migrations.map(({ file }) => file));
    expect(files[0]?.path).toBe('prisma/migrations/000_x/migration.sql');
  });

  test('may be empty', async () => {
    await write({});
    expect((await read()).migrations.migrations).toEqual([]);
  });

  test('may hold links to folders, and links that lead nowhere', async () => {
    await write({ '../elsewhere/migration.sql': 'SELECT 1' });
    await symlink('../elsewhere', join(cwd, folder, '001'));
    await symlink('nowhere', join(cwd, folder, '002'));
    expect((await read()).migrations.migrations.map(({ name }) => name)).toEqual(['001']);
  });

  test('may stand outside of the working directory', async () => {
    await write({ '001/migration.sql': 'SELECT 1' });
    cwd = join(cwd, 'app');
    const { migrations } = await read(join(cwd, '..', folder));
    expect(migrations.migrations[0]?.file).toBe('../prisma/migrations/001/migration.sql');
    cwd = dirname(cwd);
  });
});

describe('a migration', () => {
  test('keeps line ends and a byte order mark, and its statements have neither', async () => {
    const text = '\uFEFF-- é\r\nCREATE TABLE a (id int);\r\n\r\nDROP TABLE a;\r\n';
    await write({ '001/migration.sql': text });
    const { migrations, files } = await read();
    const [migration] = migrations.migrations;
    expect(migration?.text).toBe(text);
    expect(migration?.span).toEqual({ file: migration?.file, start: 0, end: text.length });
    const statements = migration?.statements ?? [];
    expect(statements.map(({ path, sql }) => [path, sql])).toEqual([
      ['001#1', 'CREATE TABLE a (id int)'],
      ['001#2', 'DROP TABLE a'],
    ]);
    for (const { sql, span } of statements) expect(text.slice(span.start, span.end)).toBe(sql);
    expect(migration?.statements[0]).toBe(statements[0]);
    expect(files[0]?.blocks).toEqual(statements.map(({ span }) => span));
    expect(migrations.lastTouch('table', 'a')?.statement).toBe(statements[1]);
  });

  test('that the parser cannot read is there, and says so when it is asked', async () => {
    await write({
      '001/migration.sql': 'CREATE TABLE a (id int);',
      '002/migration.sql': 'CREATE TABEL b (id int);',
      '003/migration.sql': 'ALTER TABLE a ADD x int;',
    });
    const { migrations, files } = await read();
    expect(migrations.migrations[1]?.statements).toEqual([]);
    expect(migrations.migrations[1]?.syntaxError).toEqual({
      message: 'syntax error at or near "TABEL"',
      span: { file: 'prisma/migrations/002/migration.sql', start: 7, end: 8 },
    });
    expect(migrations.migrations[0]?.syntaxError).toBeUndefined();
    expect(files[1]?.blocks).toEqual([]);
    expect(migrations.lastTouch('column', 'a.x')?.statement.path).toBe('003#1');
  });

  test.each<[string, string, boolean]>([
    ['a text', 'SELECT 2', false],
    ['nothing', 'SELECT 1', true],
  ])('%s changes the hash: %s', async (_what, second, same) => {
    await write({ '001/migration.sql': 'SELECT 1' });
    const before = migrationsHash((await read()).migrations);
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    await write({ '001/migration.sql': second });
    expect(migrationsHash((await read()).migrations) === before).toBe(same);
  });

  test('has its name in the hash', () => {
    const of = (...pairs: [string, string][]) =>
      migrationsHash({
        migrations: pairs.map(([name, text]) => ({ name, text })) as unknown as Migrations['migrations'],
      });
    expect(of(['a', 'b'])).not.toBe(of(['b', 'b']));
    expect(of(['a', 'b'], ['c', 'd'])).not.toBe(of(['a', 'bc'], ['', 'd']));
  });
});

describe('the lock file', () => {
  test.each<[string, string | undefined, string]>([
    ['# Please\nprovider = "postgresql"\n', 'postgresql', 'provider = "postgresql"'],
    ["\uFEFFprovider='cockroachdb'", 'cockroachdb', "provider='cockroachdb'"],
    ['# provider = "mysql"\r\n  provider = "postgresql" # mine\r\n', 'postgresql', 'provider = "postgresql"'],
    ['# nothing\n', undefined, '# nothing\n'],
  ])('%j', async (text, provider, place) => {
    await write({ 'migration_lock.toml': text });
    const { migrations, files } = await read();
    const { lockFile } = migrations;
    expect(lockFile?.provider).toBe(provider);
    expect(lockFile?.span.file).toBe('prisma/migrations/migration_lock.toml');
    expect(text.slice(lockFile?.span.start, lockFile?.span.end)).toBe(place);
    expect(files.map(({ path }) => path)).toContain(lockFile?.span.file);
  });
});

test('a folder without SQL is told apart', async () => {
  await write({ '001/notes.md': '', '002/migration.sql': 'SELECT 1', '003/notes.md': '', '004/migration.ts': '' });
  const { migrations } = await read();
  expect(migrations.migrations.map(({ name }) => name)).toEqual(['002']);
  expect(migrations.withoutSql).toEqual(['001', '003']);
});

describe('bad input is one sentence', () => {
  test('no project folder', async () => {
    const error = await failure(join(cwd, folder));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(
      'The migrations folder `prisma/migrations` is not there; make it with `prisma migrate dev`, or name another one with --migrations.',
    );
  });

  test.each<[string, Readonly<Record<string, string | Uint8Array>>, string]>([
    [
      'a folder in the place of the SQL',
      { '001/migration.sql/x': '' },
      '`prisma/migrations/001/migration.sql` is a folder and not a file; put the migration’s SQL in its place.',
    ],
    [
      'a NUL byte',
      { '001/migration.sql': 'SELECT\0 1' },
      '`prisma/migrations/001/migration.sql` is not UTF-8 text; save it as UTF-8, or restore it from version control.',
    ],
    [
      'UTF-16',
      { '001/migration.sql': Buffer.from('\uFEFFSELECT 1', 'utf16le') },
      '`prisma/migrations/001/migration.sql` is not UTF-8 text; save it as UTF-8, or restore it from version control.',
    ],
    [
      'a binary file',
      { '001/migration.sql': Uint8Array.of(0x53, 0xff, 0xfe) },
      '`prisma/migrations/001/migration.sql` is not UTF-8 text; save it as UTF-8, or restore it from version control.',
    ],
    [
      'a binary lock file',
      { 'migration_lock.toml': Uint8Array.of(0xff) },
      '`prisma/migrations/migration_lock.toml` is not UTF-8 text; save it as UTF-8, or restore it from version control.',
    ],
  ])('%s', async (_what, files, sentence) => {
    await write(files);
    const error = await failure();
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(sentence);
  });

  test('a file in the place of the folder', async () => {
    await write({ 'migration_lock.toml': '' });
    const error = await failure(join(cwd, folder, 'migration_lock.toml'));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(
      'The migrations folder `prisma/migrations/migration_lock.toml` is not a folder; name the folder that holds the migrations with --migrations.',
    );
  });

  test('links that lead back to themselves', async () => {
    await write({});
    await symlink('loop', join(cwd, folder, 'loop'));
    const error = await failure();
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(
      'The migration `prisma/migrations/loop` is a symbolic link that leads back to itself; remove it.',
    );
    await rm(join(cwd, folder, 'loop'));
    await write({ '001/x': '' });
    await symlink('migration.sql', join(cwd, folder, '001/migration.sql'));
    expect((await failure()).message).toBe(
      '`prisma/migrations/001/migration.sql` is a symbolic link that leads back to itself; remove it.',
    );
  });

  test('no migrations at all', async () => {
    const files: SourceFile[] = [];
    const context = { project: { cwd, migrationsPath: undefined }, addFile: (file: SourceFile) => files.push(file) };
    await expect(readMigrations(context as unknown as Parameters<typeof readMigrations>[0])).rejects.toThrow(
      new FactUnavailable(
        'The project has no migrations folder; make one with `prisma migrate dev`, or name it with --migrations.',
      ),
    );
  });

  // Root may read everything, so the rights that are taken away keep nobody out.
  const asUser = process.getuid?.() === 0 ? test.skip : test;
  asUser('what may not be read (skipped for root, who may read everything)', async () => {
    await write({ '001/migration.sql': 'SELECT 1' });
    await chmod(join(cwd, folder, '001/migration.sql'), 0);
    const error = await failure();
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(
      '`prisma/migrations/001/migration.sql` may not be read; give this user the right to read it.',
    );
    await chmod(join(cwd, folder), 0);
    expect((await failure()).message).toBe(
      'The migrations folder `prisma/migrations` may not be read; give this user the right to read it.',
    );
  });
});
