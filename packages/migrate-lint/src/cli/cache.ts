import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cache } from '@migrate-lint/core';
import { buildTimes, ownPackage } from '../own-package.ts';
import { cacheFolder } from '@migrate-lint/core/folders';

const day = 24 * 60 * 60 * 1000;
const longestUnused = 30 * day;
const mostEntries = 200;

/** For values of which it is known only afterwards whether they may be kept. */
export interface FileCache extends Cache {
  find(kind: string, parts: readonly string[]): Promise<unknown>;
  keep(kind: string, parts: readonly string[], value: unknown): Promise<void>;
}

/**
 * Keeps values as files named by the content that they were made from, so there is nothing to invalidate. Whatever is wrong
 * with the folder or an entry costs time and nothing else.
 */
export function fileCache(cwd: string): FileCache {
  const folder = cacheFolder(cwd);
  const salt = toolVersion();
  const place = (kind: string, parts: readonly string[]): { key: string; path: string } => {
    const key = createHash('sha256')
      .update(JSON.stringify([kind, parts, salt]))
      .digest('hex');
    return { key, path: join(folder, `${kind}-${key.slice(0, 40)}.json`) };
  };
  return {
    find: async (kind, parts) => {
      const { key, path } = place(kind, parts);
      return (await read(path, key))?.value;
    },
    keep: async (kind, parts, value) => {
      const { key, path } = place(kind, parts);
      await write(folder, path, { key, value });
    },
    remember: async <Value>(kind: string, parts: readonly string[], build: () => Promise<Value>): Promise<Value> => {
      const { key, path } = place(kind, parts);
      const kept = await read(path, key);
      if (kept) return kept.value as Value;
      const value = await build();
      await write(folder, path, { key, value });
      return value;
    },
  };
}

/** Our version and those of the rules, the embedded database and the engine, which our manifest pins. */
function toolVersion(): string {
  // A build that was not released shares its version with the one before.
  return JSON.stringify([ownPackage(), ...buildTimes()]);
}

interface Entry {
  readonly key: string;
  readonly value: unknown;
}

async function read(path: string, key: string): Promise<Entry | undefined> {
  try {
    const entry = JSON.parse(await readFile(path, 'utf8')) as Entry | null;
    if (entry?.key !== key || !('value' in entry)) return undefined;
    await markUsed(path);
    return entry;
  } catch {
    return undefined;
  }
}

async function markUsed(path: string): Promise<void> {
  try {
    const now = Date.now();
    if (now - (await stat(path)).mtimeMs > day) await utimes(path, now / 1000, now / 1000);
  } catch {
    // A folder that may be read only still serves.
  }
}

async function write(folder: string, path: string, entry: Entry): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(unfinished, JSON.stringify(entry), { flag: 'wx' });
    await rename(unfinished, path);
    await prune(folder);
  } catch {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

async function prune(folder: string): Promise<void> {
  const names = await readdir(folder);
  const found = await Promise.all(
    names.map(async name => {
      const path = join(folder, name);
      const used = await stat(path).then(
        found => (found.isFile() ? found.mtimeMs : undefined),
        () => undefined,
      );
      return { path, used };
    }),
  );
  const byUse = found.flatMap(({ path, used }) => (used === undefined ? [] : [{ path, used }]));
  byUse.sort((a, b) => b.used - a.used);
  const now = Date.now();
  const old = byUse.filter(({ used, path }, index) => {
    // What a run that was killed left behind.
    const longest = path.endsWith('.tmp') ? day : longestUnused;
    return index >= mostEntries || now - used > longest;
  });
  await Promise.all(old.map(({ path }) => rm(path, { force: true })));
}
