import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const bin = fileURLToPath(new URL('../bundle/bin.cjs', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Options of node itself. */
  readonly node?: readonly string[];
  readonly started?: (child: ChildProcess) => void;
}

/** A project in a folder of its own, and the built command line in it. */
export interface TestProject {
  readonly folder: string;
  write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
  read(file: string): Promise<string>;
  /** Every file by path, to see that nothing was written. */
  snapshot(): Promise<Readonly<Record<string, string>>>;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  remove(): Promise<void>;
}

/** Writes the files into a new folder. The cache lies beside it, so that no test meets another's. */
export async function testProject(files: Readonly<Record<string, string | Uint8Array>>): Promise<TestProject> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'migrate-lint-cli-')));
  const folder = join(root, 'project');
  await mkdir(folder);
  // A repository without a commit: nothing in it is applied.
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', root]);
  const write: TestProject['write'] = async all => {
    for (const [file, content] of Object.entries(all)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), content);
    }
  };
  await write(files);
  return {
    folder,
    write,
    read: file => readFile(join(folder, file), 'utf8'),
    snapshot: () => snapshotOf(folder),
    run: (args, { env, node = [], started } = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [...node, bin, ...args], {
          cwd: folder,
          env: { ...cleanEnvironment(), XDG_CACHE_HOME: join(root, 'cache'), ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
          timeout: 100_000,
          killSignal: 'SIGKILL',
        });
        const out: Buffer[] = [];
        const err: Buffer[] = [];
        child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
        child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
        child.on('error', reject);
        child.on('close', code => {
          resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
        });
        started?.(child);
      }),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** Without what would colour the output or change what node does. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR };
}

async function snapshotOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  const visit = async (at: string): Promise<void> => {
    for (const name of (await readdir(at)).sort()) {
      const path = join(at, name);
      const kind = await lstat(path);
      if (kind.isDirectory()) await visit(path);
      files[relative(folder, path)] = kind.isSymbolicLink()
        ? `-> ${await readlink(path)}`
        : kind.isDirectory()
          ? 'folder'
          : await readFile(path, 'base64');
    }
  };
  await visit(folder);
  return files;
}

const datasource = 'datasource db {\n  provider = "postgresql"\n}\n\n';

/** A project in which everything agrees. */
export const healthy: Readonly<Record<string, string>> = {
  'package.json': '{\n  "name": "shop",\n  "private": true\n}\n',
  'prisma/schema.prisma': `${datasource}model Customer {\n  id   Int    @id @default(autoincrement())\n  name String\n}\n`,
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  'prisma/migrations/20260101000000_init/migration.sql':
    'CREATE TABLE "Customer" (\n  "id" SERIAL NOT NULL,\n  "name" TEXT NOT NULL,\n  CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")\n);\n',
};

/** The same, with a model that no migration knows. */
export const drifted: Readonly<Record<string, string>> = {
  ...healthy,
  'prisma/schema.prisma': `${healthy['prisma/schema.prisma'] ?? ''}\nmodel Wish {\n  id   Int    @id @default(autoincrement())\n  text String\n}\n`,
};
