import { FactUnavailable, type Project } from '@migrate-lint/core';
import { findBase } from '../git/base.ts';
import { GitError } from '../git/command.ts';
import { isInRepository } from '../git/source.ts';
import { looseFiles, looseText } from '../migrations/loose-sql.ts';
import { prismaVersion } from '../migrations/prisma-version.ts';
import { shown } from './project.ts';

/**
 * What a report is made of besides the texts of the project's files: the Prisma that runs the migrations, the commits that tell which of them are
 * applied, and the SQL that lies beside them.
 */
export async function otherInputs(project: Project, signal?: AbortSignal): Promise<readonly string[]> {
  const { migrationsPath } = project;
  const base = baseOf(project, signal);
  const prisma = prismaVersion({ project });
  const loose = (migrationsPath === undefined ? [] : looseFiles(migrationsPath)).map(file => [
    shown(project.cwd, file),
    looseText(file) ?? null,
  ]);
  return [JSON.stringify([prisma ?? null, await base, loose])];
}

/** Where git cannot be asked the report says so in its own words. */
async function baseOf({ since, migrationsPath, cwd }: Project, signal: AbortSignal | undefined): Promise<unknown> {
  const folder = migrationsPath ?? cwd;
  if (since === false || !isInRepository(folder)) return since ?? null;
  try {
    return (await findBase(folder, since, process.env, { signal })) ?? null;
  } catch (error) {
    if (error instanceof FactUnavailable || error instanceof GitError) return error.message;
    throw error;
  }
}
