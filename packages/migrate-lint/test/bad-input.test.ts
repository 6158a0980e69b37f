import { chmod, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { drifted, healthy, testProject, type Ended, type TestProject } from './command-line.ts';

let project: TestProject | undefined;

afterEach(async () => {
  await project?.remove();
  project = undefined;
});

/** Runs on the project, and asserts what holds for every refusal. */
async function refused(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[] = [],
  prepare: (folder: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<Ended> {
  project = await testProject(files);
  await prepare(project.folder);
  const before = await project.snapshot();
  const ended = await project.run(args);
  expect(await project.snapshot()).toEqual(before);
  expectSentence(ended.stderr);
  expect(ended.stdout).toBe('');
  return ended;
}

function expectSentence(stderr: string): void {
  expect(stderr).toMatch(/^migrate-lint: [^\n]+[.?]\n$/);
  expect(stderr).not.toMatch(/\n\s+at |defect/);
}

const schemaFile = 'prisma/schema.prisma';
const sqlFile = 'prisma/migrations/20260101000000_init/migration.sql';

describe('wrong usage', () => {
  test.each([
    [['chekc'], 'There is no command `chekc`; did you mean `check`?'],
    [['--shema', 'x'], 'There is no option `--shema`; did you mean `--schema`?'],
    [['drift', '--write-migraton=x'], 'There is no option `--write-migraton`; did you mean `--write-migration`?'],
    [['--fail-on', 'hihg'], 'There is no level `hihg`; did you mean `high`?'],
    [['--format', 'jsno'], 'There is no reporter `jsno`; did you mean `json`?'],
    [['--only', 'dirft'], 'There is no group of rules `dirft`; did you mean `drift`?'],
    [['explain', 'drift/mising-table'], 'There is no rule `drift/mising-table`; did you mean `drift/missing-table`?'],
    [['--schema'], 'The option `--schema <path>` needs its value.'],
    [['explain'], '`explain` needs its `<rule>`; see `migrate-lint explain --help`.'],
    [
      ['--format', 'json', '--format', 'pretty'],
      'Only one `--format` can go to stdout; give the others an `--output`.',
    ],
    [
      ['--output', 'a', '--format', 'json', '--format', 'pretty'],
      '`--output a` has no reporter; write its `--format` in front of it.',
    ],
    [['--schema', 'prisma/nowhere.prisma'], 'The schema `prisma/nowhere.prisma` is not there'],
    [['--migrations', 'nowhere'], 'There is no folder of migrations `nowhere`'],
    [['--config', 'nowhere.json'], 'The configuration `nowhere.json` does not exist'],
    [['--baseline', 'nowhere.json'], 'The baseline `nowhere.json` cannot be read'],
    [['prisma', 'migrate', 'deploy'], 'Prisma is not installed here'],
  ])('%j', async (args, sentence) => {
    const { code, stderr } = await refused(healthy, args);
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
  });
});

describe('no project, or more than one', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['an empty folder', {}, 'There is no Prisma schema here: neither `schema.prisma` nor `prisma/schema.prisma`'],
    [
      'a folder of schemas without any',
      { 'prisma/schema/readme.md': '' },
      'There is no .prisma file in `prisma/schema`',
    ],
    [
      'a workspace',
      { 'package.json': '{}', 'packages/db/prisma/schema.prisma': '' },
      'one is in `packages/db/prisma/schema.prisma`; run in that package',
    ],
    [
      'two schemas',
      { ...healthy, 'schema.prisma': healthy[schemaFile] ?? '' },
      'There are two schemas here, `schema.prisma` and `prisma/schema.prisma`; say which one with --schema',
    ],
    [
      'Prisma 8 by its package',
      { ...healthy, 'package.json': '{"devDependencies": {"prisma": "^8.1.0"}}' },
      'This is a project of Prisma 8 (`prisma` ^8.1.0)',
    ],
    [
      'Prisma 8 by its contract',
      { 'prisma/contract.prisma': '', 'prisma/contract.json': '{}' },
      'This is a project of Prisma 8 (`contract.json`)',
    ],
  ])('%s', async (_, files, sentence) => {
    const { code, stderr } = await refused(files);
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
  });
});

