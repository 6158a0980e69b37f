import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { audit } from '@migrate-lint/core';
import { sources } from '../sources.ts';

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const init = {
  'prisma/migrations/1_init/migration.sql': 'CREATE TABLE "A" (id int); CREATE TABLE gone (id int); DROP TABLE gone;',
};

/** What is found beside the migrations, as `file: kind path, …`; `=` in front of what the migrations make too, and the file that names it at the end. */
async function found(files: Readonly<Record<string, string>>, migrationsPath = 'prisma/migrations', within = '.') {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'migrate-lint-loose-')));
  const cwd = join(root, within);
  folders.push(root);
  for (const [file, text] of Object.entries({ ...init, ...files })) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  const { fact } = await audit({
    rules: [],
    sources,
    project: {
      cwd,
      schemaPath: join(cwd, 'prisma/schema.prisma'),
      migrationsPath: join(cwd, migrationsPath),
      url: undefined,
      shadowUrl: undefined,
      since: false,
      externalTables: [],
      prismaConfigPath: undefined,
    },
    settings: { level: () => 'off', enabled: () => true, options: () => undefined, baseline: new Map() },
    today: '2026-01-01',
  });
  return (await fact('looseSql')).files.map(({ path, made, namedIn }) => {
    const objects = made.map(object => `${object.inMigrations ? '=' : ''}${object.kind} ${object.path}`);
    return `${path}: ${objects.join(', ')}${namedIn === undefined ? '' : ` (${namedIn})`}`;
  });
}

test('every kind of object that a file makes', async () => {
  const sql = `CREATE TABLE "A" (id int); CREATE TABLE gone (id int); CREATE TABLE app."B" AS SELECT 1;
    CREATE TEMP TABLE scratch (id int); CREATE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW m AS SELECT 1;
    CREATE INDEX "A_idx" ON app."B" (id); CREATE INDEX ON "A" (id); CREATE SEQUENCE s; CREATE TYPE e AS ENUM ('a');
    CREATE TYPE t AS (a int); CREATE DOMAIN d AS int; CREATE EXTENSION IF NOT EXISTS citext; CREATE SCHEMA app;
    CREATE OR REPLACE FUNCTION app.f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE TRIGGER tr BEFORE INSERT ON "A" FOR EACH ROW EXECUTE FUNCTION f(); CREATE POLICY p ON "A";
    ALTER TABLE "A" ADD COLUMN b int, ADD CONSTRAINT c CHECK (true), ADD CHECK (true), DROP COLUMN x; GRANT ALL ON "A" TO public;`;
  expect(await found({ 'prisma/extra.sql': sql })).toEqual([
    'prisma/extra.sql: =table A, table gone, table app.B, view v, view m, index app.A_idx, sequence s, enum e, type t, type d, extension citext, ' +
      'function app.f, trigger A.tr, policy A.p, column A.b, constraint A.c',
  ]);
});

describe('what is no loose file', () => {
  const ddl = 'CREATE TABLE extra (id int);';

  test.each([
    'prisma/migrations/1_init/down.sql',
    'prisma/migrations/1_init/migration.down.sql',
    'prisma/migrations/1_init/rollback.sql',
    'prisma/rollback/1.sql',
    'prisma/seed.sql',
    'prisma/seeds/users.sql',
    'prisma/backup_2024.sql',
    'prisma/dump-prod.sql',
    'prisma/migrations_archive/../old/1.sql',
    'prisma/.hidden/1.sql',
    'prisma/tests/rls.sql',
    'src/queries.sql',
    'other.sql',
    'prisma/notes.txt',
  ])('%s', async file => {
    expect(await found({ [file]: ddl })).toEqual([]);
  });

  test.each([
    '',
    '-- nothing',
    'INSERT INTO a VALUES (1);',
    'SELECT 1;',
    '\\i other.sql\nCREATE TABLE a (id int);',
    'CREATE TABEL',
    'CREATE TABLE `a` (id int)',
  ])('one with %j', async sql => {
    expect(await found({ 'prisma/extra.sql': sql })).toEqual([]);
  });

  test('in a package whose migrations stand in its root', async () => {
    const files = {
      'package.json': '{}',
      'other.sql': ddl,
      'migrations/1_init/migration.sql': ddl,
      'migrations/x.sql': 'CREATE VIEW v AS SELECT 1',
    };
    expect(await found(files, 'migrations')).toEqual(['migrations/x.sql: view v']);
  });
});

