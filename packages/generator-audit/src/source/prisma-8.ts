import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '@migrate-lint/core';

/**
 * Throws when the project is one of Prisma 8, which has a contract in place of schema and generators. `from` is a folder
 * of the project; without it the installed Prisma is not asked for its version.
 */
export async function refusePrisma8(schemaPath: string, from?: string): Promise<void> {
  const sign = (await contractAt(schemaPath)) ?? (from === undefined ? undefined : await installed8(from));
  if (sign === undefined) return;
  throw new UsageError(
    `This is a project of Prisma 8 (${sign}), which migrate-lint cannot read yet; it supports Prisma 5.16 to 7.`,
  );
}

/** A folder of Prisma 8 holds the contract's source and what `prisma contract emit` wrote beside it. */
async function contractAt(schemaPath: string): Promise<string | undefined> {
  const name = basename(schemaPath);
  if (/^contract\.(?:json|ts)$/.test(name)) return `\`${name}\``;
  const folder = name.endsWith('.prisma') ? dirname(schemaPath) : schemaPath;
  if (name.endsWith('.prisma') && name !== 'contract.prisma') return undefined;
  for (const sources of ['contract.prisma', 'contract.ts']) {
    if ((await exists(join(folder, 'contract.json'))) && (await exists(join(folder, sources))))
      return '`contract.json`';
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function installed8(from: string): Promise<string | undefined> {
  try {
    const manifest = createRequire(resolve(from, 'package.json')).resolve('prisma/package.json');
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version?: unknown };
    return typeof version === 'string' && parseInt(version, 10) >= 8 ? `prisma ${version}` : undefined;
  } catch {
    return undefined;
  }
}
