import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import type { Finding, Report } from '@migrate-lint/core';

export const examples = fileURLToPath(new URL('.', import.meta.url));
export const root = join(examples, '..');
const bin = join(root, 'packages/migrate-lint/bundle/bin.cjs');
const update = process.env.UPDATE_EXPECTED === '1';

/** Whatever colours or narrows the output, or chooses another reporter, on the machine that runs the tests. */
const unsettled = ['FORCE_COLOR', 'COLUMNS', 'CI', 'GITHUB_ACTIONS', 'DISABLE_AUDIT', 'DATABASE_URL', 'NODE_OPTIONS'];

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Linted {
  readonly pretty: Run;
  readonly json: Run;
  readonly report: Report;
}

/** Runs a script as a user with a plain terminal does. */
export function run(script: string, cwd: string, args: readonly string[] = []): Run {
  const kept = Object.entries(process.env).filter(([name]) => !unsettled.includes(name));
  return spawnSync(process.execPath, [script, ...args], {
    cwd,
    env: { ...Object.fromEntries(kept), NO_COLOR: '1' },
    encoding: 'utf8',
  });
}

/** What the examples are about: their migrations are applied, and nobody asks for their locks any more. */
const about = 'schema,database,drift,history';

/** Audits an example with the built command, once for people and once for programs. */
export function lint(example: string, args: readonly string[] = []): Linted {
  if (!existsSync(bin)) throw new Error('The examples run the built command: run “npm run build” first.');
  // The branch of this repository says nothing about the example.
  const only = args.includes('--only') ? [] : ['--only', about];
  const check = ['check', '--no-cache', '--no-since', ...only, ...args];
  const pretty = run(bin, join(examples, example), check);
  const json = run(bin, join(examples, example), [...check, '--format', 'json']);
  if (!json.stdout.startsWith('{')) throw new Error(`No report of ${example}: ${json.stderr}${json.stdout}`);
  return { pretty, json, report: JSON.parse(json.stdout) as Report };
}

/** Compares with the committed file; `UPDATE_EXPECTED=1` writes it instead. */
export function expectCommitted(file: string, output: string): void {
  const path = join(examples, file);
  if (update) writeFileSync(path, output);
  expect(output).toBe(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
}

export function listed(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ rule, subject }) => `${rule} ${subject}`).sort();
}

export function ofGroup({ findings }: Report, group: string): readonly Finding[] {
  return findings.filter(({ rule }) => rule.startsWith(`${group}/`));
}

/** What a rule says, by subject. The rule must have had something to look at. */
export function subjectsOf({ findings, checks }: Report, rule: string): readonly string[] {
  const looked = checks.filter(check => check.rule === rule).map(({ subjects }) => subjects > 0);
  expect([rule, ...looked]).toEqual([rule, true]);
  return findings.flatMap(finding => (finding.rule === rule ? [finding.subject] : [])).sort();
}

/** The names of the functions that a rule speaks of, without their arguments. */
export function functionsOf(report: Report, rule: string): readonly string[] {
  return subjectsOf(report, rule).map(withoutArguments);
}

/** The one finding of a rule about a subject; of a function the name is enough. */
export function findingOf({ findings }: Report, rule: string, subject: string): Finding {
  const about = (each: Finding): boolean => each.subject === subject || withoutArguments(each.subject) === subject;
  return only(findings.filter(each => each.rule === rule && about(each)));
}

function withoutArguments(subject: string): string {
  return subject.replace(/[ (].*/, '');
}

export function only<Thing>(things: readonly Thing[]): Thing {
  const [thing] = things;
  expect(things).toHaveLength(1);
  return thing as Thing;
}

/** The line of the example at which a finding starts, from its column on. */
export function textAt(example: string, { location }: Finding): string {
  if (!location) return '';
  const lines = readFileSync(join(examples, example, location.file), 'utf8').split(/\r?\n/);
  return lines[location.line - 1]?.slice(location.column - 1) ?? '';
}
