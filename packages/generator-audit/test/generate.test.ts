import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '@migrate-lint/core';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const bin = join(root, 'packages/generator-audit/bundle/bin.cjs');

/** Runs after ours and leaves a file: what other generators do must not depend on our verdict. */
const witness = `import helper from ${JSON.stringify(join(root, 'node_modules/@prisma/generator-helper/dist/index.js'))};
import { writeFileSync } from 'node:fs';
helper.generatorHandler({
  onManifest: () => ({ prettyName: 'witness', defaultOutput: '.' }),
  onGenerate: async () => writeFileSync('witness.txt', 'here'),
});
`;

const post = `model User {
  id    Int    @id
  posts Post[]
}

/// Documentation with an é,
// and a comment.
model Post {
  id       Int  @id
  author   User @relation(fields: [authorId], references: [id])
  authorId Int
}
`;

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Version {
  readonly prisma: string;
  /** Up to Prisma 6 the datasource must have one. */
  readonly url: string;
  readonly folder: string;
}

const versions: readonly Version[] = [
  { prisma: 'prisma5', url: '  url = "postgresql://x"\n', folder: '  previewFeatures = ["prismaSchemaFolder"]\n' },
  { prisma: 'prisma6', url: '  url = "postgresql://x"\n', folder: '' },
  { prisma: 'prisma7', url: '', folder: '' },
];

let directory = '';
let projects = 0;

beforeAll(async () => {
  if (!existsSync(bin)) throw new Error('The generator is not built; run `npm run build` first.');
  directory = await mkdtemp(join(tmpdir(), 'migrate-lint-generate-'));
  await writeFile(join(directory, 'witness.mjs'), witness);
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** A project with these files, and `prisma generate` in it. */
async function generate(
  { prisma }: Version,
  files: Readonly<Record<string, string>>,
  { schema, env = {} }: { readonly schema: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Run & { readonly cwd: string; read(path: string): Promise<string> }> {
  const cwd = join(directory, `project ${String((projects += 1))}`);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), text);
  }
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules', prisma, 'build/index.js'), 'generate', '--schema', schema],
    {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        // `generate` runs no engine with these generators, and there is none to download.
        PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
        PRISMA_QUERY_ENGINE_BINARY: '/bin/true',
        PRISMA_QUERY_ENGINE_LIBRARY: '/bin/true',
        PRISMA_HIDE_UPDATE_MESSAGE: 'true',
        CHECKPOINT_DISABLE: '1',
        ...env,
      },
    },
  );
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const code = await new Promise<number | null>(done => child.on('close', done));
  return { ...output, code, cwd, read: path => readFile(join(cwd, path), 'utf8') };
}

/** The datasource and the two generators; `settings` are lines of our block. */
function head({ url, folder }: Version, settings = '', inFolder = false): string {
  return `datasource db {
  provider = "postgresql"
${url}}

generator audit {
  provider = ${JSON.stringify(`node "${bin}"`)}
${inFolder ? folder : ''}${settings}}

generator witness {
  provider = ${JSON.stringify(`node "${join(directory, 'witness.mjs')}"`)}
}

`;
}

