import { inspect } from 'node:util';
import * as z from 'zod';
import { groupOf } from './known.ts';
import { levels, type AnyRule } from './rule.ts';

/** The pages of the rules by path, `README.md` and `<group>/<name>.md`. */
export function rulePages(rules: readonly AnyRule[]): ReadonlyMap<string, string> {
  const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const pages = new Map([['README.md', indexPage(sorted)]]);
  for (const rule of sorted) pages.set(`${rule.id}.md`, rulePage(rule));
  return pages;
}

/** The page of one rule. */
export function rulePage(rule: AnyRule): string {
  const { summary, why, guards = [], bad, good } = rule.docs;
  const parts = [
    `# ${rule.id}`,
    summary,
    traits(rule),
    `## Why\n\n${why.trim()}`,
    ...(guards.length > 0 ? [`## When it is silent\n\n${guards.map(guard => `- ${guard}`).join('\n')}`] : []),
    `## Bad\n\n${withOptions(rule)}${fence(rule, bad)}`,
    `## Good\n\n${fence(rule, good)}`,
    ...(rule.options ? [`## Options\n\n${optionTable(rule.options)}`] : []),
    `## Turning it off\n\n${suppression(rule)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function traits({ level, category, optIn, needs, uses = [] }: AnyRule): string {
  const words = [`**${level}**`, category, optIn ? 'opt-in (on in `strict`)' : 'on in `recommended`'];
  const facts = [
    ...(needs.length > 0 ? [`needs ${needs.map(String).join(', ')}`] : []),
    ...(uses.length > 0 ? [`uses ${uses.map(String).join(', ')} where there`] : []),
  ];
  return [...words, ...facts].join(' · ');
}

function suppression({ id, docs }: AnyRule): string {
  const off = `In the config file: \`rules: { '${id}': 'off' }\`.`;
  if (groupOf(id) === 'suppression') return off;
  const comment = `${isPrisma(id, docs.bad) ? '//' : '--'} migrate-lint-ignore ${id} -- the reason`;
  return `For one place, with a comment above it: \`${comment}\`. ${off}`;
}

function indexPage(rules: readonly AnyRule[]): string {
  const groups = [...new Set(rules.map(rule => groupOf(rule.id)))];
  const tables = groups.map(group => {
    const rows = rules
      .filter(rule => groupOf(rule.id) === group)
      .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || (a.id < b.id ? -1 : 1))
      .map(
        ({ id, level, optIn, docs }) =>
          `| [${id}](${id}.md) | ${level}${optIn ? ', opt-in' : ''} | ${cell(docs.summary)} |`,
      );
    return [`## ${group}/`, '', '| rule | level | what it finds |', '| --- | --- | --- |', ...rows].join('\n');
  });
  return `# Rules\n\nWritten by \`npm run docs\` from the rules.\n\n${tables.join('\n\n')}\n`;
}

/** An example's language is told by its look: the group `schema/` shows schemas, the others show either. */
function isPrisma(id: string, example: string): boolean {
  return (
    /^(?:schema|suppression)\//.test(id) ||
    /^\s*(?:model|enum|datasource|generator|view|type)\s+\w+\s*\{/m.test(example)
  );
}

function fence({ id }: AnyRule, example: string): string {
  const longest = Math.max(2, ...[...example.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${isPrisma(id, example) ? 'prisma' : 'sql'}\n${example.replace(/^\n+/, '').trimEnd()}\n${ticks}`;
}

/** How to get what the examples show, where the defaults do not show it. */
function withOptions({ id, level, docs: { options } }: AnyRule): string {
  if (!options) return '';
  const words = inspect(options, { depth: null, breakLength: Infinity }).replace(/(?<=\[) | (?=\])/g, '');
  return `With \`rules: { '${id}': ['${level}', ${words}] }\` in the config file:\n\n`;
}

interface OptionJson {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly items?: OptionJson;
  readonly anyOf?: readonly OptionJson[];
  readonly properties?: Readonly<Record<string, OptionJson>>;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
}

function optionTable(options: NonNullable<AnyRule['options']>): string {
  const json = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' });
  const rows = Object.entries((json.properties ?? {}) as Readonly<Record<string, OptionJson>>).map(
    ([name, option]) =>
      `| \`${name}\` | ${cell(typeOf(option))} | ${cell(`\`${(JSON.stringify(option.default) as string | undefined) ?? ''}\``)} | ${cell(option.description ?? '')} |`,
  );
  return ['| option | type | default | what it does |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function typeOf({
  type,
  items,
  anyOf,
  properties,
  const: only,
  enum: values = only === undefined ? undefined : [only],
}: OptionJson): string {
  if (values) return values.map(value => `\`${JSON.stringify(value)}\``).join(' or ');
  if (anyOf) return anyOf.map(typeOf).join(' or ');
  if (properties) return `{ ${Object.keys(properties).join(', ')} }`;
  return items ? `list of ${typeOf(items)}` : [type ?? 'any'].flat().join(' or ');
}

function cell(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}
