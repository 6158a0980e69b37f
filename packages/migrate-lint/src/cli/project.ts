import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { UsageError, type Cache, type Project } from '@migrate-lint/core';
import { pathKind } from '@migrate-lint/core/folders';
import { findPrismaConfig, readPrismaConfig, type PrismaConfig } from './prisma-config.ts';

/** What the command line and our own config say about where things are; relative to the working directory. */
export interface ProjectOptions {
  readonly schema?: string | undefined;
  readonly migrations?: string | undefined;
  readonly url?: string | undefined;
  readonly shadowUrl?: string | undefined;
  readonly since?: string | false | undefined;
  /** As `prisma --config` has it. */
  readonly prismaConfig?: string | undefined;
}

/** Finds the project as Prisma does: what is said, else the Prisma config, else package.json, else the usual places. */
export async function findProject(cwd: string, options: ProjectOptions, cache: Cache): Promise<Project> {
  const manifest = nearestManifest(cwd);
  refuseVersion8(manifest);
  const prismaConfigPath =
    options.prismaConfig === undefined ? findPrismaConfig(cwd) : resolve(cwd, options.prismaConfig);
  const config = prismaConfigPath === undefined ? undefined : await prismaConfig(prismaConfigPath, cwd, options, cache);
  const schemaPath = await findSchema(cwd, options, config, manifest);
  return {
    cwd,
    schemaPath,
    migrationsPath: await findMigrations(cwd, schemaPath, options.migrations, config),
    url: options.url,
    shadowUrl: options.shadowUrl,
    since: options.since,
    externalTables: config?.externalTables ?? [],
    prismaConfigPath,
  };
}

async function prismaConfig(
  file: string,
  cwd: string,
  options: ProjectOptions,
  cache: Cache,
): Promise<PrismaConfig | undefined> {
  try {
    return await readPrismaConfig(file, cwd, shown(cwd, file), cache);
  } catch (error) {
    // With both said, only the external tables could be missed.
    const needless = options.schema !== undefined && options.migrations !== undefined;
    if (needless && options.prismaConfig === undefined && !/\bexternal\b/.test(readFileSync(file, 'utf8')))
      return undefined;
    throw error;
  }
}

interface Manifest {
  readonly folder: string;
  readonly content: Readonly<Record<string, unknown>>;
}

function nearestManifest(cwd: string): Manifest | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    let text: string | undefined;
    try {
      text = readFileSync(join(folder, 'package.json'), 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const file = shown(cwd, join(folder, 'package.json'));
      // Without one here, the folder above may have one.
      if (code !== 'ENOENT' && code !== 'ENOTDIR')
        throw new UsageError(`\`${file}\` cannot be read (${code ?? 'unknown error'}); check its rights and links.`);
    }
    if (text !== undefined) return { folder, content: parseManifest(text, shown(cwd, join(folder, 'package.json'))) };
    if (dirname(folder) === folder) return undefined;
  }
}

function parseManifest(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    throw new UsageError(`\`${file}\` is not valid JSON; mend it first.`);
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** Prisma 8 keeps a contract in place of a schema; its packages tell before anything is looked for. */
function refuseVersion8(manifest: Manifest | undefined): void {
  const { dependencies, devDependencies } = manifest?.content ?? {};
  for (const [name, range] of Object.entries({ ...record(dependencies), ...record(devDependencies) })) {
    const prismas = name === 'prisma' || name === '@prisma/client' || name === '@prisma/cli';
    if (prismas && typeof range === 'string' && /^[\^~>=v\s]*(?:[89]|\d\d)\b/.test(range)) {
      throw new UsageError(
        `This is a project of Prisma 8 (\`${name}\` ${range}), which migrate-lint cannot read yet; it supports Prisma 5.16 to 7.`,
      );
    }
  }
}

async function findSchema(
  cwd: string,
  options: ProjectOptions,
  config: PrismaConfig | undefined,
  manifest: Manifest | undefined,
): Promise<string> {
  const { refusePrisma8 } = await import('prisma-generator-audit/source');
  const said = options.schema === undefined ? (config?.schema ?? inManifest(manifest)) : resolve(cwd, options.schema);
  if (said !== undefined) {
    await refusePrisma8(said, cwd);
    return said;
  }
  await refusePrisma8(join(cwd, 'prisma'), cwd);
  await refusePrisma8(cwd);
  const found = ['schema.prisma', 'prisma/schema.prisma', 'prisma/schema'].filter(place => isSchema(join(cwd, place)));
  const [first, second] = found;
  if (first !== undefined && second !== undefined) {
    throw new UsageError(
      `There are two schemas here, \`${first}\` and \`${second}\`; say which one with --schema, or remove the other.`,
    );
  }
  if (first !== undefined) return join(cwd, first);
  throw new UsageError(`There is no Prisma schema here: ${await hint(cwd)}.`);
}

function inManifest(manifest: Manifest | undefined): string | undefined {
  const { schema } = record(manifest?.content.prisma);
  return manifest && typeof schema === 'string' ? resolve(manifest.folder, schema) : undefined;
}

/** A link that leads back to itself counts: the reader says what is wrong with it. */
function isSchema(path: string): boolean {
  const kind = pathKind(path);
  return kind === 'folder' || (kind !== undefined && path.endsWith('.prisma'));
}

/** In the root of a workspace the schema is usually one or two folders below. */
async function hint(cwd: string): Promise<string> {
  const top = await foldersIn(cwd);
  const below = await Promise.all(
    top.map(async name => (await foldersIn(join(cwd, name))).map(sub => join(name, sub))),
  );
  const place = [...top, ...below.flat()]
    .map(folder => join(folder, 'prisma', 'schema.prisma'))
    .find(path => pathKind(join(cwd, path)) === 'file');
  return place === undefined
    ? 'neither `schema.prisma` nor `prisma/schema.prisma` is there; name the file or its folder with --schema'
    : `one is in \`${place.replaceAll('\\', '/')}\`; run in that package, or name it with --schema`;
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
  return names.filter(name => name !== 'node_modules' && !name.startsWith('.')).sort();
}

async function findMigrations(
  cwd: string,
  schemaPath: string,
  said: string | undefined,
  config: PrismaConfig | undefined,
): Promise<string | undefined> {
  if (said !== undefined) {
    const path = resolve(cwd, said);
    if (isDirectory(path)) return path;
    throw new UsageError(`There is no folder of migrations \`${shown(cwd, path)}\`; check --migrations or the config.`);
  }
  const configured = config?.migrations ?? undefined;
  if (configured !== undefined) return isDirectory(configured) ? configured : undefined;
  const folders = isDirectory(schemaPath)
    ? [...(await datasourceFolders(schemaPath, cwd)), schemaPath, dirname(schemaPath)]
    : [dirname(schemaPath)];
  return folders.map(folder => join(folder, 'migrations')).find(isDirectory);
}

/** Prisma 6.6 and later keep the migrations beside the file with the datasource, earlier ones beside the folder. */
async function datasourceFolders(schemaPath: string, cwd: string): Promise<readonly string[]> {
  const { readSchema } = await import('prisma-generator-audit/source');
  const files = await readSchema(schemaPath, cwd);
  return files
    .filter(({ text }) => /^[ \t]*datasource[ \t]+\w+[ \t]*\{/m.test(text))
    .map(({ path }) => dirname(resolve(cwd, path)));
}

function isDirectory(path: string): boolean {
  return pathKind(path) === 'folder';
}

/** A path as messages show it. */
export function shown(cwd: string, path: string): string {
  return relative(cwd, path).replaceAll('\\', '/') || '.';
}
