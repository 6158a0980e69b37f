import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { FactUnavailable, inPrismaOrder, UsageError, type Git, type SourceContext } from '@migrate-lint/core';
import { findBase, given } from './base.ts';
import { GitError, type GitOptions } from './command.ts';
import { migrationNamesAt, migrationsAt } from './tree.ts';

type Context = Pick<SourceContext, 'project' | 'signal'>;

/** The source of `git`: what the branch that this work goes to has of the migrations. */
export async function readGit({ project, signal }: Context): Promise<Git> {
  const { cwd, since, migrationsPath } = project;
  if (since === false) return { base: undefined };
  const folder = migrationsPath ?? cwd;
  try {
    if (!isInRepository(folder)) {
      if (since !== undefined) throw notARepository(since);
      // Without a branch there is nothing that it could have changed.
      return { base: undefined };
    }
    const base = await findBase(folder, since, process.env, { signal });
    if (!base) return { base: undefined };
    const { name, commit, tip } = base;
    const [texts, now] = await Promise.all([
      migrationsAt(folder, commit, { signal }),
      tip === commit ? [] : migrationNamesAt(folder, tip, { signal }),
    ]);
    const migrations = [...texts].map(([migration, text]) => ({
      name: migration,
      file: relative(cwd, join(folder, migration, 'migration.sql')).replaceAll('\\', '/'),
      text,
    }));
    return {
      base: {
        name,
        commit,
        migrations: migrations.sort((a, b) => inPrismaOrder(a.name, b.name)),
        ahead: now.filter(each => !texts.has(each)).sort(inPrismaOrder),
      },
    };
  } catch (error) {
    throw error instanceof GitError ? refused(error, since) : error;
  }
}

/** Throws `UsageError` for a `--since` that names no commit, so that it is said whatever rules run. */
export async function expectSince({ project, signal }: Pick<Context, 'project'> & GitOptions): Promise<void> {
  const { cwd, since, migrationsPath } = project;
  if (typeof since !== 'string') return;
  const folder = migrationsPath ?? cwd;
  if (!isInRepository(folder)) throw notARepository(since);
  try {
    await given(folder, since, { signal });
  } catch (error) {
    throw error instanceof GitError ? refused(error, since) : error;
  }
}

/** A process less where there is nothing to ask. A work tree and a submodule have a file in the folder's stead. */
export function isInRepository(start: string): boolean {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return true;
    if (dirname(folder) === folder) return false;
  }
}

function notARepository(since: string): Error {
  return new UsageError(`\`--since ${since}\` needs a git repository, and this is none.`);
}

function refused({ reason, message }: GitError, since: string | undefined): Error {
  if (reason === 'missing' && since !== undefined)
    return new UsageError(`\`--since ${since}\` needs git, and git is not installed here.`);
  const way =
    reason === 'missing'
      ? 'install it'
      : message.includes('dubious ownership')
        ? 'run `git config --global --add safe.directory` with its folder'
        : 'see what `git status` says';
  return new FactUnavailable(
    `Which migrations are applied is not known, because git cannot be asked (${message}): ${way}, or say --no-since to take none as applied.`,
  );
}
