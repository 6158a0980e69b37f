import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { levels as coreLevels, type Report } from '@migrate-lint/core';
import { reporters } from '@migrate-lint/core/reporters';
import { formats, levels } from '../src/cli/flags.ts';
import { drifted, healthy, testProject, type TestProject } from './command-line.ts';

let project: TestProject | undefined;

afterEach(async () => {
  await project?.remove();
  project = undefined;
});

async function start(files: Readonly<Record<string, string>>): Promise<TestProject> {
  project = await testProject(files);
  return project;
}

/** Makes every import, require and look for a file fail whose place holds one of the words. */
function refusing(...words: readonly string[]): readonly string[] {
  const refuse = `const refuse = found => {
    if (${JSON.stringify(words)}.some(word => found.includes(word))) throw new Error('loaded ' + found);
  };`;
  // Node 20 has no hooks for imports but those of a thread of its own, which later versions warn of.
  const hook = `${refuse} export async function resolve(name, context, next) {
    const found = await next(name, context);
    refuse(found.url);
    return found;
  }`;
  const preload = `import Module from 'node:module';
    ${refuse}
    const resolve = (name, context, next) => {
      const found = next(name, context);
      refuse(found.url);
      return found;
    };
    if (Module.registerHooks) Module.registerHooks({ resolve });
    else Module.register(${JSON.stringify(inText(hook))});
    const { _resolveFilename } = Module;
    Module._resolveFilename = function (...args) {
      const found = _resolveFilename.apply(this, args);
      refuse(found);
      return found;
    };`;
  return ['--import', inText(preload)];
}

function inText(module: string): string {
  return `data:text/javascript,${encodeURIComponent(module)}`;
}

const engines = ['pglite', 'libpg-query', 'schema-engine', '@prisma/internals', '@prisma/config', '/c12/'];

test('the names in the help are those of core', () => {
  expect([...formats].sort()).toEqual(Object.keys(reporters).sort());
  expect(levels).toEqual(coreLevels);
});

