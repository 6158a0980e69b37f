import { mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Report } from '@migrate-lint/core';
import { drifted, healthy, testProject, type TestProject } from './command-line.ts';

let project: TestProject | undefined;

afterEach(async () => {
  await project?.remove();
  project = undefined;
});

async function start(files: Readonly<Record<string, string>>): Promise<TestProject> {
  project = await testProject(files);
  return project;
}

const schemaFile = 'prisma/schema.prisma';
const shop = `${healthy[schemaFile] ?? ''}
model Order {
  id         Int      @id @default(autoincrement())
  customerId Int
  customer   Buyer    @relation(fields: [customerId], references: [id])
}

model Buyer {
  id     Int     @id @default(autoincrement())
  orders Order[]
}
`;

describe('drift', () => {
  test('writes a migration after which there is no drift, and one more only when it is needed', async () => {
    const { run, snapshot } = await start(drifted);
    const before = await snapshot();
    const written = await run(['drift', '--write-migration', 'Add wishes!']);
    expect(written.stderr).toMatch(/^written: prisma\/migrations\/\d{14}_add_wishes\/migration\.sql; read it/);
    expect(written.code).toBe(0);
    const added = Object.keys(await snapshot()).filter(file => !(file in before));
    expect(added).toHaveLength(2);
    expect((await run(['--no-cache'])).code).toBe(0);
    const again = await run(['drift', '--write-migration', 'again']);
    expect(again.stderr).toContain('There is no drift that a migration could mend; none was written.');
    expect(again.code).toBe(0);
  });

  test('writes the manifest, and misses what is gone from it', async () => {
    const sql = 'ALTER TABLE "Customer" ADD CONSTRAINT "Customer_name_check" CHECK ("name" <> \'\');\n';
    const { run, read, write } = await start({
      ...healthy,
      'prisma/migrations/20260102000000_check/migration.sql': sql,
    });
    const written = await run(['drift', '--write-manifest']);
    expect(written.stderr).toMatch(/^prisma\/unmanaged\.json: 1 object/);
    expect(await read('prisma/unmanaged.json')).toContain('Customer_name_check');
    expect(written.code).toBe(0);
    await write({
      'prisma/migrations/20260103000000_drop/migration.sql':
        'ALTER TABLE "Customer" DROP CONSTRAINT "Customer_name_check";\n',
    });
    const gone = await run(['drift']);
    expect(gone.stdout).toContain('drift/vanished-object');
    expect(gone.code).toBe(1);
  });
});

describe('fix', () => {
  const args = ['fix', '--only', 'schema'];

  test('a dry run shows a diff that git would apply, and changes nothing', async () => {
    const { run, snapshot } = await start({ [schemaFile]: shop });
    const before = await snapshot();
    const { stdout, code } = await run([...args, '--dry-run']);
    expect(stdout).toMatch(
      /^--- a\/prisma\/schema\.prisma\n\+\+\+ b\/prisma\/schema\.prisma\n@@ -\d+,\d+ \+\d+,\d+ @@\n/,
    );
    expect(stdout).toMatch(/^\+ {2}@@index\(\[customerId\]\)$/m);
    expect(code).toBe(1);
    expect(await snapshot()).toEqual(before);
  });

  test('applies what is safe, and finds nothing to do the second time', async () => {
    const { run, read, snapshot } = await start({ [schemaFile]: shop });
    const first = await run(args);
    expect(first.stderr).toMatch(/^fixed: /);
    expect(await read(schemaFile)).toContain('@@index([customerId])');
    const after = await snapshot();
    const second = await run(args);
    expect(second.stderr).not.toContain('fixed:');
    expect(await snapshot()).toEqual(after);
  });

  test('says what it could do besides, also in a dry run', async () => {
    const { run } = await start({
      ...healthy,
      'prisma/migrations/20260102000000_index/migration.sql':
        'CREATE INDEX "Customer_name_idx" ON "Customer"("name");\n',
    });
    const { stderr } = await run(['fix', '--dry-run', '--only', 'migration', '--no-since']);
    expect(stderr).toBe(
      'migrate-lint: a fix for 0 findings; nothing was changed.\n--unsafe can fix 1 more; look at them first with --unsafe --dry-run.\n',
    );
    const unsafe = await run(['fix', '--dry-run', '--unsafe', '--only', 'migration', '--no-since']);
    expect(unsafe.stdout).toContain('CREATE INDEX CONCURRENTLY "Customer_name_idx"');
    expect(unsafe.stderr).toBe('migrate-lint: a fix for 1 finding; nothing was changed.\n');
  });

  test('SQL becomes a new migration; no migration that is there changes', async () => {
    const { run, snapshot } = await start(drifted);
    const before = await snapshot();
    const { stderr, code } = await run(['fix', '--only', 'drift']);
    expect(stderr).toMatch(/^written: prisma\/migrations\/\d{14}_migrate_lint_fixes\/migration\.sql/);
    expect(code).toBe(0);
    expect(await snapshot()).toMatchObject(before);
  });
});

