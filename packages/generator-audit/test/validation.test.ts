import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  FactUnavailable,
  noCache,
  UsageError,
  type Cache,
  type Schema,
  type SourceContext,
  type SourceFile,
  type Validation,
} from '@migrate-lint/core';
import internals from '@prisma/internals';
import { buildSchema, forEngine, refusePrisma8, sources, validatedSources } from '../src/source.ts';
import { validate } from '../src/source/validate.ts';

const datasource = 'datasource db {\n  provider = "postgresql"\n}\n';

describe('forEngine', () => {
  test.each([
    [
      'connection settings',
      'datasource db {\n  provider = "postgresql"\n  url      = env("URL") // secret\n  directUrl = "x"\n  shadowDatabaseUrl = "y"\n}\nmodel A {\n  url String @id\n}\n',
    ],
    [
      'preview features that are gone',
      `${datasource}generator c {\n  provider = "x"\n  previewFeatures = ["metrics", "views", "driverAdapters", "partialIndexes"] // c\n}\nview V {\n  id Int @id @default(1)\n  b Int\n\n  @@index([b])\n}\n`,
    ],
    ['a byte order mark', `\uFEFF${datasource}`],
  ])('%s', (_, text) => {
    const [given] = forEngine([{ path: 'a.prisma', text }]);
    expect(given?.text).toHaveLength(text.length);
    expect(given?.text.replace(/[^\n]/g, '')).toBe(text.replace(/[^\n]/g, ''));
    const errors = internals.lintSchema({ schemas: [['a.prisma', given?.text ?? '']] });
    expect(errors.filter(({ is_warning }) => !is_warning)).toEqual([]);
    expect(errors.map(error => error.text)).toEqual([]);
  });

  test('leaves alone what it need not touch', () => {
    const text = `${datasource}generator c {\n  provider = "x"\n  previewFeatures = ["views"]\n  url = "y"\n}\nview V {\n  id Int @unique\n}\n`;
    expect(forEngine([{ path: 'a.prisma', text }])).toEqual([{ path: 'a.prisma', text }]);
  });
});

describe('validate', () => {
  const said = async (files: Readonly<Record<string, string>>) => {
    const texts = Object.entries(files).map(([path, text]) => ({ path, text }));
    const { files: verdicts } = await validate(texts);
    const at = (file: string, start: number, end: number) => (files[file] ?? '').slice(start, end);
    return verdicts.flatMap(({ path, errors }) =>
      errors.map(({ message, span, related }) => ({
        path,
        message,
        at: at(span.file, span.start, span.end),
        related: related.map(other => `${other.span.file}: ${at(other.span.file, other.span.start, other.span.end)}`),
      })),
    );
  };

  test('a valid schema has an entry for each file and no errors', async () => {
    expect(await validate([{ path: 'a.prisma', text: datasource }])).toEqual({
      files: [{ path: 'a.prisma', errors: [] }],
    });
  });

  test('every error at its own place, in every file, counted in UTF-16', async () => {
    const errors = await said({
      'a.prisma': `${datasource}// é😀\nmodel A {\n  id Int @id @default("é😀")\n  x  Foo\n}\n`,
      'b.prisma': 'model B {\n  id Int @id\n  y  Bar?\n  this is not a field\n}\n',
    });
    expect(errors.map(({ path, at }) => [path, at])).toEqual([
      ['a.prisma', '@default("é😀")'],
      ['a.prisma', 'Foo'],
      ['b.prisma', 'Bar'],
      ['b.prisma', 'this is not a field'],
    ]);
    for (const { message } of errors) expect(message).not.toMatch(/\u001B|\n/);
  });

  test('a thing declared twice names the other place', async () => {
    const errors = await said({
      'a.prisma': `${datasource}model User {\n  id Int @id\n}\n`,
      'b.prisma': '// model User {\n/*\nmodel User {\n*/\nenum User {\n  A\n}\n',
    });
    expect(errors).toMatchObject([{ at: 'User', message: expect.stringContaining('already exists') }]);
    expect(errors[0]?.related).toEqual([errors[0]?.path === 'b.prisma' ? 'a.prisma: User' : 'b.prisma: User']);
  });

  test('a crash of the validator is no verdict', async () => {
    const text = `${datasource}model A {\n  id String @id\n\n  @@index([id(ops: other("x"))])\n}\n`;
    await expect(validate([{ path: 'a.prisma', text }])).rejects.toThrow(FactUnavailable);
  });

  test('a mistake elsewhere does not bring back what is blanked', async () => {
    const errors = await said({
      'a.prisma':
        'datasource db {\n  provider = "postgresql"\n  url = env("X")\n}\nmodel A {\n  id Int @id\n  ???\n}\n',
    });
    expect(errors.map(({ at }) => at)).toEqual(['???']);
  });

  test('generators of one name are refused by all versions of Prisma', async () => {
    const block = 'generator c {\n  provider = "x"\n}\n';
    const errors = await said({ 'a.prisma': datasource + block, 'b.prisma': block });
    expect(errors).toMatchObject([{ at: 'c', related: [expect.stringMatching(/^[ab]\.prisma: c$/)] }]);
  });
});

