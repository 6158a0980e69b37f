import { audit, noCache, readBaseline, UsageError, type AnyRule, type Audit, type Level } from '@migrate-lint/core';
import { loadConfig, settingsFor, type LoadedConfig } from '@migrate-lint/core/config';
import type { Project, Sources } from '@migrate-lint/core';
import { fileCache } from './cache.ts';
import { findProject, shown } from './project.ts';

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

/** Finds the project, reads its configuration and audits it. */
export async function auditProject(options: AuditOptions): Promise<ProjectAudit> {
  const { cwd, signal, progress } = options;
  const [rules, sources] = await Promise.all([allRules(), allSources()]);
  const config = await loadConfig(cwd, options.config, {
    ...given('schema', options.schema),
    ...given('migrations', options.migrations),
    ...given('failOn', options.failOn),
    ...given('shadowUrl', options.shadowUrl),
    ...given('baseline', options.baseline === false ? undefined : options.baseline),
  });
  const { baseline: file } = config;
  const baseline = options.baseline === false || file === undefined ? undefined : await readBaseline(cwd, file);
  const settings = settingsFor(config, rules, { only: options.only, baseline });
  const cache = options.cache === false ? noCache : fileCache(cwd);
  const { prismaConfig, url } = options;
  const project = await findProject(cwd, { ...config, prismaConfig, url }, cache);
  const today = new Date().toISOString().slice(0, 10);
  const done = await audit({
    rules,
    sources,
    project,
    settings,
    cache,
    today,
    ...(signal ? { signal } : {}),
    ...(progress ? { progress } : {}),
  }).catch((error: unknown) => {
    throw unreadable(error, cwd) ?? error;
  });
  return { ...done, project, config };
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}

/** A file of the project that a source could not read is no defect of ours. */
function unreadable(error: unknown, cwd: string): UsageError | undefined {
  const { code, path } = error as { code?: unknown; path?: unknown };
  if (typeof path !== 'string' || !['EACCES', 'EPERM', 'ELOOP', 'EISDIR', 'ENOTDIR'].includes(String(code)))
    return undefined;
  return new UsageError(`\`${shown(cwd, path)}\` cannot be read (${String(code)}); check its rights and links.`);
}
