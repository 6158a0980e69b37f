import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { UsageError } from '@migrate-lint/core';
import type { SchemaText } from './parse.ts';
import { refusePrisma8 } from './prisma-8.ts';

/** The .prisma files of a file or folder, sorted, their paths relative to `cwd`. */
export async function readSchema(schemaPath: string, cwd: string): Promise<readonly SchemaText[]> {
  const shown = (path: string): string => relative(cwd, path).split(sep).join('/') || '.';
  await refusePrisma8(schemaPath);
  const kind = await stat(schemaPath).catch((error: unknown) => {
    throw unreadable(shown(schemaPath), error);
  });
  if (!kind.isDirectory() && !schemaPath.endsWith('.prisma')) {
    throw new UsageError(
      `\`${shown(schemaPath)}\` is no .prisma file; name the schema file or its folder with --schema.`,
    );
  }
  const paths = kind.isDirectory() ? await prismaFiles(schemaPath, shown, new Set()) : [schemaPath];
  if (paths.length === 0) {
    throw new UsageError(`There is no .prisma file in \`${shown(schemaPath)}\`; name the schema with --schema.`);
  }
  const files = await Promise.all(paths.map(async path => ({ path: shown(path), text: await readText(path, shown) })));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Follows links as Prisma does; `seen` holds the real folders, so that a link to a folder above ends. */
async function prismaFiles(
  folder: string,
  shown: (path: string) => string,
  seen: Set<string>,
): Promise<readonly string[]> {
  const real = await realpath(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  const entries = await readdir(folder).catch((error: unknown) => {
    throw unreadable(shown(folder), error);
  });
  const found: string[] = [];
  for (const entry of entries.sort()) {
    if (entry === 'node_modules') continue;
    const path = join(folder, entry);
    const kind = await stat(path).catch((error: unknown) => {
      // A link that leads nowhere, or back to itself, matters only in a schema file's place.
      if (entry.endsWith('.prisma')) throw unreadable(shown(path), error);
      return undefined;
    });
    if (kind?.isDirectory()) found.push(...(await prismaFiles(path, shown, seen)));
    else if (kind?.isFile() && entry.endsWith('.prisma')) found.push(path);
  }
  return found;
}

async function readText(path: string, shown: (path: string) => string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(shown(path), error);
  });
  try {
    // The byte order mark stays: offsets are those of the file.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below.
  }
  throw new UsageError(
    `\`${shown(path)}\` is not UTF-8 text, so it cannot be a Prisma schema; save it as UTF-8 or move it out of the schema folder.`,
  );
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'is not there; name the schema file or its folder with --schema',
  ENOTDIR: 'is not there; name the schema file or its folder with --schema',
  EACCES: 'may not be read; give this user the right to read it',
  EPERM: 'may not be read; give this user the right to read it',
  ELOOP: 'is a symbolic link that leads back to itself; remove it',
};

function unreadable(path: string, error: unknown): UsageError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return new UsageError(
    `The schema \`${path}\` ${reasons[code] ?? `cannot be read (${code}); name another one with --schema`}.`,
  );
}
