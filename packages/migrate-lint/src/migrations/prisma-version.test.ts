import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Project } from '@migrate-lint/core';
import { prismaVersion } from './prisma-version.ts';

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** What is found for a project of these files, as `version from`. */
async function found(files: Readonly<Record<string, string>>, { cwd = '.', schema = 'prisma/schema.prisma' } = {}) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'migrate-lint-version-')));
  folders.push(root);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  const project: Project = {
    cwd: join(root, cwd),
    schemaPath: join(root, schema),
    migrationsPath: undefined,
    url: undefined,
    shadowUrl: undefined,
    externalTables: [],
    prismaConfigPath: undefined,
  };
  const version = prismaVersion({ project });
  return version && `${version.version} ${version.from}`;
}

const asks = (range: string, name = 'prisma'): string =>
  JSON.stringify({ name: 'app', devDependencies: { [name]: range } });
const installed = (version: unknown): string => JSON.stringify({ version });

test('a folder by the name of a lock file or of a package.json is none', async () => {
  const files = { 'pnpm-lock.yaml/notes.txt': '', 'node_modules/prisma/package.json/notes.txt': '' };
  expect(await found({ ...files, 'package.json': asks('6.19.0') })).toBe('6.19.0 package.json');
});

test('is unknown where nothing tells', async () => {
  expect(await found({})).toBeUndefined();
  expect(await found({ 'package.json': asks('latest') })).toBeUndefined();
});

describe('what is installed', () => {
  const modules = 'node_modules/prisma/package.json';

  test('counts before everything else', async () => {
    const files = { [modules]: installed('7.10.0'), 'package.json': asks('6.0.0') };
    expect(await found(files)).toBe(`7.10.0 ${modules}`);
  });

  test('is looked for in the folders above, the schema’s own package first', async () => {
    const files = { [modules]: installed('6.1.0'), [`packages/db/${modules}`]: installed('7.4.0') };
    expect(await found(files, { cwd: 'packages/web', schema: 'packages/web/prisma' })).toBe(`6.1.0 ../../${modules}`);
    expect(await found(files, { schema: 'packages/db/prisma' })).toBe(`7.4.0 packages/db/${modules}`);
  });

  test('may be the client alone', async () => {
    expect(await found({ 'node_modules/@prisma/client/package.json': installed('5.22.0') })).toBe(
      '5.22.0 node_modules/@prisma/client/package.json',
    );
  });

  test.each(['{', '[]', installed(7), installed('7.4.0`; rm -rf'), installed('not a version')])(
    'is passed over where it is broken: %s',
    async text => {
      expect(await found({ [modules]: text, 'package.json': asks('6.19.0') })).toBe('6.19.0 package.json');
    },
  );
});

describe('package-lock.json', () => {
  const npm3 = (packages: object): string => JSON.stringify({ lockfileVersion: 3, packages });

  test('of version 1', async () => {
    const lock = JSON.stringify({ lockfileVersion: 1, dependencies: { prisma: { version: '5.16.1' } } });
    expect(await found({ 'package-lock.json': lock, 'package.json': asks('^5') })).toBe('5.16.1 package-lock.json');
  });

  test('of version 2 and 3, for the workspace that asks', async () => {
    const lock = npm3({
      '': { devDependencies: { prisma: '^6' } },
      'node_modules/prisma': { version: '6.19.1' },
      'packages/db/node_modules/prisma': { version: '7.2.0' },
      'node_modules/other/node_modules/prisma': { version: '4.0.0' },
    });
    const files = { 'package-lock.json': lock, 'package.json': asks('^6'), 'packages/db/package.json': asks('^7') };
    expect(await found(files)).toBe('6.19.1 package-lock.json');
    expect(await found(files, { cwd: 'packages/db', schema: 'packages/db/schema.prisma' })).toBe(
      '7.2.0 ../../package-lock.json',
    );
  });

  test.each(['<<<<<<< HEAD\n{}', 'null', '{"packages":null}', npm3({ 'node_modules/prisma': { version: {} } })])(
    'says nothing where it is broken: %s',
    async lock => {
      expect(await found({ 'package-lock.json': lock, 'package.json': asks('*') })).toBeUndefined();
    },
  );

  test('says nothing of what nobody asks for', async () => {
    expect(await found({ 'package-lock.json': npm3({ 'node_modules/prisma': { version: '6.0.0' } }) })).toBeUndefined();
  });
});

