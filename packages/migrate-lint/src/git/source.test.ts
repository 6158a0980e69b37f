import { execFileSync } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Project } from '@migrate-lint/core';
import { gitTesting, migrations, repositoryIn, type Repository } from '../../test/git-testing.ts';
import { expectSince, readGit } from './source.ts';

const { repository } = gitTesting();
const { signal } = new AbortController();

async function base({ project }: Pick<Repository, 'project'>, more: Partial<Project> = {}) {
  return (await readGit({ project: project(more), signal })).base;
}

/** The name of the base and its migrations, those ahead with a `+`. */
async function based(on: Pick<Repository, 'project'>, more?: Partial<Project>): Promise<readonly string[] | undefined> {
  const found = await base(on, more);
  return found && [found.name, ...found.migrations.map(({ name }) => name), ...found.ahead.map(name => `+${name}`)];
}

/** `main` with one migration, and a branch from it with another. */
async function branched(): Promise<Repository> {
  const made = await repository();
  await made.write(migrations({ '1_init': 'SELECT 1;' }));
  made.commit();
  made.git('switch', '--quiet', '--create', 'feature');
  await made.write(migrations({ '2_next': 'SELECT 2;' }));
  made.commit();
  return made;
}

describe('nothing is taken as applied', () => {
  test('on the default branch, whatever is committed', async () => {
    const { git, project } = await branched();
    git('switch', '--quiet', 'main');
    expect(await base({ project })).toBeUndefined();
  });

  test('before the first commit', async () => {
    expect(await base(await repository())).toBeUndefined();
    const lone = await repository('work');
    await lone.write(migrations({ '1_init': '' }));
    expect(await base(lone)).toBeUndefined();
  });

  test('where only one branch is, whatever its name', async () => {
    const { commit, project } = await repository('trunk');
    commit();
    expect(await base({ project })).toBeUndefined();
  });

  test('where HEAD is on no branch outside of CI', async () => {
    const { git, project } = await branched();
    git('checkout', '--quiet', '--detach');
    expect(await base({ project })).toBeUndefined();
  });

  test('when it is asked for, and then git is not asked', async () => {
    const { project } = await branched();
    process.env.PATH = '/nowhere';
    expect(await base({ project }, { since: false })).toBeUndefined();
  });
});

describe('the base is where the work left', () => {
  test('the default branch, with the text that it had there', async () => {
    const { git, write, commit, project } = await branched();
    await write(migrations({ '1_init': 'SELECT 3;', '4_untracked': '' }));
    expect(await base({ project })).toEqual({
      name: 'main',
      commit: git('rev-parse', 'main'),
      migrations: [{ name: '1_init', file: 'prisma/migrations/1_init/migration.sql', text: 'SELECT 1;' }],
      ahead: [],
    });
    git('stash', '--quiet', '--include-untracked');
    git('switch', '--quiet', 'main');
    await write(migrations({ '3_other': 'SELECT 3;' }));
    commit();
    git('switch', '--quiet', 'feature');
    expect(await based({ project })).toEqual(['main', '1_init', '+3_other']);
  });

  test('`master`, or what the remote calls its default', async () => {
    const old = await repository('master');
    old.commit();
    old.git('switch', '--quiet', '--create', 'feature');
    expect(await based(old)).toEqual(['master']);
    const { git, project } = await branched();
    git('update-ref', 'refs/remotes/origin/develop', 'feature');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/develop');
    git('switch', '--quiet', '--create', 'topic');
    expect(await based({ project })).toEqual(['origin/develop', '1_init', '2_next']);
  });

  test('the branch of the remote, before an old one here', async () => {
    const { git, project } = await branched();
    git('update-ref', 'refs/remotes/origin/main', 'feature');
    git('switch', '--quiet', '--create', 'topic');
    expect(await based({ project })).toEqual(['origin/main', '1_init', '2_next']);
  });

  test.each(['main', 'HEAD~1', 'refs/heads/main', 'v1.0'])('what --since names: %s', async since => {
    const { git, project } = await branched();
    git('tag', 'v1.0', 'main');
    expect(await based({ project }, { since })).toEqual([since, '1_init']);
  });

  test('in a folder of a larger repository, and in a second work tree', async () => {
    const { folder, git, write, commit, project } = await branched();
    await write({ 'packages/db/prisma/migrations/1_own/migration.sql': 'SELECT 1;' });
    commit();
    const cwd = join(folder, 'packages/db');
    const own = { cwd, migrationsPath: join(cwd, 'prisma/migrations') };
    expect((await base({ project }, { ...own, since: 'HEAD' }))?.migrations).toEqual([
      { name: '1_own', file: 'prisma/migrations/1_own/migration.sql', text: 'SELECT 1;' },
    ]);
    git('worktree', 'add', '--quiet', '-b', 'second', join(folder, 'second'), 'feature');
    expect(await based(repositoryIn(join(folder, 'second')))).toEqual(['main', '1_init']);
  });

  test('with names and texts that are hard to print', async () => {
    const { git, write, commit, project } = await repository();
    const text = '-- Ünïcode ✓\r\nSELECT 1;\n\n';
    await write(migrations({ '1_ä "b" \n c': text, '2_empty': '' }));
    await write({ 'prisma/migrations/migration.sql': '', 'prisma/migrations/3_a/b/migration.sql': '' });
    commit();
    git('switch', '--quiet', '--create', 'feature');
    expect((await base({ project }))?.migrations.map(each => [each.name, each.text])).toEqual([
      ['1_ä "b" \n c', text],
      ['2_empty', ''],
    ]);
  });
});