test('fix takes what its migration drops and makes into the manifest', async () => {
  const { run, read } = await start({
    ...healthy,
    'prisma/migrations/20260102000000_checks/migration.sql':
      'ALTER TABLE "Customer" ADD CONSTRAINT "Customer_name_check" CHECK ("name" IS NOT NULL);\n' +
      `ALTER TABLE "Customer" ADD CONSTRAINT "Customer_name_length" CHECK (length("name") < 100);\n`,
  });
  expect((await run(['drift', '--write-manifest'])).code).toBe(0);
  const { stderr, code } = await run(['fix', '--only', 'database,drift']);
  expect(stderr).toContain('prisma/unmanaged.json: follows the written migration; commit it.');
  expect(code).toBe(0);
  const manifest = await read('prisma/unmanaged.json');
  expect(manifest).toContain('Customer_name_length');
  expect(manifest).not.toContain('Customer_name_check');
  expect((await run(['drift'])).code).toBe(0);
});

describe('init', () => {
  test('adds the generator, the config and the scripts, once', async () => {
    const { run, read, snapshot } = await start({ ...healthy, 'pnpm-lock.yaml': '' });
    const first = await run(['init']);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('pnpm add --save-dev migrate-lint prisma-generator-audit');
    expect(first.stdout).toContain('- run: pnpm exec migrate-lint --format github');
    expect(await read(schemaFile)).toBe(
      `generator audit {\n  provider = "prisma-generator-audit"\n}\n\n${healthy[schemaFile] ?? ''}`,
    );
    expect(JSON.parse(await read('package.json'))).toEqual({
      name: 'shop',
      private: true,
      scripts: { 'db:check': 'migrate-lint', 'db:fix': 'migrate-lint fix' },
    });
    const after = await snapshot();
    const second = await run(['init']);
    expect(second.stdout).toContain('prisma/schema.prisma has the generator already.');
    expect(second.code).toBe(0);
    expect(await snapshot()).toEqual(after);
    expect((await run([])).code).toBe(0);
  });
});

describe('prisma', () => {
  /** The real prisma of the workspace, in the place where a project has it. */
  async function withPrisma(files: Readonly<Record<string, string>>): Promise<TestProject> {
    const started = await start(files);
    const prisma = dirname(createRequire(import.meta.url).resolve('prisma7/package.json'));
    await mkdir(join(started.folder, 'node_modules'));
    await symlink(prisma, join(started.folder, 'node_modules/prisma'));
    return started;
  }
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };

  test('a command that changes nothing runs at once, with its own exit code', async () => {
    const { run } = await withPrisma(drifted);
    const version = await run(['prisma', '--version'], { env });
    expect(version.stdout).toMatch(/prisma\s*: 7\./);
    expect(version.code).toBe(0);
    expect((await run(['prisma', 'validate', '--schema', 'nowhere.prisma'], { env })).code).toBe(1);
  });

  test('migrate deploy waits for the audit', async () => {
    const { run } = await withPrisma(drifted);
    const refused = await run(['prisma', 'migrate', 'deploy'], { env });
    expect(refused.stderr).toContain('drift/missing-table');
    expect(refused.stderr).toContain('to run it all the same: migrate-lint prisma --anyway migrate deploy');
    expect(refused.stdout).toBe('');
    expect(refused.code).toBe(1);
    const forced = await run(['prisma', '--anyway', 'migrate', 'deploy', '--schema', schemaFile], { env });
    expect(forced.stderr).toContain('drift/missing-table');
    expect(forced.stderr).not.toContain('prisma was not run');
  });

  test('migrate dev is not stopped by the drift that it is there to mend, but by the schema', async () => {
    const { run, write } = await withPrisma(drifted);
    expect((await run(['prisma', 'migrate', 'dev', '--name', 'x'], { env })).stderr).not.toContain(
      'prisma was not run',
    );
    await write({ [schemaFile]: shop });
    const refused = await run(['prisma', 'migrate', 'dev'], { env });
    expect(refused.stderr).toContain('schema/unindexed-foreign-key');
    expect(refused.code).toBe(1);
  });
});

describe('Ctrl-C', () => {
  // Minutes of work, so that the signal comes in its middle on any machine.
  const many = Object.fromEntries(
    Array.from({ length: 1500 }, (_, index) => {
      const number = String(index).padStart(4, '0');
      return [
        `prisma/migrations/2${number}_step/migration.sql`,
        `CREATE TABLE "step${number}" (id int PRIMARY KEY, note text DEFAULT 'a');\nSELECT count(*) FROM generate_series(1, 1000000);\n`,
      ];
    }),
  );

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s in the middle of a replay leaves nothing behind', async (signal, expected) => {
    const { run, snapshot } = await start({ ...healthy, ...many, 'node_modules/.keep': '' });
    const before = await snapshot();
    const begun = Date.now();
    const { code, stdout, stderr } = await run(['drift', '--write-migration', 'never'], {
      started: child => setTimeout(() => child.kill(signal), 2500),
    });
    expect(Date.now() - begun).toBeGreaterThan(2400);
    expect(Date.now() - begun).toBeLessThan(60_000);
    expect({ code, stdout, stderr }).toEqual({ code: expected, stdout: '', stderr: '' });
    const after = await snapshot();
    const left = Object.keys(after).filter(file => !(file in before));
    // What was computed before, whole, may stay in the cache.
    expect(left.filter(file => !/^node_modules\/\.cache(?:\/migrate-lint(?:\/[\w-]+\.json)?)?$/.test(file))).toEqual(
      [],
    );
  });

  test('the process of a whole run ends by itself', async () => {
    const { run } = await start(healthy);
    const { code, stdout } = await run(['--no-cache', '--format', 'json']);
    expect((JSON.parse(stdout) as Report).skipped).toEqual([]);
    expect(code).toBe(0);
  });
});
