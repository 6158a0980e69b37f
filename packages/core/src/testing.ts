import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkRule, locator } from './check.ts';
import type { FactName, Facts, SourceFile } from './facts/index.ts';
import { groupOf, ruleGroups } from './known.ts';
import { optionShape } from './options.ts';
import type { Finding } from './report.ts';
import { categories, levels, type AnyRule } from './rule.ts';
import type { Sources } from './source.ts';

export interface RuleInput {
  /** Those that the rule needs, and of what it uses what the test is about. */
  readonly facts: Partial<Facts>;
  /** As in the config file; what is left out has its default. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** The files that the spans point into; without them every place is on line 1. */
  readonly files?: Iterable<SourceFile>;
}

/** Runs one rule, without suppressions, and returns what it says in the order in which it says it. */
export function testRule(rule: AnyRule, { facts, options, files = [] }: RuleInput): readonly Finding[] {
  const byPath = new Map([...files].map(file => [file.path, file]));
  const { findings } = checkRule({
    rule,
    facts,
    options: rule.options?.parse(options ?? {}),
    level: () => rule.level,
    locate: locator(byPath),
  });
  return findings;
}

export interface ContractInput {
  readonly rules: readonly AnyRule[];
  readonly sources: Sources;
  /** Absolute; holds `<group>/<name>.ts`, `<name>.test.ts` and the index. */
  readonly rulesDirectory: string;
  /** Absolute; holds `<group>/<name>.md`. */
  readonly docsDirectory: string;
  /** Runs this very object, with the options of its page, on an example of it. Returns the ids of the rules that spoke. */
  runExample(rule: AnyRule, source: string): Promise<readonly string[]>;
}

export interface ContractCase {
  readonly name: string;
  run(): Promise<void>;
}

/** What every rule package holds to: a list of cases, for `for (const { name, run } of testContract(…)) test(name, run)`. */
export function testContract(input: ContractInput): readonly ContractCase[] {
  const { rules } = input;
  return [
    { name: 'the index is alphabetical and names no rule twice', run: () => settle(() => expectOrder(rules)) },
    { name: 'the folders hold the rules of the index, each with its test', run: () => expectFolders(input) },
    { name: 'each rule has its page in the docs, and each page its rule', run: () => expectPages(input) },
    ...rules.flatMap(rule => [
      { name: `${rule.id} is complete`, run: () => settle(() => expectComplete(rule, input.sources)) },
      { name: `${rule.id} speaks on its bad example and not on its good one`, run: () => expectExamples(rule, input) },
    ]),
  ];
}

function expectOrder(rules: readonly AnyRule[]): void {
  const ids = rules.map(rule => rule.id);
  const sorted = [...new Set(ids)].sort();
  expectSame(ids, sorted, 'the index', 'the alphabet');
}

async function expectFolders({ rules, rulesDirectory }: ContractInput): Promise<void> {
  const files = await list(rulesDirectory, '.ts');
  const inFolders = files.filter(file => file.includes('/'));
  const tests = inFolders.filter(file => file.endsWith('.test'));
  const ids = rules.map(rule => rule.id);
  const named = inFolders.filter(file => !file.endsWith('.test'));
  expectSame(named, ids, `the files below ${rulesDirectory}`, 'the index');
  expectSame(
    tests,
    // `a-b.test` comes before `a.test`.
    ids.map(id => `${id}.test`).sort(),
    'the tests beside the rules',
    'the index',
  );
  for (const rule of rules) {
    const text = await readFile(join(rulesDirectory, `${rule.id}.ts`), 'utf8');
    if (!text.includes(`'${rule.id}'`)) throw new Error(`${rule.id}.ts does not hold the rule ${rule.id}.`);
  }
}

async function expectPages({ rules, docsDirectory }: ContractInput): Promise<void> {
  const groups = new Set(rules.map(rule => groupOf(rule.id)));
  const pages = (await list(docsDirectory, '.md')).filter(page => groups.has(groupOf(page)));
  expectSame(
    pages,
    rules.map(rule => rule.id),
    'the pages in the docs (npm run docs)',
    'the index',
  );
}

