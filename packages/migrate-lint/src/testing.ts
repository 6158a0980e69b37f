import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  audit,
  type AnyRule,
  type Audit,
  type FactName,
  type MigrationRow,
  type Project,
  type Sources,
} from '@migrate-lint/core';
import { sources as schemaSources } from 'prisma-generator-audit/source';
import { sources } from './sources.ts';

export interface ProjectText {
  /** `schema.prisma`, or files of a folder by name. A Postgres datasource is put in front if none is there. */
  readonly schema: string | Readonly<Record<string, string>>;
  /** migration.sql by folder name; null for a folder without it. */
  readonly migrations: Readonly<Record<string, string | null>>;
  /** `migration_lock.toml`; null for none. */
  readonly lockFile?: string | null;
  /** `unmanaged.json`. */
  readonly manifest?: string;
  /** The version of Prisma that is installed. */
  readonly prisma?: string;
  readonly externalTables?: readonly string[];
  /** Of every rule that has any, as in the config file. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Facts that the test reads when the files are gone; left out, all of them. */
  readonly facts?: readonly FactName[];
  readonly url?: string;
  readonly shadowUrl?: string;
  /** migration.sql by name on the branch `main`; without it nothing is taken as applied. */
  readonly base?: Readonly<Record<string, string>>;
  /** `_prisma_migrations` of a database, by the names of migrations. */
  readonly table?: Readonly<Record<string, MigrationRow['state']>>;
  /** Other files of the project, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes the project into a temporary folder, runs the rules on it with their default levels, and removes it. */
export async function auditOf(text: ProjectText, rules: readonly AnyRule[] = []): Promise<Audit> {
  const cwd = await realpath(await mkdtemp(join(tmpdir(), 'migrate-lint-test-')));
  try {
    const schemaPath = await writeSchema(cwd, text.schema);
    const { lockFile = 'provider = "postgresql"\n' } = text;
    await mkdir(join(cwd, 'prisma/migrations'), { recursive: true });
    if (lockFile !== null) await write(join(cwd, 'prisma/migrations/migration_lock.toml'), lockFile);
    for (const [name, sql] of Object.entries(text.migrations)) {
      const folder = join(cwd, 'prisma/migrations', name);
      if (sql === null) await mkdir(folder, { recursive: true });
      else await write(join(folder, 'migration.sql'), sql);
    }
    if (text.prisma !== undefined)
      await write(join(cwd, 'node_modules/prisma/package.json'), JSON.stringify({ version: text.prisma }));
    for (const [file, content] of Object.entries(text.files ?? {})) await write(join(cwd, file), content);
    if (text.manifest !== undefined) await write(join(cwd, 'prisma/unmanaged.json'), text.manifest);
    const project: Project = {
      cwd,
      schemaPath,
      migrationsPath: join(cwd, 'prisma/migrations'),
      url: text.url,
      shadowUrl: text.shadowUrl,
      since: false,
      externalTables: text.externalTables ?? [],
      prismaConfigPath: undefined,
    };
    const result = await audit({
      rules,
      sources: { ...schemaSources, ...sources, ...elsewhere(text) },
      project,
      settings: {
        level: rule => rule.level,
        enabled: () => true,
        options: (rule): unknown => rule.options?.parse(text.options ?? {}),
        baseline: new Map(),
      },
      today: '2026-01-01',
    });
    // Facts are built while the files are there.
    for (const name of text.facts ?? everyFact) {
      await result.fact(name).catch(() => undefined);
    }
    return result;
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** What git and a database would say, without either. */
function elsewhere({ base, table }: ProjectText): Sources {
  const migrations = Object.entries(base ?? {}).map(([name, text]) => ({ name, file: name, text }));
  const rows = Object.entries(table ?? {}).map(([name, state]) => ({ name, state, checksum: '' }));
  return {
    ...(base && { git: () => Promise.resolve({ base: { name: 'main', commit: '', migrations, ahead: [] } }) }),
    ...(table && { migrationsTable: () => Promise.resolve({ rows, connected: true }) }),
  };
}

const everyFact: readonly FactName[] = ['validation', 'schema', 'migrations', 'replay', 'comparison', 'database'];

async function writeSchema(cwd: string, schema: ProjectText['schema']): Promise<string> {
  if (typeof schema === 'string') {
    const path = join(cwd, 'prisma/schema.prisma');
    await write(path, withDatasource(schema));
    return path;
  }
  const files = Object.entries(schema);
  for (const [name, text] of files) await write(join(cwd, 'prisma', name), text);
  if (!files.some(([, text]) => /^datasource /m.test(text)))
    await write(join(cwd, 'prisma/datasource.prisma'), datasource);
  return join(cwd, 'prisma');
}

const datasource = 'datasource db {\n  provider = "postgresql"\n}\n';

/** A schema as the tests write it, models only, with the datasource behind it so that line numbers stay. */
function withDatasource(schema: string): string {
  return /^datasource /m.test(schema) ? schema : `${schema}\n${datasource}`;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
