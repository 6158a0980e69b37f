import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import type { GeneratorOptions } from '@prisma/generator-helper';
import {
  audit,
  didYouMean,
  levels,
  readBaseline,
  UsageError,
  type Audit,
  type Level,
  type Report,
} from '@migrate-lint/core';
import { loadConfig, settingsFor } from '@migrate-lint/core/config';
import { reporters } from '@migrate-lint/core/reporters';
import { rules } from './rules/index.ts';
import { validatedSources } from './source.ts';

export { prepareSchema } from './source.ts';

/** What of the process the generator uses. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: NodeJS.WriteStream;
  cwd(): string;
}

type Options = Pick<GeneratorOptions, 'generator' | 'schemaPath'>;

/** Audits the schema inside `prisma generate`. Prisma prints the message of what is thrown, and exits with 1. */
export async function generate({ generator, schemaPath }: Options, { env, stdout, cwd }: Surroundings): Promise<void> {
  if (env.DISABLE_AUDIT === 'true') return print(stdout, 'The audit is switched off by DISABLE_AUDIT=true.\n');
  try {
    const block = readBlock(generator, cwd());
    const config = await loadConfig(cwd(), block.config, block.failOn === undefined ? {} : { failOn: block.failOn });
    const baseline = config.baseline === undefined ? undefined : await readBaseline(cwd(), config.baseline);
    const done = await audit({
      rules,
      sources: validatedSources,
      project: {
        cwd: cwd(),
        schemaPath,
        migrationsPath: undefined,
        url: undefined,
        shadowUrl: undefined,
        externalTables: [],
        prismaConfigPath: undefined,
      },
      settings: settingsFor(config, rules, { baseline }),
      today: new Date().toISOString().slice(0, 10),
    });
    await print(stdout, await pretty(done, config.failOn, stdout));
    if (block.output !== undefined) await writeReport(block.output, done);
    refuse(done.report, config.failOn);
  } catch (error) {
    throw error instanceof UsageError ? new Error(`migrate-lint: ${error.message}`) : error;
  }
}

interface Block {
  readonly failOn: Level | undefined;
  readonly config: string | undefined;
  /** The file of the JSON report. */
  readonly output: string | undefined;
}

const keys = ['provider', 'output', 'failOn', 'config'] as const;

/** The settings of the generator block; paths in it start at the file that holds it. */
function readBlock(
  { name, config, output, isCustomOutput, sourceFilePath }: GeneratorOptions['generator'],
  cwd: string,
): Block {
  for (const key of Object.keys(config)) {
    if ((keys as readonly string[]).includes(key)) continue;
    throw new UsageError(`There is no key \`${key}\` in the generator block \`${name}\`${didYouMean(key, keys)}`);
  }
  const { failOn, config: configPath } = config;
  const level = levels.find(known => known === failOn);
  if (failOn !== undefined && level === undefined) {
    throw new UsageError(`\`failOn\` of the generator block \`${name}\` must be one of ${levels.join(', ')}.`);
  }
  if (Array.isArray(configPath)) {
    throw new UsageError(`\`config\` of the generator block \`${name}\` must be the path of one file.`);
  }
  const path = isCustomOutput ? (output?.value ?? undefined) : undefined;
  return {
    failOn: level,
    config: configPath === undefined ? undefined : shown(resolve(dirname(sourceFilePath), configPath), cwd),
    output: path === undefined ? undefined : extname(path) === '.json' ? path : join(path, 'migrate-lint.json'),
  };
}

function shown(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join('/');
}

async function pretty({ report, files }: Audit, failOn: Level, stdout: NodeJS.WriteStream): Promise<string> {
  const reporter = await reporters.pretty();
  // Not a terminal, as in CI: the width of a log, and no colours.
  const color = stdout.isTTY && stdout.hasColors();
  return reporter(report, { files, color, width: stdout.columns || 120, failOn });
}

async function writeReport(path: string, { report, files }: Audit): Promise<void> {
  const reporter = await reporters.json();
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, reporter(report, { files, color: false, width: 80, failOn: 'low' }));
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `The report \`${basename(path)}\` cannot be written (${code}); check \`output\` of the generator block.`,
    );
  }
}

function refuse({ findings, skipped }: Report, failOn: Level): void {
  const failing = findings.filter(
    ({ suppressed, level }) => suppressed === null && levels.indexOf(level) <= levels.indexOf(failOn),
  );
  const count = failing.length;
  if (count > 0) {
    throw new Error(
      `migrate-lint: ${String(count)} ${count === 1 ? 'finding fails' : 'findings fail'} the build (failOn = ${failOn}).`,
    );
  }
  if (skipped.length > 0)
    throw new Error(`migrate-lint: ${String(skipped.length)} rules could not run, so the schema is not verified.`);
}

/** Prisma ends the generator as soon as it has answered: what is printed must be out by then. */
function print(stdout: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((done, failed) => stdout.write(text, error => (error ? failed(error) : done())));
}