function expectComplete(rule: AnyRule, sources: Sources): void {
  const wrong = (what: string): never => {
    throw new Error(`${rule.id}: ${what}.`);
  };
  const { summary, why, bad, good, guards = [] } = rule.docs;
  if (!/^[a-z]+\/[a-z]+(?:-[a-z]+)*$/.test(rule.id)) wrong('the id is not `group/noun-of-the-problem`');
  if (!(ruleGroups as readonly string[]).includes(groupOf(rule.id))) wrong('the group is not in ruleGroups');
  if (!levels.includes(rule.level)) wrong(`there is no level ${rule.level}`);
  if (!categories.includes(rule.category)) wrong(`there is no category ${rule.category}`);
  for (const name of rule.needs as readonly FactName[]) if (!sources[name]) wrong(`no source builds the fact ${name}`);
  if (!isSentence(summary)) wrong(`the summary is not one sentence: ${summary}`);
  for (const text of [why, bad, good, ...guards]) if (text.trim() === '') wrong('a part of the docs is empty');
  if (rule.options) expectOptions(rule, wrong);
}

function expectOptions(rule: AnyRule, wrong: (what: string) => never): void {
  const shape = optionShape(rule) ?? wrong('the options are not a z.object');
  for (const [name, option] of Object.entries(shape)) {
    if (!option.description) wrong(`the option ${name} has no description`);
    if (option.safeParse(undefined).error) wrong(`the option ${name} has no default, or not a valid one`);
  }
  for (const [name, value] of Object.entries(rule.docs.options ?? {}))
    if (!shape[name] || shape[name].safeParse(value).error) wrong(`the examples have a wrong option ${name}`);
}

async function expectExamples(rule: AnyRule, { runExample }: ContractInput): Promise<void> {
  const read = new Set<PropertyKey>();
  const messages: string[] = [];
  const watched = watch(rule, read, messages);
  const bad = await runExample(watched, rule.docs.bad);
  const good = await runExample(watched, rule.docs.good);
  if (!bad.includes(rule.id)) throw new Error(`${rule.id} is silent on its bad example.`);
  if (good.includes(rule.id)) throw new Error(`${rule.id} speaks on its good example: ${messages.at(-1) ?? ''}`);
  for (const name of [...(rule.needs as readonly FactName[]), ...((rule.uses ?? []) as readonly FactName[])])
    if (!read.has(name)) throw new Error(`${rule.id} names the fact ${name} and never reads it.`);
  for (const message of messages)
    if (!isSentence(message)) throw new Error(`${rule.id}: this message is not one sentence: ${message}`);
}

/** The same rule with the options of its page, which notes the facts that it reads and the messages that it gives. */
function watch(rule: AnyRule, read: Set<PropertyKey>, messages: string[]): AnyRule {
  const shown: unknown = rule.docs.options && rule.options?.parse(rule.docs.options);
  const spy = (facts: object): object =>
    new Proxy(facts, {
      get: (target, name) => {
        read.add(name);
        return Reflect.get(target, name) as unknown;
      },
    });
  return {
    ...rule,
    subjects: (facts, options) => rule.subjects(spy(facts as object), shown ?? options),
    check: (subject, facts, options) => {
      const said = rule.check(subject, spy(facts as object), shown ?? options);
      for (const problem of said === undefined ? [] : [said].flat()) messages.push(problem.message);
      return said;
    },
  };
}

/** Starts with a capital, a digit or a quoted name, ends with one full stop, and has none in its middle but in code. */
function isSentence(text: string): boolean {
  const prose = text.replace(/`[^`]*`/g, 'X').replace(/“[^”]*”/g, 'X');
  return /^[\p{Lu}\p{N}][^\n]*[.?]$/u.test(prose) && !/[.?!]["”)]?\s+\p{Lu}/u.test(prose);
}

/** Files below a directory with this ending, as `group/name`, sorted. */
async function list(directory: string, ending: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true });
  return entries
    .filter(entry => entry.endsWith(ending))
    .map(entry => entry.slice(0, -ending.length).replaceAll('\\', '/'))
    .sort();
}

function expectSame(actual: readonly string[], expected: readonly string[], what: string, than: string): void {
  const missing = expected.filter(item => !actual.includes(item));
  const extra = actual.filter(item => !expected.includes(item));
  if (missing.length > 0) throw new Error(`${what}: missing ${missing.join(', ')}.`);
  if (extra.length > 0) throw new Error(`${what}: not in ${than}: ${extra.join(', ')}.`);
  if (actual.join() !== expected.join()) throw new Error(`${what}: not in order; ${than} has ${expected.join(', ')}.`);
}

async function settle(run: () => void): Promise<void> {
  await Promise.resolve();
  run();
}