describe.each(versions)('$prisma', version => {
  const single = (settings = '', rest = post) => ({ 'prisma/schema.prisma': head(version, settings) + rest });
  const at = { schema: 'prisma/schema.prisma' };

  test('fails the build, prints the findings and writes the report', async () => {
    const files = single('  output = "audit/report.json"\n');
    const run = await generate(version, files, at);
    const line = files['prisma/schema.prisma'].split('\n').findIndex(text => text.includes('author   User')) + 1;
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('schema/unindexed-foreign-key');
    expect(run.stdout).toContain(`prisma/schema.prisma:${String(line)}:3`);
    expect(run.stderr + run.stdout).toContain('migrate-lint: 1 finding fails the build (failOn = high).');
    const report = JSON.parse(await run.read('prisma/audit/report.json')) as Report;
    const finding = report.findings.find(({ rule }) => rule === 'schema/unindexed-foreign-key');
    expect(finding).toMatchObject({ level: 'high', location: { file: 'prisma/schema.prisma', line, column: 3 } });
    await expect(run.read('witness.txt')).resolves.toBe('here');
  });

  test('a folder of files', async () => {
    const files = {
      'prisma/schema/main.prisma': head(version, '  output = "../out"\n', true),
      'prisma/schema/models/post.prisma': post,
    };
    const run = await generate(version, files, { schema: 'prisma/schema' });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('prisma/schema/models/post.prisma:10:3');
    const report = JSON.parse(await run.read('prisma/out/migrate-lint.json')) as Report;
    expect(report.findings.find(({ rule }) => rule === 'schema/unindexed-foreign-key')).toMatchObject({
      location: { file: 'prisma/schema/models/post.prisma', line: 10, column: 3 },
    });
  });

  test('failOn lets lesser findings pass', async () => {
    const run = await generate(version, single('  failOn = "critical"\n'), at);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('schema/unindexed-foreign-key');
    await expect(run.read('witness.txt')).resolves.toBe('here');
  });

  test('DISABLE_AUDIT=true switches it off, and says so', async () => {
    const run = await generate(version, single(), { ...at, env: { DISABLE_AUDIT: 'true' } });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('The audit is switched off by DISABLE_AUDIT=true.\n');
    expect(run.stdout).not.toContain('schema/');
  });

  test('a healthy schema passes', async () => {
    const healthy = post.replace('  authorId Int\n', '  authorId Int\n\n  @@index([authorId])\n');
    const run = await generate(version, single('', healthy), at);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('No findings');
    expect(run.stdout).toContain('Generated audit');
  });
});

describe('settings', () => {
  const [, , version] = versions as readonly [Version, Version, Version];
  const at = { schema: 'prisma/schema.prisma' };
  const run = (settings: string, more: Readonly<Record<string, string>> = {}) =>
    generate(version, { 'prisma/schema.prisma': head(version, settings) + post, ...more }, at);

  test.each([
    [
      '  failon = "high"\n',
      'migrate-lint: There is no key `failon` in the generator block `audit`; did you mean `failOn`?',
    ],
    [
      '  failOn = "hi"\n',
      'migrate-lint: `failOn` of the generator block `audit` must be one of critical, high, medium, low.',
    ],
    ['  config = "../none.json"\n', 'migrate-lint: The configuration `none.json` does not exist; check the path.'],
  ])('%j is refused', async (settings, message) => {
    const { code, stderr, stdout } = await run(settings);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stdout + stderr).not.toMatch(/\n\s+at /);
  });

  test('the configuration of the working directory counts, and the block says the last word', async () => {
    const config = {
      'migrate-lint.config.json': JSON.stringify({
        rules: { 'schema/unindexed-foreign-key': 'critical' },
        failOn: 'low',
      }),
    };
    expect((await run('', config)).code).toBe(1);
    expect((await run('  failOn = "critical"\n', config)).stderr).toContain(
      '1 finding fails the build (failOn = critical).',
    );
    const off = { 'db/lint.json': JSON.stringify({ rules: { 'schema/unindexed-foreign-key': 'off' } }) };
    expect((await run('  config = "../db/lint.json"\n', off)).code).toBe(0);
    const wrong = { 'migrate-lint.config.json': '{ "rules": { "schema/unindexed-foreign-keys": "off" } }' };
    expect((await run('', wrong)).stderr).toContain(
      'migrate-lint: In migrate-lint.config.json, there is no rule `schema/unindexed-foreign-keys`; did you mean `schema/unindexed-foreign-key`?',
    );
  });

  test('a comment suppresses a finding, a baseline too', async () => {
    const ignored = post.replace(
      '  author  ',
      '  // migrate-lint-ignore schema/unindexed-foreign-key -- few rows\n  author  ',
    );
    const byComment = await generate(version, { 'prisma/schema.prisma': head(version) + ignored }, at);
    expect(byComment).toMatchObject({ code: 0 });
    const { read } = await run('  output = "out"\n');
    const { findings } = JSON.parse(await read('prisma/out/migrate-lint.json')) as Report;
    const entries = findings.map(({ fingerprint, rule, subject }) => ({ fingerprint, rule, subject }));
    const more = {
      'baseline.json': JSON.stringify({ version: 1, entries }),
      'migrate-lint.config.json': '{ "baseline": "baseline.json" }',
    };
    expect((await run('', more)).code).toBe(0);
  });
});
