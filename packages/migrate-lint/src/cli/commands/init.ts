import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { applyEdits, noCache, UsageError, type Edit } from '@migrate-lint/core';
import { exitCodes } from '../exit-code.ts';
import { findProject, shown } from '../project.ts';
import type { Session } from '../session.ts';
import { writeWhole } from '../write-file.ts';

const block = 'generator audit {\n  provider = "prisma-generator-audit"\n}\n';
const scripts = { 'db:check': 'migrate-lint', 'db:fix': 'migrate-lint fix' };
const config = '{\n  "extends": "recommended",\n  "failOn": "high"\n}\n';

/** Adds what a project needs. What is there already stays as it is. */
export async function runInit(flags: { schema?: string }, session: Session): Promise<number> {
  const { cwd } = session;
  const { schemaPath } = await findProject(cwd, flags, noCache);
  const { readSchema } = await import('prisma-generator-audit/source');
  const files = await readSchema(schemaPath, cwd);
  const manifestPath = manifestAbove(cwd);
  const said = [
    await addGenerator(files, cwd),
    await addConfig(cwd),
    ...(manifestPath === undefined
      ? ['There is no package.json; its scripts were left out.']
      : [await addScripts(manifestPath, cwd)]),
  ];
  await session.print(`${said.join('\n')}\n\n${await nextSteps(manifestPath, cwd)}`);
  return exitCodes.clean;
}

async function addGenerator(
  files: readonly { readonly path: string; readonly text: string }[],
  cwd: string,
): Promise<string> {
  const there = files.find(({ text }) => /^[ \t]*provider\s*=\s*"[^"]*prisma-generator-audit/m.test(text));
  if (there) return `${there.path} has the generator already.`;
  const datasource = /^[ \t]*datasource[ \t]+\w+[ \t]*\{/m;
  const file = files.find(({ text }) => datasource.test(text));
  if (!file)
    throw new UsageError('The schema has no datasource block; add it first, the generator goes in front of it.');
  const start = commentStart(file.text, file.text.search(datasource));
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const edit: Edit = { file: file.path, start, end: start, text: `${block}\n`.replaceAll('\n', newline) };
  await writeWhole(resolve(cwd, file.path), applyEdits(file.text, [edit]).text, file.path);
  return `${file.path}: the generator \`audit\` was added; every \`prisma generate\` runs it now.`;
}

/** Comments directly above a block belong to it. */
function commentStart(text: string, start: number): number {
  let at = start;
  while (at > 0) {
    const previous = text.lastIndexOf('\n', at - 2) + 1;
    if (!/^[ \t]*\/\//.test(text.slice(previous, at))) break;
    at = previous;
  }
  return at;
}

async function addConfig(cwd: string): Promise<string> {
  const names = ['json', 'ts', 'mts', 'mjs', 'js'].map(extension => `migrate-lint.config.${extension}`);
  const there = names.find(name => existsSync(join(cwd, name)));
  if (there !== undefined) return `${there} is there already.`;
  await writeWhole(join(cwd, 'migrate-lint.config.json'), config, 'migrate-lint.config.json');
  return 'migrate-lint.config.json was written.';
}

function manifestAbove(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return join(folder, 'package.json');
    if (dirname(folder) === folder) return undefined;
  }
}

async function addScripts(path: string, cwd: string): Promise<string> {
  const file = shown(cwd, path);
  const text = await readFile(path, 'utf8');
  const manifest = JSON.parse(text) as { scripts?: Record<string, string> };
  const known = manifest.scripts ?? {};
  // Whatever a script of that name does, it was there first.
  const added = Object.entries(scripts).filter(
    ([name, command]) => known[name] === undefined && !Object.values(known).includes(command),
  );
  if (added.length === 0) return `${file} has the scripts already.`;
  manifest.scripts = { ...known, ...Object.fromEntries(added) };
  const indent = /^\{\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const end = text.endsWith('\n') ? newline : '';
  await writeWhole(path, JSON.stringify(manifest, null, indent).replaceAll('\n', newline) + end, file);
  return `${file}: the scripts ${added.map(([name]) => `\`${name}\``).join(' and ')} were added.`;
}

const managers = [
  { lock: 'pnpm-lock.yaml', install: 'pnpm add --save-dev', ci: 'pnpm install --frozen-lockfile', run: 'pnpm exec' },
  { lock: 'yarn.lock', install: 'yarn add --dev', ci: 'yarn install --immutable', run: 'yarn' },
  { lock: 'bun.lock', install: 'bun add --dev', ci: 'bun install --frozen-lockfile', run: 'bunx' },
  { lock: 'bun.lockb', install: 'bun add --dev', ci: 'bun install --frozen-lockfile', run: 'bunx' },
  { lock: 'package-lock.json', install: 'npm install --save-dev', ci: 'npm ci', run: 'npx' },
] as const;

async function nextSteps(manifestPath: string | undefined, cwd: string): Promise<string> {
  const manager = managerAbove(cwd);
  const text = manifestPath === undefined ? '{}' : await readFile(manifestPath, 'utf8');
  const { dependencies, devDependencies } = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
  const missing = ['migrate-lint', 'prisma-generator-audit'].filter(
    name => ({ ...dependencies, ...devDependencies })[name] === undefined,
  );
  const install = missing.length === 0 ? '' : `Install it:\n\n  ${manager.install} ${missing.join(' ')}\n\n`;
  const step = [
    '- uses: actions/checkout@v4',
    // Which migrations the base has is asked of git.
    '  with: { fetch-depth: 0 }',
    '- run: ' + manager.ci,
    `- run: ${manager.run} migrate-lint --format github`,
  ];
  return `${install}Steps for GitHub Actions, with the whole history, for git tells which migrations are applied:\n\n${step.map(line => `      ${line}\n`).join('')}`;
}

function managerAbove(cwd: string): (typeof managers)[number] {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = managers.find(({ lock }) => existsSync(join(folder, lock)));
    if (found) return found;
    if (dirname(folder) === folder) return managers[4];
  }
}
