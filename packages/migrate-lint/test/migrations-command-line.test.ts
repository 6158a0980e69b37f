import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Report } from '@migrate-lint/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { healthy, testProject, type TestProject } from './command-line.ts';

let project: TestProject | undefined;

afterEach(async () => {
  await project?.remove();
  project = undefined;
});

async function start(files: Readonly<Record<string, string>>): Promise<TestProject> {
  project = await testProject(files);
  return project;
}

const changed = {
  ...healthy,
  'migrate-lint.config.json': '{ "rules": { "migration/missing-lock-timeout": "off" } }',
  'prisma/schema.prisma': (healthy['prisma/schema.prisma'] ?? '').replace(
    'name String',
    'name String\n  rank Int @default(0)',
  ),
  'prisma/migrations/20260102000000_rank/migration.sql':
    '-- AlterTable\nALTER TABLE "Customer"\n  ADD COLUMN "rank" integer NOT NULL DEFAULT 0;\n',
};

describe('check --locks', () => {
  test('shows them behind the report, the same from the cache, and asks nobody to look at what locks nothing', async () => {
    const { run } = await start(changed);
    const { stdout, stderr, code } = await run(['--locks']);
    expect(stdout).toMatch(
      /^✔ No findings.*\n\nLocks\n\n {2}prisma\/migrations\/20260102000000_rank\/migration\.sql\n/m,
    );
    expect(stdout).toMatch(
      /^ {2}2: ALTER TABLE "Customer" ADD COLUMN .* ACCESS EXCLUSIVE {2}Customer {2}no {7}reads and writes$/m,
    );
    expect(stdout).not.toContain('20260101000000_init');
    expect([stderr, code]).toEqual(['', 0]);
    expect((await run(['--locks'])).stdout).toBe(stdout);
    expect((await run([])).stdout).not.toContain('Locks');
  });

  test('in JSON as the schema in the docs has it', async () => {
    const { run } = await start(changed);
    const report = JSON.parse((await run(['--locks', '--format', 'json'])).stdout) as Report;
    expect(report.locks).toEqual([
      {
        statement: '20260102000000_rank#1',
        location: {
          file: 'prisma/migrations/20260102000000_rank/migration.sql',
          line: 2,
          column: 1,
          endLine: 3,
          endColumn: 47,
        },
        table: 'Customer',
        index: null,
        mode: 'ACCESS EXCLUSIVE',
        rewrite: false,
        blocks: 'reads and writes',
        source: 'measured',
      },
    ]);
    const contract = await readFile(new URL('../../../docs/report.schema.json', import.meta.url), 'utf8');
    const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(contract) as object);
    validate(report);
    expect(validate.errors).toBeNull();
    const without = JSON.parse((await run(['--format', 'json'])).stdout) as Report;
    expect('locks' in without).toBe(false);
  });

  test('says what could not be measured, and what cannot be looked at is no pass', async () => {
    const { run, write } = await start(changed);
    await write({ 'prisma/migrations/20260103000000_bad/migration.sql': 'SELECT 1/0;\n' });
    const failing = await run(['--locks']);
    expect(failing.stderr).toBe(
      'migrate-lint: Locks from prisma/migrations/20260103000000_bad/migration.sql on are not measured, for it does not run: division by zero.\n',
    );
    expect([failing.stdout.includes('ACCESS EXCLUSIVE'), failing.code]).toEqual([true, 1]);
  });

  test('without migrations is no pass', async () => {
    const { run } = await start({ 'prisma/schema.prisma': healthy['prisma/schema.prisma'] ?? '' });
    expect((await run(['--only', 'schema'])).code).toBe(0);
    const { stdout, stderr, code } = await run(['--only', 'schema', '--locks']);
    expect(stdout).toContain('No findings');
    expect(stderr).toMatch(/^migrate-lint: The project has no migrations folder; /);
    expect(code).toBe(3);
  });
});

describe('check --prechecks', () => {
  test('writes a script and no report, to stdout or to a file', async () => {
    const { run, read } = await start(changed);
    const { stdout, stderr, code } = await run(['--prechecks']);
    expect(stdout.split('\n')[0]).toBe(
      '-- Written by migrate-lint: queries that find the rows on which a migration would fail.',
    );
    expect(stdout).not.toContain('No findings');
    expect([stderr, code]).toEqual(['', 0]);
    const written = await run(['--prechecks', '--output', 'prechecks.sql']);
    expect(written.stdout).toBe('');
    expect(written.stderr).toMatch(/^written: prechecks\.sql/);
    expect(await read('prechecks.sql')).toBe(stdout);
  });

  test.each([
    [['--locks'], '`--prechecks` writes a script in place of the report; leave `--locks` out.'],
    [['--write-baseline'], '`--prechecks` writes a script in place of the report; leave `--write-baseline` out.'],
    [['--format', 'json'], '`--prechecks` writes a script in place of the report; leave `--format` out.'],
    [['--output', 'a', '--output', 'b'], '`--prechecks` writes one script; name one `--output`.'],
  ])('with %j is wrong usage', async (args, sentence) => {
    const { run, snapshot } = await start(changed);
    const before = await snapshot();
    const { stdout, stderr, code } = await run(['--prechecks', ...args]);
    expect([stdout, stderr, code]).toEqual(['', `migrate-lint: ${sentence}\n`, 2]);
    expect(await snapshot()).toEqual(before);
  });
});

test('the first page of the help has both', async () => {
  const { stdout } = await (await start({})).run(['--help']);
  for (const part of ['--locks ', '--prechecks ', 'migrate-lint --locks', '--output prechecks.sql'])
    expect(stdout).toContain(part);
});

describe('fix of a migration that is not applied', () => {
  const file = 'prisma/migrations/20260102000000_rank/migration.sql';
  const index = 'CREATE INDEX "Customer_name_idx" ON "Customer"("name");';
  const indexed = {
    ...changed,
    'prisma/schema.prisma': changed['prisma/schema.prisma'].replace(/\}\n$/, '\n  @@index([name])\n}\n'),
    [file]: `${changed[file]}\n-- CreateIndex\n${index}\n`,
  };
  const args = ['fix', '--unsafe', '--only', 'migration'];

  test('a dry run shows what goes and where it comes, and changes nothing', async () => {
    const { run, snapshot } = await start(indexed);
    const before = await snapshot();
    const { stdout } = await run([...args, '--dry-run']);
    expect(stdout).toContain(`\n-${index}\n`);
    expect(stdout).toContain('\nCREATE INDEX CONCURRENTLY "Customer_name_idx" ON "Customer"("name");\n');
    expect(await snapshot()).toEqual(before);
  });

  test('moves a statement into a migration of its own, leaves no drift, and a second run changes nothing', async () => {
    const { run, read, snapshot } = await start(indexed);
    const { stderr } = await run(args);
    const written = /^written: (prisma\/migrations\/\d{14}_migrate_lint_fixes_concurrently\/migration\.sql); /.exec(
      stderr,
    );
    expect(stderr).toContain('\nfixed: ');
    expect(await read(file)).toBe(changed[file]);
    const sql = await read(written?.[1] ?? 'nothing was written');
    expect(sql.split('\n').filter(line => line !== '' && !line.startsWith('--'))).toEqual([
      'CREATE INDEX CONCURRENTLY "Customer_name_idx" ON "Customer"("name");',
    ]);
    const drift = await run(['--only', 'drift,history', '--fail-on', 'low']);
    expect([drift.stderr, drift.code]).toEqual(['', 0]);
    const first = await snapshot();
    await run(args);
    expect(await snapshot()).toEqual(first);
  });
});
