import {
  audit,
  noCache,
  readBaseline,
  type AnyRule,
  type Audit,
  type Cache,
  type Level,
  type Project,
  type Sources,
} from '@migrate-lint/core';
import { settingsFor, type LoadedConfig } from '@migrate-lint/core/config';
import { fileCache } from './cache.ts';
import { readConfig } from './config-file.ts';
import { findProject } from './project.ts';

/** What to audit and how; paths are relative to `cwd`. What is left out comes from the config, else from the defaults. */
export interface AuditOptions {
  readonly cwd: string;
  readonly schema?: string | undefined;
  readonly migrations?: string | undefined;
  /** Our own config file; without it the one in `cwd`, if any. */
  readonly config?: string | undefined;
  /** As `prisma --config` has it. */
  readonly prismaConfig?: string | undefined;
  /** A database to compare in the migrations' stead. */
  readonly url?: string | undefined;
  /** A server for the shadow database. */
  readonly shadowUrl?: string | undefined;
  /** The git ref since which migrations are new; `false` takes none as applied. */
  readonly since?: string | false | undefined;
  /** Groups of rules; the others are off. */
  readonly only?: readonly string[] | undefined;
  readonly failOn?: Level | undefined;
  /** The baseline file, or `false` to count everything. */
  readonly baseline?: string | false | undefined;
  /** `false` computes everything anew. */
  readonly cache?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((doing: string) => void) | undefined;
}

export interface ProjectAudit extends Audit {
  readonly project: Project;
  readonly config: LoadedConfig;
}

/** The groups of rules, and what stands in `only` by itself: each is loaded when it is asked for. */
const groups: ReadonlyMap<string, () => Promise<readonly AnyRule[]>> = new Map([
  ['schema', async () => (await import('prisma-generator-audit')).rules],
  ['database', async () => (await import('../rules/database-rules.ts')).databaseRules],
  ['drift', async () => (await import('../rules/drift-rules.ts')).driftRules],
  ['history', async () => (await import('../rules/history-rules.ts')).historyRules],
  ['migration', async () => (await import('../rules/migration-rules.ts')).migrationRules],
  ['migration/syntax-error', async () => [(await import('../rules/migration/syntax-error.ts')).default]],
]);

/** The rules of these groups; every rule of the command line where none is named, or one that is not known. */
export async function rulesOf(only?: readonly string[]): Promise<readonly AnyRule[]> {
  const known = only?.every(name => groups.has(name)) === true;
  const names = known ? only : [...groups.keys()].filter(name => !name.includes('/'));
  const rules = await Promise.all(names.map(async name => (await groups.get(name)?.()) ?? []));
  return [...new Set(rules.flat())];
}

async function allSources(): Promise<Sources> {
  const [schema, own] = await Promise.all([import('prisma-generator-audit/source'), import('../sources.ts')]);
  return { ...schema.sources, ...own.sources };
}

/** The project and its configuration, before anything is audited. */
export interface Setting {
  readonly config: LoadedConfig;
  readonly project: Project;
  readonly cache: Cache;
}

/** Reads the configuration and finds the project. */
export async function settingOf(options: AuditOptions, cache: Cache): Promise<Setting> {
  const { cwd, schema, migrations, failOn, shadowUrl, baseline, prismaConfig, url, since } = options;
  const flags = { schema, migrations, failOn, shadowUrl, baseline: baseline === false ? undefined : baseline };
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  const config = { ...(await readConfig(cwd, options.config, cache)), ...Object.fromEntries(given) };
  const project = await findProject(cwd, { ...config, prismaConfig, url, since }, cache);
  if (typeof since === 'string') {
    const { expectSince } = await import('../git/source.ts');
    await expectSince({ project, signal: options.signal });
  }
  return { config, cache, project };
}

/** Finds the project, reads its configuration and audits it. */
export async function auditProject(options: AuditOptions): Promise<ProjectAudit> {
  const cache = options.cache === false ? noCache : fileCache(options.cwd);
  return auditIn(await settingOf(options, cache), options);
}

/** Audits a project that was found. */
export async function auditIn({ config, project, cache }: Setting, options: AuditOptions): Promise<ProjectAudit> {
  const { cwd, only, signal, progress } = options;
  const [rules, sources] = await Promise.all([rulesOf(only), allSources()]);
  const { baseline: file } = config;
  const baseline = options.baseline === false || file === undefined ? undefined : await readBaseline(cwd, file);
  const settings = settingsFor(config, rules, { only, baseline });
  const day = today();
  const done = await audit({
    rules,
    sources: { ...sources, today: () => Promise.resolve(day) },
    project,
    settings,
    cache,
    today: day,
    ...(signal ? { signal } : {}),
    ...(progress ? { progress } : {}),
  });
  return { ...done, project, config };
}

/** In UTC, so that a suppression ends at the same moment for everybody. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
