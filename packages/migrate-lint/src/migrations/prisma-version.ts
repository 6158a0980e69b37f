import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { PrismaVersion, SourceContext } from '@migrate-lint/core';
import { lockReaders } from './lock-versions.ts';
import { exactVersion, versionOfRange } from './version-range.ts';

/** `prisma` runs the migrations; `@prisma/client` is mostly of the same version. */
const packages = ['prisma', '@prisma/client'] as const;

/** A file that is longer is none that a package manager writes. */
const longestFile = 64 * 1024 * 1024;

/**
 * The Prisma that runs the migrations: what is installed or locked nearest to the schema, else what package.json asks for. Of a range in
 * package.json it is the lowest version, and only if all of the range run migrations alike. Undefined where nothing tells.
 */
export function prismaVersion({ project }: Pick<SourceContext, 'project'>): PrismaVersion | undefined {
  const { cwd, schemaPath } = project;
  for (const find of [installedOrLocked, asked]) {
    for (const name of packages) {
      // Seen from the root of a workspace, the schema's own package knows better.
      for (const start of new Set([dirname(schemaPath), cwd])) {
        const found = find(start, name);
        if (found) return { version: found.version, from: relative(cwd, found.path).replaceAll('\\', '/') };
      }
    }
  }
  return undefined;
}

interface Found {
  readonly version: string;
  readonly path: string;
}

/** As node looks for a package: here, then in each folder above. The first lock file that knows the package ends the way. */
function installedOrLocked(start: string, name: string): Found | undefined {
  const asking = manifestAsking(start, name);
  for (const folder of upwards(start)) {
    const installed = join(folder, 'node_modules', name, 'package.json');
    const version = exactVersion(jsonOf(installed).version);
    if (version !== undefined) return { version, path: installed };
    // Of what no package.json asks for, a lock file may hold somebody else's.
    const locked = asking && lockedIn(folder, name, asking);
    if (locked) return locked;
  }
  return undefined;
}

function lockedIn(folder: string, name: string, asking: Asking): Found | undefined {
  const { range, workspace } = asking;
  const wanted = { name, range, workspace, folder: relative(folder, asking.folder).replaceAll('\\', '/') || '.' };
  for (const [file, read] of Object.entries(lockReaders)) {
    const path = join(folder, file);
    const text = textOf(path);
    const version = text === undefined ? undefined : exactVersion(read(text, wanted));
    if (version !== undefined) return { version, path };
  }
  return undefined;
}

function asked(start: string, name: string): Found | undefined {
  const asking = manifestAsking(start, name);
  const version = versionOfRange(asking?.range ?? '');
  return asking && version !== undefined ? { version, path: join(asking.folder, 'package.json') } : undefined;
}

/** A package.json that names the package. */
interface Asking {
  readonly folder: string;
  readonly range: string;
  readonly workspace: string | undefined;
}

function manifestAsking(start: string, name: string): Asking | undefined {
  for (const folder of upwards(start)) {
    const manifest = jsonOf(join(folder, 'package.json'));
    for (const group of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']) {
      const range = record(manifest[group])[name];
      const workspace = typeof manifest.name === 'string' ? manifest.name : undefined;
      if (typeof range === 'string') return { folder, range, workspace };
    }
  }
  return undefined;
}

function* upwards(start: string): Generator<string> {
  for (let folder = start; ; folder = dirname(folder)) {
    yield folder;
    if (dirname(folder) === folder) return;
  }
}

/** An empty object for what is not there or no JSON: then the next place is asked. */
function jsonOf(path: string): Readonly<Record<string, unknown>> {
  const text = textOf(path);
  if (text === undefined) return {};
  try {
    return record(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return {};
  }
}

/** Dozens of files are looked for that are not there: asked in turn that takes a tenth of the time of waiting for each. */
function textOf(path: string): string | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isFile() === true && found.size <= longestFile ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
