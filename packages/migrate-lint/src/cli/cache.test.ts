import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cacheFolder } from '@migrate-lint/core/folders';
import { fileCache } from './cache.ts';

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'migrate-lint-cache-'));
  await mkdir(join(cwd, 'node_modules'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

const day = 24 * 60 * 60;

async function age(path: string, days: number): Promise<void> {
  const then = Date.now() / 1000 - days * day;
  await utimes(path, then, then);
}

describe('fileCache', () => {
  test('builds a value once for the same parts, and anew for others', async () => {
    let built = 0;
    const build = () => Promise.resolve({ built: (built += 1) });
    const cache = fileCache(cwd);
    expect(await cache.remember('x', ['a', 'b'], build)).toEqual({ built: 1 });
    expect(await fileCache(cwd).remember('x', ['a', 'b'], build)).toEqual({ built: 1 });
    expect(await cache.remember('x', ['ab', ''], build)).toEqual({ built: 2 });
    expect(await cache.remember('y', ['a', 'b'], build)).toEqual({ built: 3 });
  });

  test('keeps nothing of a build that fails', async () => {
    const cache = fileCache(cwd);
    await expect(cache.remember('x', [], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.find('x', [])).toBeUndefined();
  });

  test('drops what was not used for a month, and the oldest of more than 200', async () => {
    const folder = cacheFolder(cwd);
    const cache = fileCache(cwd);
    await cache.keep('used', [], 1);
    await cache.keep('stale', [], 1);
    const [stale, used] = (await readdir(folder)).sort();
    await age(join(folder, stale ?? ''), 31);
    await age(join(folder, used ?? ''), 29);
    await writeFile(join(folder, 'left.json.tmp'), '');
    await age(join(folder, 'left.json.tmp'), 2);
    // Being read makes it young again.
    expect(await cache.find('used', [])).toBe(1);
    for (let index = 0; index < 205; index += 1) {
      const path = join(folder, `many-${String(index).padStart(3, '0')}.json`);
      await writeFile(path, '');
      await age(path, 1 + index / 1000);
    }
    await cache.keep('last', [], 1);
    const left = await readdir(folder);
    expect(left).toHaveLength(200);
    expect(left).toContain(used);
    expect(left).not.toContain(stale);
    expect(left).not.toContain('left.json.tmp');
    expect(left).toContain('many-000.json');
    expect(left).not.toContain('many-204.json');
  });

  test('two runs that write the same value at once do not disturb each other', async () => {
    const caches = Array.from({ length: 8 }, () => fileCache(cwd));
    await Promise.all(caches.map(cache => cache.keep('x', [], 'value')));
    expect(await fileCache(cwd).find('x', [])).toBe('value');
    expect(await readdir(cacheFolder(cwd))).toHaveLength(1);
  });
});
