import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UsageError } from '@migrate-lint/core';
import { migrationFor, nameMigrations, type Mendable } from '../write-migration.ts';
import type { ProjectAudit } from './audit.ts';
import { shown } from './project.ts';
import type { Session } from './session.ts';

/** Writes what mends the findings as new migration folders; their files, in the order in which they run. */
export async function writeMigrations(
  { project, fact }: ProjectAudit,
  findings: readonly Mendable[],
  name: string,
  { cwd, signal }: Session,
): Promise<readonly string[]> {
  const scripts = migrationFor(findings);
  const folder = project.migrationsPath;
  if (scripts.length === 0 || folder === undefined) return [];
  const { migrations } = await fact('migrations');
  const existing = migrations.map(migration => migration.name);
  const files: string[] = [];
  for (const written of nameMigrations(scripts, name, new Date(), existing)) {
    signal.throwIfAborted();
    const target = join(folder, written.name);
    await writeFolder(target, dirname(folder), written.sql, shown(cwd, target));
    files.push(shown(cwd, join(target, 'migration.sql')));
  }
  return files;
}

/** A folder of migrations never holds one that is half written: Prisma would run it. */
async function writeFolder(target: string, beside: string, sql: string, shownAs: string): Promise<void> {
  const unfinished = join(beside, `.migrate-lint-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(unfinished);
    await writeFile(join(unfinished, 'migration.sql'), sql);
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UsageError(`The migration \`${shownAs}\` cannot be written (${code}); check its folder and its rights.`);
  }
}
