import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { noCache, type Audit, type Level, type Project, type Report, type SourceFile } from '@migrate-lint/core';
import { auditIn, settingOf, today, type AuditOptions, type Setting } from './audit.ts';
import { fileCache } from './cache.ts';
import { otherInputs } from './kept-inputs.ts';
import { pathKind } from '@migrate-lint/core/folders';
import { shown } from './project.ts';

/** A report and what is needed to show it. */
export interface Reported extends Pick<Audit, 'report' | 'files'> {
  readonly failOn: Level;
}

/**
 * The report of a project, kept under everything that it is made of: a run without a change reads the files and loads
 * neither rules nor parsers. What a server says is never kept.
 */
export async function reportOf(options: AuditOptions): Promise<Reported> {
  const cache = options.cache === false ? undefined : fileCache(options.cwd);
  const setting = await settingOf(options, cache ?? noCache);
  const { config, project } = setting;
  const { failOn } = config;
  if (!cache || project.url !== undefined || config.shadowUrl !== undefined) {
    const { report, files } = await auditIn(setting, options);
    return { report, files, failOn };
  }
  const texts = await textsOf(project);
  const key = [...keyOf(setting, options, texts), ...(await otherInputs(project, options.signal))];
  const kept = (await cache.find('report', key)) as Report | undefined;
  if (kept) return { report: kept, files: sourceFiles(texts), failOn };
  const { report, files } = await auditIn(setting, options);
  // A source that read something else, or a file that changed meanwhile: the key does not say what the report is made of.
  const isWhole = [...files.values()].every(({ path, text }) => texts.get(path) === text);
  if (isWhole) await cache.keep('report', key, report);
  return { report, files, failOn };
}

function keyOf(
  { config, project }: Setting,
  { cwd, only, baseline }: AuditOptions,
  texts: ReadonlyMap<string, string>,
): readonly string[] {
  const { schemaPath, migrationsPath, externalTables, prismaConfigPath } = project;
  const paths = [schemaPath, migrationsPath, prismaConfigPath].map(path =>
    path === undefined ? null : shown(cwd, path),
  );
  const hash = createHash('sha256');
  for (const file of texts) hash.update(JSON.stringify(file));
  const baselineFile = baseline === false ? undefined : config.baseline;
  const known = baselineFile === undefined ? null : textOf(resolve(cwd, baselineFile));
  return [JSON.stringify([config, paths, externalTables, only ?? null, known ?? null, today()]), hash.digest('hex')];
}

/** The text of every file that the facts of a project can be built from, by its path as reports show it. */
async function textsOf({ cwd, schemaPath, migrationsPath }: Project): Promise<ReadonlyMap<string, string>> {
  const { readSchema } = await import('prisma-generator-audit/source');
  const texts = new Map((await readSchema(schemaPath, cwd)).map(({ path, text }) => [path, text]));
  if (migrationsPath === undefined) return texts;
  const add = (path: string): void => {
    const text = textOf(path);
    if (text !== undefined) texts.set(shown(cwd, path), text);
  };
  add(join(dirname(migrationsPath), 'unmanaged.json'));
  add(join(migrationsPath, 'migration_lock.toml'));
  const entries = readdirSync(migrationsPath, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(migrationsPath, entry.name);
    // A folder without SQL is part of the history, too.
    if (entry.isDirectory() || (entry.isSymbolicLink() && pathKind(path) !== 'file')) {
      texts.set(`${shown(cwd, path)}/`, '');
      add(join(path, 'migration.sql'));
    }
  }
  return texts;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Reporters show lines of them, and nothing more. */
function sourceFiles(texts: ReadonlyMap<string, string>): ReadonlyMap<string, SourceFile> {
  return new Map([...texts].map(([path, text]) => [path, { path, text, language: 'sql', blocks: [] }]));
}
