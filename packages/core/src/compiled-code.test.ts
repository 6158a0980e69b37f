import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { loadCompiled } from './compiled-code.ts';

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'migrate-lint-code-')));
  await mkdir(join(folder, 'node_modules'));
  jest.spyOn(process, 'cwd').mockReturnValue(folder);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const kept = () => readdir(join(folder, 'node_modules/.cache/migrate-lint')).catch(() => []);

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const double =
  'const path_ = require("node:path"); exports.double = n => 2 * n; exports.here = path_.basename(__filename);';

interface Double {
  double(n: number): number;
  readonly here: string;
}

function use(path: string): void {
  const { exports, keep } = loadCompiled(path, 'test');
  const { double: twice, here } = exports as Double;
  expect([twice(21), here]).toEqual([42, 'main-1.cjs']);
  keep();
}

describe('loadCompiled', () => {
  test('runs a file, keeps its code where it is told to, and runs it again with that', async () => {
    const path = await file('main-1.cjs', double);
    loadCompiled(path, 'test');
    expect(await kept()).toEqual([]);
    use(path);
    expect(await kept()).toEqual([`code-main-1.cjs-${process.version}-${process.arch}-test`]);
    use(path);
    expect(await kept()).toHaveLength(1);
  });

  test('keeps the code of each purpose for itself', async () => {
    const path = await file('main-1.cjs', double);
    for (const purpose of ['check', 'drift']) loadCompiled(path, purpose).keep();
    expect(await kept()).toHaveLength(2);
  });

  test('does without code that is damaged, and mends it', async () => {
    use(await file('main-1.cjs', double));
    const [name = ''] = await kept();
    const at = join(folder, 'node_modules/.cache/migrate-lint', name);
    const good = await readFile(at);
    for (const bad of [Buffer.from('no code'), good.subarray(0, good.length / 2), Buffer.alloc(0)]) {
      await writeFile(at, bad);
      // Another text, for V8 remembers what it has compiled in this process.
      use(await file('main-1.cjs', `${double} // ${bad.length}`));
      expect((await readFile(at)).length).toBeGreaterThan(bad.length);
    }
  });

  test('adds after a day what was compiled since, and not before', async () => {
    const path = await file('main-1.cjs', double);
    use(path);
    const [name = ''] = await kept();
    const at = join(folder, 'node_modules/.cache/migrate-lint', name);
    const hour = 60 * 60 * 1000;
    const ageAfter = async (age: number): Promise<number> => {
      const then = new Date(Date.now() - age);
      await utimes(at, then, then);
      use(path);
      return Date.now() - (await stat(at)).mtimeMs;
    };
    expect(await ageAfter(23 * hour)).toBeGreaterThan(22 * hour);
    expect(await ageAfter(25 * hour)).toBeLessThan(hour);
  });

  test('clears away the code of what was not run for a month, and nothing else', async () => {
    const cache = join(folder, 'node_modules/.cache/migrate-lint');
    await mkdir(cache, { recursive: true });
    const day = 24 * 60 * 60 * 1000;
    const ages = {
      'code-main-0.cjs-v20.0.0-x64-check': 31,
      'code-main-2.cjs-v20.0.0-x64-check': 29,
      'drift-0.json': 31,
    };
    for (const [name, days] of Object.entries(ages)) {
      const then = new Date(Date.now() - days * day);
      await writeFile(join(cache, name), '');
      await utimes(join(cache, name), then, then);
    }
    use(await file('main-1.cjs', `${double} // a month`));
    expect(await kept()).toHaveLength(3);
    expect(await kept()).not.toContain('code-main-0.cjs-v20.0.0-x64-check');
  });

  test('does without a folder that cannot be written', async () => {
    await mkdir(join(folder, 'node_modules/.cache'));
    await writeFile(join(folder, 'node_modules/.cache/migrate-lint'), 'in the way');
    use(await file('main-1.cjs', double));
  });

  test('imports what the file asks for', async () => {
    const path = await file(
      'main-1.cjs',
      'exports.read = () => import_("node:fs/promises").then(fs => typeof fs.readFile);',
    );
    const { exports } = loadCompiled(path, 'test');
    expect(await (exports as { read(): Promise<string> }).read()).toBe('function');
  });
});