describe('files that cannot be read', () => {
  const bytes = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xfe, 0]);
  const config = 'migrate-lint.config';
  test.each<[string, Readonly<Record<string, string | Uint8Array>>, string, string[]?]>([
    ['a binary schema', { [schemaFile]: bytes }, '`prisma/schema.prisma` is not UTF-8 text'],
    ['a binary migration', { [sqlFile]: bytes }, `\`${sqlFile}\` is not UTF-8 text`],
    ['a config that is no JSON', { [`${config}.json`]: '{ "failOn": ' }, `\`${config}.json\` is not valid JSON`],
    ['a config that is no TypeScript', { [`${config}.ts`]: 'export default {' }, `\`${config}.ts\` cannot be loaded`],
    ['a config with an unknown key', { [`${config}.json`]: '{"failon":"low"}' }, 'did you mean `failOn`?'],
    ['two configs', { [`${config}.json`]: '{}', [`${config}.ts`]: 'export default {}' }, 'are both here'],
    ['a baseline that is no JSON', { 'base.json': '[' }, '`base.json` is not a baseline', ['--baseline', 'base.json']],
    ['a manifest that is no JSON', { 'prisma/unmanaged.json': '{' }, 'prisma/unmanaged.json is not JSON'],
    ['a manifest of another shape', { 'prisma/unmanaged.json': '[1]' }, 'prisma/unmanaged.json is no manifest'],
    ['a package.json that is no JSON', { 'package.json': '{' }, '`package.json` is not valid JSON'],
    [
      'a Prisma config that is no TypeScript',
      { 'prisma.config.ts': 'export default {' },
      '`prisma.config.ts` cannot be loaded',
    ],
    ['a migration whose SQL is a folder', { [sqlFile.replace('.sql', '.sql/a')]: '', [sqlFile]: '' }, 'is a folder'],
  ])('%s', async (_, files, sentence, args = []) => {
    const { [sqlFile]: sql, ...others } = healthy;
    const replaced = Object.keys(files).some(file => file.startsWith(`${sqlFile}/`));
    const { [sqlFile]: own, ...rest } = files;
    const all = replaced ? { ...others, ...rest } : { ...others, [sqlFile]: own ?? sql ?? '', ...rest };
    const { code, stderr } = await refused(all, args);
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
  });

  test('a migration that is a folder without SQL', async () => {
    project = await testProject({ ...healthy, 'prisma/migrations/2_empty/notes.md': '' });
    const { code, stdout, stderr } = await project.run([]);
    expect(stdout).toContain('The migration `2_empty` has no `migration.sql`');
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  test('a schema that links to itself', async () => {
    const { code, stderr } = await refused(healthy, [], async folder => {
      await rm(join(folder, schemaFile));
      await symlink('schema.prisma', join(folder, schemaFile));
    });
    expect(stderr).toContain('is a symbolic link that leads back to itself');
    expect(code).toBe(2);
  });

  test('folders that link to each other', async () => {
    project = await testProject(healthy);
    await symlink('..', join(project.folder, 'prisma/again'));
    expect((await project.run(['--schema', 'prisma', '--only', 'schema'])).code).toBe(0);
  });

  test('a migration that links to itself', async () => {
    const { code, stderr } = await refused(healthy, [], folder =>
      symlink('2_loop', join(folder, 'prisma/migrations/2_loop')),
    );
    expect(stderr).toContain('`prisma/migrations/2_loop` is a symbolic link that leads back to itself');
    expect(code).toBe(2);
  });

  test.each([schemaFile, sqlFile, 'package.json'])('%s without the right to read it', async file => {
    if (process.getuid?.() === 0) {
      console.warn(`NOT RUN: an unreadable ${file}; this user is root, for whom every file is readable.`);
      return;
    }
    const { code, stderr } = await refused(healthy, [], folder => chmod(join(folder, file), 0));
    expect(stderr).toContain(`\`${file}\``);
    expect(code).toBe(2);
  });

  test('a place where nothing can be written', async () => {
    const { code, stderr } = await refused(healthy, ['--format', 'json', '--output', 'prisma/nowhere/report.json']);
    expect(stderr).toContain('`prisma/nowhere/report.json` cannot be written (ENOENT)');
    expect(code).toBe(2);
  });
});

describe('what is a finding and no refusal', () => {
  test('a schema that the validator refuses', async () => {
    project = await testProject({ ...healthy, [schemaFile]: `${healthy[schemaFile] ?? ''}\nmodel Broken {` });
    const { code, stdout, stderr } = await project.run([]);
    expect(stdout).toContain('schema/invalid');
    expect(stdout).toContain('Not verified');
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  test('a migration that the parser refuses', async () => {
    project = await testProject({ ...healthy, [sqlFile]: 'CREATE TABEL "Customer" ();\n' });
    const { code, stdout, stderr } = await project.run([]);
    expect(stdout).toContain('history/replay-failure');
    expect(stdout).toContain(`${sqlFile}:1:8`);
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  test('no lock file', async () => {
    const { 'prisma/migrations/migration_lock.toml': _, ...files } = healthy;
    project = await testProject(files);
    const { code, stdout, stderr } = await project.run([]);
    expect(stdout).toContain('`prisma/migrations/migration_lock.toml` is missing');
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});

describe('what cannot be verified', () => {
  test('a project without migrations', async () => {
    const { [schemaFile]: schema = '' } = healthy;
    project = await testProject({ [schemaFile]: schema });
    const { code, stdout } = await project.run([]);
    expect(stdout).toContain('The project has no migrations folder');
    expect(code).toBe(3);
    expect((await project.run(['--only', 'schema'])).code).toBe(0);
  });

  test('a database that is not Postgres', async () => {
    project = await testProject({
      [schemaFile]: (healthy[schemaFile] ?? '').replace('postgresql', 'mysql'),
      'prisma/migrations/migration_lock.toml': 'provider = "mysql"\n',
      [sqlFile]: 'CREATE TABLE `Customer` (`id` INTEGER NOT NULL);\n',
    });
    const { code, stdout } = await project.run([]);
    expect(stdout).toMatch(/mysql/);
    expect(code).toBe(3);
  });

  test('a schema that is not for Postgres over migrations that are', async () => {
    project = await testProject({
      ...healthy,
      [schemaFile]: (healthy[schemaFile] ?? '').replace('postgresql', 'mysql'),
    });
    const { code, stdout, stderr } = await project.run([]);
    expect(stdout).toContain('The datasource is mysql: drift is compared on PostgreSQL only.');
    expect(stdout).toContain('The migrations are for `postgresql` and the schema is for `mysql`');
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  test('a finding outweighs what could not be verified', async () => {
    const { [schemaFile]: schema = '' } = drifted;
    project = await testProject({ [schemaFile]: `${schema}\nmodel Bill {\n  id    Int @id\n  price Float\n}\n` });
    expect((await project.run([])).code).toBe(1);
  });

  test('a server that does not answer', async () => {
    project = await testProject(healthy);
    const { code, stdout } = await project.run(['drift', '--url', 'postgresql://u:secret@127.0.0.1:1/x']);
    expect(stdout).toContain('No connection to 127.0.0.1:1');
    expect(stdout).not.toContain('secret');
    expect(code).toBe(3);
  });
});