describe('in CI', () => {
  test('the branch of the pull request counts, on whatever HEAD is', async () => {
    const { git, project } = await branched();
    git('branch', 'release/2', 'main');
    git('checkout', '--quiet', '--detach');
    process.env.GITHUB_BASE_REF = 'release/2';
    expect(await based({ project })).toEqual(['release/2', '1_init']);
  });

  test('a push to the default branch is compared with what was there before it', async () => {
    const { folder, git, project } = await branched();
    git('switch', '--quiet', 'main');
    const before = git('rev-parse', 'main');
    git('merge', '--quiet', 'feature');
    process.env.CI = 'true';
    expect(await based({ project })).toEqual(['main', '1_init', '2_next']);
    process.env.CI_COMMIT_BEFORE_SHA = before;
    expect(await based({ project })).toEqual(['main', '1_init']);
    process.env.CI_COMMIT_BEFORE_SHA = '0'.repeat(40);
    expect((await base({ project }))?.migrations.map(({ name }) => name)).toEqual(['1_init', '2_next']);
    delete process.env.CI_COMMIT_BEFORE_SHA;
    process.env.GITHUB_EVENT_PATH = join(folder, 'event.json');
    await writeFile(join(folder, 'event.json'), JSON.stringify({ before }));
    expect((await base({ project }))?.migrations.map(({ name }) => name)).toEqual(['1_init']);
  });

  test('a shallow clone without the base is not verified', async () => {
    const { folder, git } = await branched();
    git('switch', '--quiet', 'main');
    const clone = await realpath(await mkdtemp(join(tmpdir(), 'migrate-lint-clone-')));
    try {
      execFileSync('git', ['clone', '--quiet', '--depth=1', `--branch=feature`, `file://${folder}`, clone]);
      process.env.CI = 'true';
      await expect(base(repositoryIn(clone))).rejects.toThrow(
        'Which migrations are applied is not known, because this shallow clone does not have the default branch; fetch the whole history (`fetch-depth: 0` for actions/checkout, `GIT_DEPTH: 0` in GitLab).',
      );
      execFileSync('git', ['fetch', '--quiet', '--depth=1', 'origin', 'main:refs/remotes/origin/main'], { cwd: clone });
      await expect(base(repositoryIn(clone))).rejects.toThrow('the commit at which this work left `origin/main`');
      // The tip alone knows its own.
      expect(await based(repositoryIn(clone), { since: 'HEAD' })).toEqual(['HEAD', '1_init', '2_next']);
    } finally {
      await rm(clone, { recursive: true, force: true });
    }
  });

  test('a branch that is not there is not verified', async () => {
    const { project } = await branched();
    process.env.GITHUB_BASE_REF = 'gone';
    await expect(base({ project })).rejects.toThrow(
      'Which migrations are applied is not known, because this repository does not have the branch `gone` that this pull request goes to; fetch it, or name a commit with --since.',
    );
  });
});

describe('what cannot be asked', () => {
  test('is not verified: no git, a broken repository; without a repository there is no base', async () => {
    const { folder, project, write } = await branched();
    process.env.PATH = '/nowhere';
    await expect(base({ project })).rejects.toMatchObject({
      name: 'FactUnavailable',
      message: expect.stringContaining('git cannot be asked (git is not installed): install it, or say --no-since'),
    });
    delete process.env.PATH;
    await rm(join(folder, '.git'), { recursive: true });
    expect(await base({ project })).toBeUndefined();
    await write({ '.git': 'gitdir: nowhere' });
    await expect(base({ project })).rejects.toThrow(/git cannot be asked \(.*\): see what `git status` says/);
  });

  test('is wrong usage where --since asks for it', async () => {
    const { folder, project } = await branched();
    const expecting = (since: string): Promise<void> => expectSince({ project: project({ since }), signal });
    await expectSince({ project: project(), signal });
    await expecting('main');
    const missing =
      /^There is no commit, branch or tag `.*` in this repository; fetch it, or name another one with --since\.$/s;
    for (const since of [
      'nope',
      '',
      '--output=stolen',
      '-',
      '^main',
      'main..feature',
      'a\0b',
      '$(touch stolen)',
      'HEAD:prisma',
    ]) {
      await expect(expecting(since)).rejects.toMatchObject({
        name: 'UsageError',
        message: expect.stringMatching(missing),
      });
      await expect(base({ project }, { since })).rejects.toMatchObject({ name: 'UsageError' });
    }
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' })).toBe('');
    await rm(join(folder, '.git'), { recursive: true });
    await expect(expecting('main')).rejects.toMatchObject({
      name: 'UsageError',
      message: '`--since main` needs a git repository, and this is none.',
    });
  });
});

test('the variables of a hook do not mislead', async () => {
  const { project } = await branched();
  Object.assign(process.env, { GIT_DIR: '.git', GIT_INDEX_FILE: '/nowhere/index', GIT_WORK_TREE: '/nowhere' });
  expect(await based({ project })).toEqual(['main', '1_init']);
});

test('no program is started that the configuration names', async () => {
  const { folder, git, project } = await branched();
  const stolen = join(folder, 'stolen');
  for (const name of ['core.fsmonitor', 'core.pager', 'diff.external', 'core.sshCommand'])
    git('config', name, `touch ${stolen}`);
  expect(await based({ project })).toEqual(['main', '1_init']);
  expect(execFileSync('ls', [folder], { encoding: 'utf8' })).not.toContain('stolen');
});
