import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { Report } from '@migrate-lint/core';
import { bin, testProject, type TestProject } from './command-line.ts';
import { gitTesting, migrationFile, migrations, repositoryIn, type Repository } from './git-testing.ts';

jest.setTimeout(120_000);
gitTesting();
let project: TestProject | undefined;
let clone: string | undefined;

afterEach(async () => {
  await project?.remove();
  if (clone !== undefined) await rm(clone, { recursive: true, force: true });
  [project, clone] = [undefined, undefined];
});

const onMain = {
  '1_init': 'CREATE TABLE "Customer" ("id" SERIAL PRIMARY KEY, "name" TEXT NOT NULL, "phone" TEXT);\n',
  '2_find': 'CREATE INDEX "Customer_name_idx" ON "Customer"("name");\n',
  '3_without_phone': 'ALTER TABLE "Customer" DROP COLUMN "phone";\n',
};
const onBranch = { '4_find_more': 'CREATE INDEX "Customer_id_name_idx" ON "Customer"("id", "name");\n' };

/** `main` has three migrations, and the branch `feature` one more that is not committed. */
async function branched(): Promise<TestProject & Pick<Repository, 'git'>> {
  project = await testProject({
    'prisma/schema.prisma':
      'datasource db {\n  provider = "postgresql"\n}\n\nmodel Customer {\n  id   Int    @id @default(autoincrement())\n  name String\n\n  @@index([name])\n  @@index([id, name])\n}\n',
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    'migrate-lint.config.json': '{ "rules": { "migration/missing-lock-timeout": "off" } }\n',
  });
  const { write, commit, git } = repositoryIn(project.folder);
  await write(migrations(onMain));
  commit();
  git('switch', '--quiet', '--create', 'feature');
  await write(migrations(onBranch));
  return { ...project, git };
}

const check = ['check', '--only', 'migration', '--format', 'json'];

function findingsIn(stdout: string): readonly string[] {
  const { findings } = JSON.parse(stdout) as Report;
  return findings.map(({ rule, level, location }) => {
    const name = [...Object.keys(onMain), ...Object.keys(onBranch)].find(
      each => location?.file === migrationFile(each),
    );
    return `${name ?? ''}: ${rule} ${level}`;
  });
}

test('what a ref has is applied: its locks are over, its losses are history', async () => {
  const { run, git } = await branched();
  const expected = ['3_without_phone: migration/dropped-column low', '4_find_more: migration/blocking-index high'];
  const named = await run([...check, '--since', 'main']);
  expect(findingsIn(named.stdout)).toEqual(expected);
  expect([named.code, named.stderr]).toEqual([1, '']);
  const { findings } = JSON.parse(named.stdout) as Report;
  expect(findings.map(({ fix }) => fix !== null)).toEqual([false, true]);
  // The branch and its default one say the same without the flag.
  expect((await run(check)).stdout).toBe(named.stdout);
  // A commit of the branch itself has the fourth one as well.
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Find more');
  const own = await run([...check, '--since', 'HEAD']);
  expect(findingsIn(own.stdout)).toEqual([expected[0]]);
  expect(own.code).toBe(0);
});

test('--no-since takes none as applied', async () => {
  const { run } = await branched();
  const { stdout, code } = await run([...check, '--no-since']);
  expect(findingsIn(stdout)).toEqual([
    '2_find: migration/blocking-index high',
    '3_without_phone: migration/dropped-column high',
    '4_find_more: migration/blocking-index high',
  ]);
  expect(code).toBe(1);
});

test('a ref that is not there is a wrong usage', async () => {
  const { run } = await branched();
  const { stdout, stderr, code } = await run([...check, '--since', 'gone']);
  expect(stderr).toContain('There is no commit, branch or tag `gone` in this repository');
  expect([stdout, code]).toEqual(['', 2]);
});

test('a shallow clone says that it is not known what is applied, and is no pass', async () => {
  const { folder, git } = await branched();
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Find more');
  git('switch', '--quiet', 'main');
  clone = await realpath(await mkdtemp(join(tmpdir(), 'migrate-lint-shallow-')));
  execFileSync('git', ['clone', '--quiet', '--depth=1', '--branch=feature', `file://${join(folder, '..')}`, clone]);
  const cwd = join(clone, 'project');
  const { PATH, HOME } = process.env;
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [bin, 'check', '--only', 'history,migration', ...args], {
      cwd,
      env: { PATH, HOME, CI: 'true', NO_COLOR: '1', XDG_CACHE_HOME: join(cwd, '../cache') },
      encoding: 'utf8',
    });
  const { status, stdout } = run('--fail-on', 'critical');
  expect(status).toBe(3);
  expect(stdout).toMatch(
    /^Not verified\n {2}Which migrations are applied is not known, because this shallow clone does not have the default branch; fetch the whole history .*\n.*\d+ rules of migration\//m,
  );
  // Of a history of years every lock would be told that was ever taken.
  expect(stdout).not.toContain('2_find/migration.sql:');
  expect(run('--no-since').stdout).toContain('2_find/migration.sql:1:1');
  // With the whole history all is known.
  execFileSync('git', ['fetch', '--quiet', '--unshallow', 'origin', 'main:refs/remotes/origin/main'], { cwd });
  const whole = run('--fail-on', 'critical');
  expect(whole.status).toBe(0);
  expect(whole.stdout).not.toContain('Not verified');
  expect(whole.stdout).not.toContain('2_find/migration.sql:');
  expect(whole.stdout).toContain('4_find_more/migration.sql:1:1');
});