describe('exit codes', () => {
  test('0 where everything agrees', async () => {
    const { code, stdout, stderr } = await (await start(healthy)).run([]);
    expect(stdout).toMatch(/✔ No findings/);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  test('1 for drift, and 0 where only something worse fails', async () => {
    const { run } = await start({ ...drifted, 'migrate-lint.config.json': '{"rules":{"drift/missing-table":"low"}}' });
    const found = await run(['drift']);
    expect(found.stdout).toContain('drift/missing-table');
    expect(found.code).toBe(0);
    expect((await run(['drift', '--fail-on', 'low'])).code).toBe(1);
  });
});

describe('help', () => {
  test.each([
    [['--help']],
    [['help']],
    [['check', '--help']],
    [['drift', '-h']],
    [['help', 'prisma']],
    [['--version']],
  ])('%j loads no engine', async args => {
    const { code, stdout, stderr } = await (await start({})).run(args, { node: refusing(...engines) });
    expect(stderr).toBe('');
    expect(stdout).not.toBe('');
    expect(code).toBe(0);
  });

  test('the first page has the examples, the exit codes and the options of `check`', async () => {
    const { stdout } = await (await start({})).run(['--help']);
    for (const part of ['Examples:', 'Exit codes:', '--write-baseline', 'migrate-lint prisma migrate deploy'])
      expect(stdout).toContain(part);
  });
});

describe('reports', () => {
  test('one to stdout and one to a file', async () => {
    const { run, read } = await start(drifted);
    const { stdout, code } = await run(['--format', 'pretty', '--format', 'json', '--output', 'report.json']);
    expect(stdout).toContain('drift/missing-table');
    const report = JSON.parse(await read('report.json')) as Report;
    expect(report.findings.map(({ rule }) => rule)).toContain('drift/missing-table');
    expect(code).toBe(1);
  });

  test('of one pair the order does not matter, and stderr says where it is', async () => {
    const { run, read } = await start(drifted);
    const { stdout, stderr } = await run(['--output', 'report.json', '--format', 'json']);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/1 finding at or above high; see report\.json/);
    expect(await read('report.json')).toContain('"version": 1');
  });

  test('the same bytes cold, warm and without the cache', async () => {
    const { run } = await start(drifted);
    const [cold, warm, bare] = [
      await run(['--format', 'json']),
      await run(['--format', 'json']),
      await run(['--format', 'json', '--no-cache']),
    ];
    expect(warm).toEqual(cold);
    expect(bare).toEqual(cold);
    expect(cold.stdout).not.toContain(project?.folder ?? '-');
  });

  test('colours as picocolors has them', async () => {
    const { run } = await start(drifted);
    const escape = '\u001B[';
    expect((await run([])).stdout).not.toContain(escape);
    expect((await run(['--color'])).stdout).toContain(escape);
    expect((await run([], { env: { FORCE_COLOR: '1' } })).stdout).toContain(escape);
    expect((await run(['--no-color'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain(escape);
    expect((await run(['--color'], { env: { NO_COLOR: '1' } })).stdout).not.toContain(escape);
  });
});

describe('the second run', () => {
  test('starts no database and loads no parser', async () => {
    const { run } = await start({ ...drifted, 'migrate-lint.config.json': '{"failOn":"critical"}' });
    expect((await run([], { node: refusing('pglite') })).code).toBe(3);
    const parsing = await run(['--only', 'migration'], { node: refusing('libpg-query') });
    expect(parsing.stderr).toContain('loaded ');
    expect(parsing.code).toBe(3);
    const cold = await run([]);
    const warm = await run([], { node: refusing('pglite', 'libpg-query', 'schema-engine', '@prisma', '/c12/') });
    expect(warm).toEqual(cold);
    expect(warm.code).toBe(1);
  });

  const schema = 'prisma/schema.prisma';
  const sql = 'prisma/migrations/20260101000000_init/migration.sql';
  test.each<[string, Readonly<Record<string, string>>, number]>([
    ['the schema', { [schema]: healthy[schema] ?? '' }, 0],
    ['a migration', { [sql]: (healthy[sql] ?? '').replace('"name" TEXT NOT NULL', '"name" TEXT') }, 1],
    ['another migration', { 'prisma/migrations/2_drop/migration.sql': 'DROP TABLE "Customer";' }, 1],
    ['the manifest', { 'prisma/unmanaged.json': '{"version":1,"objects":[]}' }, 0],
    ['the config', { 'migrate-lint.config.json': '{"rules":{"drift/missing-table":"off"}}' }, 0],
  ])('sees an edit of %s', async (name, edit, code) => {
    const before = name === 'the manifest' ? healthy : drifted;
    const { run, write } = await start(name.includes('migration') ? healthy : before);
    const cold = await run([]);
    expect(cold.code).toBe(before === healthy || name.includes('migration') ? 0 : 1);
    await write(edit);
    const edited = await run([]);
    expect(edited.code).toBe(code);
    expect(edited).toEqual(await run(['--no-cache']));
  });

  test('is not disturbed by a broken cache', async () => {
    const { run, write } = await start({ ...drifted, 'node_modules/.keep': '' });
    const cold = await run([]);
    const folder = 'node_modules/.cache/migrate-lint';
    const entries = await readdir(join(project?.folder ?? '', folder));
    expect(entries.length).toBeGreaterThan(0);
    await write(Object.fromEntries(entries.map(entry => [`${folder}/${entry}`, '{"key":'])));
    expect(await run([])).toEqual(cold);
  });

  test('does without a cache that cannot be written', async () => {
    const { run } = await start({ ...healthy, 'node_modules/.cache': 'a file' });
    const { code, stderr } = await run([]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});

describe('the baseline', () => {
  test('lets pass what was there', async () => {
    const { run, write, read } = await start(drifted);
    const written = await run(['--write-baseline', '--baseline', 'known.json']);
    expect(written.stdout).toMatch(/^known\.json: \d+ findings written/);
    expect(written.code).toBe(0);
    expect((await run(['--baseline', 'known.json'])).code).toBe(0);
    await write({ 'migrate-lint.config.json': '{"baseline":"known.json"}' });
    expect((await run([])).code).toBe(0);
    await write({ 'prisma/schema.prisma': `${await read('prisma/schema.prisma')}\nmodel Late {\n  id Int @id\n}\n` });
    expect((await run([])).code).toBe(1);
  });
});

describe('a Prisma config', () => {
  const { 'prisma/schema.prisma': schema = '', ...rest } = drifted;
  const moved = Object.fromEntries(
    Object.entries(rest).map(([file, text]) => [file.replace('prisma/migrations', 'db/history'), text]),
  );
  const config = `import 'dotenv/config';
import { defineConfig, env } from 'prisma/config';

console.log('hello from the config');
export default defineConfig({
  schema: '../db/shop.prisma',
  migrations: { path: '../db/history' },
  experimental: { externalTables: true },
  tables: { external: process.env.EXTERNAL ? [process.env.EXTERNAL] : [] },
  datasource: { url: env('SHOP_DATABASE_URL') },
});
`;

  test('is read without its packages and without its variables, and kept by both', async () => {
    const { run } = await start({ ...moved, 'db/shop.prisma': schema, '.config/prisma.ts': config });
    const cold = await run([]);
    expect(cold.stderr).toBe('');
    expect(cold.stdout).toContain('db/shop.prisma:10:1');
    expect(cold.stdout).not.toContain('hello');
    expect(cold.code).toBe(1);
    expect(await run([], { node: refusing('@prisma/config', 'pglite') })).toEqual(cold);
    const external = await run([], { env: { EXTERNAL: 'public.Wish' } });
    expect(external.stdout).not.toContain('drift/missing-table  1');
  });
});

describe('rules and explain', () => {
  test('the table says what the config makes of a rule', async () => {
    const { run } = await start({ 'migrate-lint.config.json': '{"rules":{"drift/extra-table":"off"}}' });
    const { stdout, code } = await run(['rules']);
    expect(stdout).toMatch(/^drift\/extra-table +off /m);
    expect(stdout).toMatch(/^drift\/missing-table +critical /m);
    expect(code).toBe(0);
  });

  test('a rule is explained, by its name alone where that is clear', async () => {
    const { run } = await start({});
    const whole = await run(['explain', 'drift/missing-table']);
    expect(whole.stdout).toContain('# drift/missing-table');
    expect(await run(['explain', 'missing-table'])).toEqual(whole);
  });
});

test('a report that nobody reads to its end is no error', async () => {
  const { folder } = await start(drifted);
  expect(folder).not.toBe('');
  const ended = await project?.run(['--format', 'json'], { started: child => void child.stdout?.destroy() });
  expect(ended?.stderr).toBe('');
  expect(ended?.code).toBe(1);
});

test('a report larger than a pipe arrives whole', async () => {
  const models = Array.from({ length: 400 }, (_, index) => `model Extra${String(index)} {\n  id Int @id\n}\n`).join(
    '\n',
  );
  const { run } = await start({
    ...healthy,
    'prisma/schema.prisma': `${healthy['prisma/schema.prisma'] ?? ''}\n${models}`,
  });
  const { stdout } = await run(['--format', 'json', '--only', 'drift']);
  expect(stdout.length).toBeGreaterThan(200_000);
  expect((JSON.parse(stdout) as Report).findings).toHaveLength(400);
});
