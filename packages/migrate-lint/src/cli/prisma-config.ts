import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError, type Cache } from '@migrate-lint/core';
import { pathKind } from '@migrate-lint/core/folders';
import { inputsOf } from './config-inputs.ts';

/** What of the Prisma config matters here. Paths are absolute. */
export interface PrismaConfig {
  readonly schema: string | null;
  readonly migrations: string | null;
  readonly externalTables: readonly string[];
}

const extensions = ['js', 'ts', 'mjs', 'cjs', 'mts', 'cts'];
/** In the order in which Prisma 7.10 looks for them. */
const candidates = [
  ...['prisma7.config', '.config/prisma7'].flatMap(name => extensions.map(extension => `${name}.${extension}`)),
  ...['prisma.config', '.config/prisma', '.config/prisma.config'].flatMap(name => [
    ...extensions.map(extension => `${name}.${extension}`),
    ...extensions.map(extension => `${name}/index.${extension}`),
  ]),
];

/** The Prisma config of a folder, found without loading `@prisma/config`. */
export function findPrismaConfig(cwd: string): string | undefined {
  const found = candidates.find(name => pathKind(join(cwd, name)) === 'file');
  return found === undefined ? undefined : join(cwd, found);
}

/**
 * Reads a Prisma config. Loading one takes half a second, so the outcome is kept where everything that it can depend on is
 * known; a variable that it asks for and that is not set does not stop it, because the url is not needed.
 */
export async function readPrismaConfig(file: string, cwd: string, shown: string, cache: Cache): Promise<PrismaConfig> {
  if (!existsSync(file)) throw new UsageError(`The Prisma config \`${shown}\` does not exist; check the path.`);
  const inputs = inputsOf(file, textOf(file, shown), cwd);
  const build = () => load(file, cwd, shown);
  return inputs ? cache.remember('prisma-config', [file, cwd, ...inputs], build) : build();
}

function textOf(file: string, shown: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UsageError(`The Prisma config \`${shown}\` cannot be read (${code}); check its rights.`);
  }
}

async function load(file: string, cwd: string, shown: string): Promise<PrismaConfig> {
  const environment = { ...process.env };
  const restore = silence();
  try {
    // The config's own import would load a second copy, or none where nothing is installed.
    const ours = createRequire(import.meta.url).resolve('@prisma/config');
    const alias: Record<string, string> = { 'prisma/config': ours, '@prisma/config': ours };
    // A run without the cache leaves nothing behind in the folder for temporary files.
    process.env.JITI_FS_CACHE = 'false';
    const { default: prisma } = await import('@prisma/config');
    for (let attempt = 0; ; attempt += 1) {
      process.env.JITI_ALIAS = JSON.stringify(alias);
      const { config, error } = await prisma.loadConfigFromFile({ configFile: file, configRoot: cwd });
      if (config) {
        return {
          schema: config.schema ?? null,
          migrations: config.migrations?.path ?? null,
          externalTables: config.tables?.external ?? [],
        };
      }
      const reason = 'error' in error ? error.error.message : 'it is not there';
      const dotenv = /Cannot find (?:module|package) '(dotenv(?:\/config)?)'/.exec(reason)?.[1];
      if (dotenv !== undefined && !(dotenv in alias)) {
        alias[dotenv] = fileURLToPath(new URL(`./absent-dotenv${extname(import.meta.url)}`, import.meta.url));
        continue;
      }
      const missing = /(?:Cannot resolve|Missing required) environment variable: (\w+)/.exec(reason)?.[1];
      if (missing === undefined || process.env[missing] !== undefined || attempt > 50) throw unloadable(shown, reason);
      process.env[missing] = 'postgresql://not-set';
    }
  } finally {
    restore();
    for (const name of Object.keys(process.env)) if (!(name in environment)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, environment);
  }
}

function unloadable(shown: string, reason: string): UsageError {
  const first = (reason.split('\n')[0] ?? '').trim().replace(/\.$/, '').slice(0, 300);
  return new UsageError(
    `The Prisma config \`${shown}\` cannot be loaded (${first}); mend it, or install the packages that it imports.`,
  );
}

/** dotenv greets on stdout, where the report goes. */
function silence(): () => void {
  const streams = [process.stdout, process.stderr];
  const writes = streams.map(stream => stream.write.bind(stream));
  for (const stream of streams) {
    stream.write = (_chunk: unknown, ...rest: unknown[]): boolean => {
      const done = rest.find(each => typeof each === 'function') as (() => void) | undefined;
      done?.();
      return true;
    };
  }
  return () => {
    for (const [index, stream] of streams.entries()) stream.write = writes[index] ?? stream.write;
  };
}
