import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach } from '@jest/globals';
import { audit, type AnyRule, type Audit, type Project } from '@migrate-lint/core';
import { sources as schemaSources } from 'prisma-generator-audit/source';
import { sources } from '../src/sources.ts';

/** A repository in a temporary folder with a project in it. */
export interface Repository {
  readonly folder: string;
  /** Writes files; null removes one, and its folder with the last. */
  write(files: Readonly<Record<string, string | null>>): Promise<void>;
  /** Runs git, with a name and none of the settings of this machine. */
  git(...args: readonly string[]): string;
  /** Commits everything. */
  commit(message?: string): string;
  project(more?: Partial<Project>): Project;
  /** What the rules say, as `level subject: message`; throws where one was skipped. */
  say(rules: readonly AnyRule[], more?: RunOptions): Promise<readonly string[]>;
  audit(rules: readonly AnyRule[], more?: RunOptions): Promise<Audit>;
}

export interface RunOptions {
  readonly since?: string | false;
  readonly today?: string;
}

/** migration.sql by folder name, as files of a repository. */
export function migrations(texts: Readonly<Record<string, string | null>>): Readonly<Record<string, string | null>> {
  return Object.fromEntries(Object.entries(texts).map(([name, sql]) => [migrationFile(name), sql]));
}

/** Where the migration of this name stands. */
export function migrationFile(name: string): string {
  return `prisma/migrations/${name}/migration.sql`;
}

const schema = 'model User {\n  id Int @id\n}\n\ndatasource db {\n  provider = "postgresql"\n}\n';

/** What would change where the base is: CI systems, the settings of a person. */
const unsettled =
  /^(?:CI|GIT|TF_BUILD|JENKINS|TEAMCITY|BITBUCKET|BUILDKITE|CIRCLE|TRAVIS|DRONE|CODEBUILD|SYSTEM_PULL|CHANGE_)/;

/** Says where git is missing, and lets no setting of this machine into the tests of the file. Call it once at the top. */
export function gitTesting(): { repository(branch?: string): Promise<Repository> } {
  execFileSync('git', ['--version']);
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (unsettled.test(name)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  });
  const settled = { ...process.env };
  const folders: string[] = [];
  const restore = (environment: NodeJS.ProcessEnv): void => {
    for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, environment);
  };
  afterEach(async () => {
    restore(settled);
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  afterAll(() => {
    restore(before);
  });
  return {
    repository: async (branch = 'main') => {
      const folder = await realpath(await mkdtemp(join(tmpdir(), 'migrate-lint-git-')));
      folders.push(folder);
      const made = repositoryIn(folder);
      made.git('init', '--quiet', `--initial-branch=${branch}`);
      await made.write({
        'prisma/schema.prisma': schema,
        'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
      });
      return made;
    },
  };
}

async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
  if ((await readdir(dirname(path))).length === 0) await rm(dirname(path), { recursive: true });
}

/** A work tree that is there already, such as a clone. */
export function repositoryIn(folder: string): Repository {
  const git: Repository['git'] = (...args) =>
    execFileSync(
      'git',
      ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    ).trim();
  const project: Repository['project'] = more => ({
    cwd: folder,
    schemaPath: join(folder, 'prisma/schema.prisma'),
    migrationsPath: join(folder, 'prisma/migrations'),
    url: undefined,
    shadowUrl: undefined,
    externalTables: [],
    prismaConfigPath: undefined,
    ...more,
  });
  const run: Repository['audit'] = (rules, { since, today = '2026-06-15' } = {}) =>
    audit({
      rules,
      sources: { ...schemaSources, ...sources, today: () => Promise.resolve(today) },
      project: project({ since }),
      settings: {
        level: rule => rule.level,
        enabled: () => true,
        options: (rule): unknown => rule.options?.parse({}),
        baseline: new Map(),
      },
      today,
    });
  return {
    folder,
    git,
    write: async files => {
      for (const [file, text] of Object.entries(files)) {
        // Git keeps no empty folders.
        if (text === null) await removeFile(join(folder, file));
        else {
          await mkdir(dirname(join(folder, file)), { recursive: true });
          await writeFile(join(folder, file), text);
        }
      }
    },
    commit: (message = 'Next') => {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
    project,
    audit: run,
    say: async (rules, more) => {
      const { report } = await run(rules, more);
      const [unread] = report.skipped;
      if (unread) throw new Error(`${unread.rule} was skipped: ${unread.reason}`);
      return report.findings.map(({ level, subject, message }) => `${level} ${subject}: ${message}`);
    },
  };
}