describe('sources', () => {
  let cwd = '';
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'migrate-lint-'));
  });
  afterAll(async () => {
    await rm(cwd, { recursive: true, force: true });
  });

  const write = async (path: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), content);
  };
  const contextFor = (schemaPath: string, cache: Cache = noCache) => {
    const files: SourceFile[] = [];
    const context: SourceContext = {
      project: {
        cwd,
        schemaPath: join(cwd, schemaPath),
        migrationsPath: undefined,
        url: undefined,
        shadowUrl: undefined,
        externalTables: [],
        prismaConfigPath: undefined,
      },
      cache,
      signal: new AbortController().signal,
      get: (name: string) =>
        (sources as unknown as Record<string, (of: SourceContext) => Promise<never>>)[name]?.(context) ??
        Promise.reject(new Error(name)),
      addFile: file => void files.push(file),
      texts: paths => files.filter(({ path }) => paths.includes(path)),
      progress: () => undefined,
    };
    return { context, files };
  };
  const schemaOf = (path: string): Promise<Schema> => sources.schema(contextFor(path).context);

  test('a folder is read recursively, sorted, through links, and a link to a folder above ends', async () => {
    await write('folder/b.prisma', 'model B {\n  id Int @id\n}\n');
    await write('folder/deep/a.prisma', `${datasource}\nenum E {\n  X\n}\n`);
    await write('folder/notes.txt', 'model C {');
    await write('folder/node_modules/x/c.prisma', 'model C {');
    await write('elsewhere/linked.prisma', 'model L {\n  id Int @id\n}\n');
    await symlink(join(cwd, 'folder'), join(cwd, 'folder/deep/loop'));
    await symlink(join(cwd, 'elsewhere'), join(cwd, 'folder/other'));
    const { context, files } = contextFor('folder');
    const schema = await sources.schema(context);
    expect(schema.files).toEqual(['folder/b.prisma', 'folder/deep/a.prisma', 'folder/other/linked.prisma']);
    expect(files.map(({ path }) => path)).toEqual(schema.files);
    const [, deep] = files;
    expect(deep?.blocks.map(({ start, end }) => deep.text.slice(start, end))).toEqual([
      datasource.trim(),
      'enum E {\n  X\n}',
    ]);
  });

  test.each<[string, () => Promise<void>, RegExp]>([
    ['missing.prisma', () => Promise.resolve(), /^The schema `missing.prisma` is not there; .*--schema/],
    [
      'empty',
      () => mkdir(join(cwd, 'empty')).then(() => undefined),
      /^There is no \.prisma file in `empty`; .*--schema/,
    ],
    [
      'binary.prisma',
      () => write('binary.prisma', Uint8Array.of(0xff, 0xfe, 0x00, 0x41)),
      /^`binary.prisma` is not UTF-8 text/,
    ],
    ['nul.prisma', () => write('nul.prisma', 'model A {\0}'), /^`nul.prisma` is not UTF-8 text/],
    ['schema.sql', () => write('schema.sql', ''), /^`schema.sql` is no \.prisma file/],
    [
      'cycle.prisma',
      () => symlink('cycle.prisma', join(cwd, 'cycle.prisma')),
      /^The schema `cycle.prisma` is a symbolic link that leads back to itself/,
    ],
    [
      'dangling',
      () => mkdir(join(cwd, 'dangling')).then(() => symlink('nowhere', join(cwd, 'dangling/x.prisma'))),
      /^The schema `dangling\/x.prisma` is not there/,
    ],
    [
      'eight/contract.json',
      () => write('eight/contract.json', '{}'),
      /^This is a project of Prisma 8 \(`contract.json`\)/,
    ],
  ])('%s is wrong usage', async (path, prepare, message) => {
    await prepare();
    const read = schemaOf(path);
    await expect(read).rejects.toThrow(UsageError);
    await expect(read).rejects.toThrow(message);
  });

  const root = process.getuid?.() === 0;
  test('a file without the right to read it is wrong usage', async () => {
    await write('closed.prisma', datasource);
    await chmod(join(cwd, 'closed.prisma'), 0o000);
    if (root) await expect(schemaOf('closed.prisma')).resolves.toBeDefined();
    else await expect(schemaOf('closed.prisma')).rejects.toThrow(/may not be read/);
  });

  test('a schema that is not valid is unavailable, with the first error and its place', async () => {
    await write('invalid.prisma', `${datasource}model A {\n  id Int @id\n  b  B\n  c  C\n}\n`);
    const read = schemaOf('invalid.prisma');
    await expect(read).rejects.toThrow(FactUnavailable);
    await expect(read).rejects.toThrow(/^The schema is not valid: invalid\.prisma:6:6: Type "B" .* \(and 1 more\)$/);
  });

  test('a schema without a datasource is valid and says nothing of the database', async () => {
    await write('bare.prisma', 'model A {\n  id Int @id\n}\n');
    await expect(schemaOf('bare.prisma')).rejects.toThrow(
      'The schema cannot be read: bare.prisma:1:1: no file of the schema has a datasource block.',
    );
  });

  test('the verdict is kept by the texts', async () => {
    const kept = new Map<string, Validation>();
    const keys: string[] = [];
    const cache: Cache = {
      remember: async (kind, key, build) => {
        const name = JSON.stringify([kind, key]);
        keys.push(name);
        if (!kept.has(name)) kept.set(name, (await build()) as Validation);
        return kept.get(name) as never;
      },
    };
    await write('kept.prisma', datasource);
    const first = await sources.validation(contextFor('kept.prisma', cache).context);
    expect(await sources.validation(contextFor('kept.prisma', cache).context)).toBe(first);
    await write('kept.prisma', `${datasource}model A {\n}\n`);
    const second = await sources.validation(contextFor('kept.prisma', cache).context);
    expect(second.files[0]?.errors).toHaveLength(1);
    expect(new Set(keys).size).toBe(2);
  });

  test('in a generator Prisma has validated', async () => {
    await write('trusted.prisma', `${datasource}model A {\n}\n`);
    expect(await validatedSources.validation(contextFor('trusted.prisma').context)).toEqual({
      files: [{ path: 'trusted.prisma', errors: [] }],
    });
  });

  describe('Prisma 8', () => {
    test('a contract beside its source, and an installed version', async () => {
      await write('next/prisma/contract.prisma', 'model A {\n  id Int @id\n}\n');
      await expect(refusePrisma8(join(cwd, 'next/prisma'))).resolves.toBeUndefined();
      await write('next/prisma/contract.json', '{}');
      const sentence =
        /^This is a project of Prisma 8 \(`contract\.json`\), which migrate-lint cannot read yet; it supports Prisma 5\.16 to 7\.$/;
      await expect(refusePrisma8(join(cwd, 'next/prisma'))).rejects.toThrow(sentence);
      await expect(refusePrisma8(join(cwd, 'next/prisma/contract.prisma'))).rejects.toThrow(sentence);
      await write('eighth/node_modules/prisma/package.json', '{ "name": "prisma", "version": "8.0.0-rc.19" }');
      await expect(refusePrisma8(join(cwd, 'eighth/schema.prisma'), join(cwd, 'eighth'))).rejects.toThrow(
        '(prisma 8.0.0-rc.19)',
      );
    });

    test('Prisma 7 is none, also with a contract.json of something else', async () => {
      await write('seventh/node_modules/prisma/package.json', '{ "name": "prisma", "version": "7.10.0" }');
      await write('seventh/contract.json', '{}');
      await expect(refusePrisma8(join(cwd, 'seventh/schema.prisma'), join(cwd, 'seventh'))).resolves.toBeUndefined();
      await expect(refusePrisma8(join(cwd, 'seventh'))).resolves.toBeUndefined();
    });
  });
});

test('a schema that Prisma accepts is one that we read', async () => {
  const text = `${datasource}\nmodel A {\n  id Int @id @default ( 5 ) /* c */\n  a  Int []\n  b  Int ?\n  c  Int @ db.Integer\n\n  @@ index ( [ b ] )\n}\n`;
  expect(await validate([{ path: 'a.prisma', text }])).toEqual({ files: [{ path: 'a.prisma', errors: [] }] });
  expect(
    buildSchema([{ path: 'a.prisma', text }])
      .model('A')
      ?.fields.map(({ list, required }) => [list, required]),
  ).toEqual([
    [false, true],
    [true, false],
    [false, false],
    [false, true],
  ]);
});