test('finds them in the folders of migrations, and beside them', async () => {
  const view = 'CREATE VIEW v AS SELECT 1;';
  expect(
    await found({
      'prisma/migrations/1_init/post.sql': view,
      'prisma/migrations/triggers.sql': view,
      'prisma/sql/deep/a.sql': view,
      'prisma/models.prisma': '',
    }),
  ).toEqual([
    'prisma/migrations/1_init/post.sql: view v',
    'prisma/migrations/triggers.sql: view v',
    'prisma/sql/deep/a.sql: view v',
  ]);
});

describe('who names a file', () => {
  const loose = { 'prisma/triggers/audit.sql': 'CREATE VIEW v AS SELECT 1;' };
  const none = ['prisma/triggers/audit.sql: view v'];

  test.each([
    ['package.json', '{"scripts":{"db":"psql -f prisma/triggers/audit.sql"}}'],
    ['scripts/apply.ts', "for (const file of readdirSync('prisma/triggers')) run(file);"],
    ['prisma/apply.mjs', "join(folder, 'triggers')"],
    ['docker-compose.yml', 'volumes:\n  - ./prisma/triggers/:/docker-entrypoint-initdb.d'],
    ['.github/workflows/deploy.yml', 'run: psql < prisma/triggers/audit.sql'],
    ['db/all.sql', '\\ir ../prisma/triggers/audit.sql'],
    ['Makefile', 'db:\n\tpsql -f prisma/triggers/audit.sql'],
  ])('%s', async (file, text) => {
    expect(await found({ ...loose, [file]: text })).toEqual([`prisma/triggers/audit.sql: view v (${file})`]);
  });

  test.each([
    ['db/notes.sql', '-- see prisma/triggers/audit.sql'],
    ['README.md', 'Run prisma/triggers/audit.sql by hand.'],
    ['package-lock.json', '"audit.sql"'],
    ['node_modules/x/index.js', 'audit.sql'],
    ['src/index.ts', 'const triggers = 1;'],
  ])('not %s', async (file, text) => {
    expect(await found({ ...loose, [file]: text })).toEqual(none);
  });

  test('what runs a folder called migrations stands beside it', async () => {
    const file = 'prisma/migrate/migrations/01_view.sql';
    const files = { [file]: 'CREATE VIEW v AS SELECT 1;', 'scripts/plan.ts': `join(root, 'migrations')` };
    expect(await found(files)).toEqual([`${file}: view v`]);
    const runner = { ...files, 'prisma/migrate/index.ts': `migrate(client, join(__dirname, 'migrations'))` };
    expect(await found(runner)).toEqual([`${file}: view v (prisma/migrate/index.ts)`]);
    const own = {
      'prisma/migrations/01_view.sql': 'CREATE VIEW v AS SELECT 1;',
      'prisma/reset.ts': `join('migrations')`,
    };
    expect(await found({ 'prisma/migrations/migration_lock.toml': '', ...own })).toEqual([
      'prisma/migrations/01_view.sql: view v',
    ]);
  });

  test('a file of the workspace above the package', async () => {
    const cwd = 'packages/db';
    const inPackage = Object.fromEntries(
      Object.entries({ ...init, ...loose }).map(([file, text]) => [join(cwd, file), text]),
    );
    const root = { 'pnpm-lock.yaml': '', 'scripts/apply.mjs': "run('packages/db/prisma/triggers/')" };
    expect(await found({ ...inPackage, ...root }, 'prisma/migrations', cwd)).toEqual([
      'prisma/triggers/audit.sql: view v (../../scripts/apply.mjs)',
    ]);
  });
});
