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

/** Every rule of the command line. */
export async function allRules(): Promise<readonly AnyRule[]> {
  const [schema, own] = await Promise.all([import('prisma-generator-audit'), import('../rules/index.ts')]);
  return [...schema.rules, ...own.rules];
}

async function allSources(): Promise<Sources> {
  const [schema, own] = await Promise.all([import('prisma-generator-audit'), import('../sources.ts')]);
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
  const { cwd, schema, migrations, failOn, shadowUrl, baseline, prismaConfig, url } = options;
  const flags = { schema, migrations, failOn, shadowUrl, baseline: baseline === false ? undefined : baseline };
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  const config = { ...(await readConfig(cwd, options.config, cache)), ...Object.fromEntries(given) };
  return { config, cache, project: await findProject(cwd, { ...config, prismaConfig, url }, cache) };
}

/** Finds the project, reads its configuration and audits it. */
export async function auditProject(options: AuditOptions): Promise<ProjectAudit> {
  const cache = options.cache === false ? noCache : fileCache(options.cwd);
  return auditIn(await settingOf(options, cache), options);
}

/** Audits a project that was found. */
export async function auditIn({ config, project, cache }: Setting, options: AuditOptions): Promise<ProjectAudit> {
  const { cwd, only, signal, progress } = options;
  const [rules, sources] = await Promise.all([allRules(), allSources()]);
  const { baseline: file } = config;
  const baseline = options.baseline === false || file === undefined ? undefined : await readBaseline(cwd, file);
  const settings = settingsFor(config, rules, { only, baseline });
  const done = await audit({
    rules,
    sources,
    project,
    settings,
    cache,
    today: today(),
    ...(signal ? { signal } : {}),
    ...(progress ? { progress } : {}),
  });
  return { ...done, project, config };
}

/** In UTC, so that a suppression ends at the same moment for everybody. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