describe('pnpm-lock.yaml', () => {
  test('of version 5, a single package', async () => {
    const lock = `lockfileVersion: 5.4

specifiers:
  '@prisma/client': ^5.16.0
  prisma: ^5.16.0

dependencies:
  '@prisma/client': 5.16.2_prisma@5.16.2

devDependencies:
  prisma: 5.16.2

packages:

  /prisma/5.16.2:
    resolution: {integrity: sha512-x==}
`;
    expect(await found({ 'pnpm-lock.yaml': lock, 'package.json': asks('^5') })).toBe('5.16.2 pnpm-lock.yaml');
  });

  test('of version 6, a single package', async () => {
    const lock = `lockfileVersion: '6.0'

settings:
  autoInstallPeers: true

devDependencies:
  '@prisma/client':
    specifier: ^5.22.0
    version: 5.22.0(prisma@5.22.0)
  prisma:
    specifier: ^5.22.0
    version: 5.22.0
`;
    expect(await found({ 'pnpm-lock.yaml': lock, 'package.json': asks('^5') })).toBe('5.22.0 pnpm-lock.yaml');
  });

  const lock = `lockfileVersion: '9.0'

catalogs:
  default:
    prisma:
      specifier: ^7.0.0
      version: 7.9.9

importers:

  .:
    devDependencies:
      prisma:
        specifier: 'catalog:'
        version: 6.19.0(typescript@5.9.3)

  packages/db:
    dependencies:
      '@prisma/client':
        specifier: ^7.0.0
        version: 7.3.1(prisma@7.3.0(typescript@5.9.3))
    devDependencies:
      prisma:
        specifier: ^7.0.0
        version: 7.3.0(@types/react@19.0.0)(typescript@5.9.3)

  packages/web: {}

packages:

  prisma@5.0.0:
    resolution: {integrity: sha512-x==}
`;

  test.each([
    ['.', '6.19.0 pnpm-lock.yaml'],
    ['packages/db', '7.3.0 ../../pnpm-lock.yaml'],
  ])('of version 9, for the workspace %s', async (cwd, expected) => {
    const files = {
      'pnpm-lock.yaml': lock,
      'package.json': asks('catalog:'),
      'packages/db/package.json': asks('^7.0.0'),
    };
    expect(await found(files, { cwd, schema: join(cwd, 'schema.prisma') })).toBe(expected);
  });

  test('says nothing of a workspace that does not ask', async () => {
    const files = { 'pnpm-lock.yaml': lock, 'packages/web/package.json': asks('*') };
    expect(await found(files, { cwd: 'packages/web', schema: 'packages/web/schema.prisma' })).toBeUndefined();
  });
});

describe('yarn.lock', () => {
  const classic = `# yarn lockfile v1


"@prisma/client@^5.20.0":
  version "5.22.0"
  resolved "https://registry.yarnpkg.com/x"

"prisma-extension@^1.0.0":
  version "1.0.0"

prisma@^5.20.0, prisma@^5.21.0:
  version "5.22.0"
  dependencies:
    "@prisma/engines" "5.22.0"

prisma@^6.0.0:
  version "6.1.0"
`;
  const berry = `__metadata:
  version: 8

"@prisma/client@npm:^7.0.0":
  version: 7.2.0
  resolution: "@prisma/client@npm:7.2.0"

"prisma@npm:^7.0.0, prisma@npm:^7.1.0":
  version: 7.2.0
  resolution: "prisma@npm:7.2.0"
  dependencies:
    "@prisma/engines": "npm:7.2.0"
`;

  test.each([
    ['^5.21.0', classic, '5.22.0 yarn.lock'],
    ['^6.0.0', classic, '6.1.0 yarn.lock'],
    ['^7.0.0', berry, '7.2.0 yarn.lock'],
    ['npm:^7.1.0', berry, '7.2.0 yarn.lock'],
    // Only one is there, however it is asked for.
    ['catalog:', berry, '7.2.0 yarn.lock'],
  ])('finds %s', async (range, lock, expected) => {
    expect(await found({ 'yarn.lock': lock, 'package.json': asks(range) })).toBe(expected);
  });

  test('does not choose between two that nobody asks for', async () => {
    expect(await found({ 'yarn.lock': classic, 'package.json': asks('>=5 <7') })).toBeUndefined();
  });
});

describe('bun.lock', () => {
  const lock = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "shop", "devDependencies": { "prisma": "^6.0.0", }, },
    "packages/db": { "name": "@shop/db", "devDependencies": { "prisma": "^7.0.0", }, },
  },
  "packages": {
    "@prisma/client": ["@prisma/client@6.1.0", "", {}, "sha512-x=="],

    "prisma": ["prisma@6.1.0", "", { "dependencies": { "@prisma/engines": "6.1.0" } }, "sha512-x=="],

    "@shop/db/prisma": ["prisma@7.5.0", "", {}, "sha512-x=="],
  }
}
`;

  test.each([
    ['app', '6.1.0 bun.lock'],
    ['@shop/db', '7.5.0 bun.lock'],
  ])('finds the one of the workspace %s', async (name, expected) => {
    const manifest = JSON.stringify({ name, dependencies: { prisma: '^6' } });
    expect(await found({ 'bun.lock': lock, 'package.json': manifest })).toBe(expected);
  });
});

describe('a range in package.json', () => {
  test.each([
    ['7.10.0', '7.10.0'],
    ['^7.10.0', '7.10.0'],
    ['^7.4', '7.4.0'],
    ['~7.3.2', '7.3.2'],
    ['7.2.x', '7.2.0'],
    ['^6.19.0', '6.19.0'],
    ['5', '5.0.0'],
    ['8.0.0-dev.1', '8.0.0-dev.1'],
  ])('%s tells enough', async (range, version) => {
    expect(await found({ 'package.json': asks(range) })).toBe(`${version} package.json`);
  });

  test.each(['^7.0.0', '^7.3.9', '7', '7.x', '*', '', 'latest', '>=7.4.0', '^6 || ^7', 'workspace:*', 'npm:prisma@^6'])(
    '%j does not: 7.4 changed how migrations run, or it says no version',
    async range => {
      expect(await found({ 'package.json': asks(range) })).toBeUndefined();
    },
  );

  test('of the client counts too', async () => {
    expect(await found({ 'package.json': asks('~6.2.0', '@prisma/client') })).toBe('6.2.0 package.json');
  });
});
