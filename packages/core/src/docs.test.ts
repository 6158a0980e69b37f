import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { rulePage, rulePages } from './docs.ts';
import type { AnyRule } from './rule.ts';
import { suppressionRules } from './suppress.ts';

const rule = (id: string, more: Partial<AnyRule> = {}): AnyRule => ({
  id,
  level: 'high',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'It is | wrong.',
    why: 'Because.',
    guards: ['When it is small.'],
    bad: '\nSELECT 1;\n',
    good: 'SELECT 2;',
  },
  subjects: () => [],
  check: () => undefined,
  ...more,
});

describe('the pages of rules', () => {
  test('a page has all that the rule says', () => {
    const page = rulePage(rule('drift/missing-table', { optIn: true, uses: ['replay'] }));
    expect(page).toBe(`# drift/missing-table

It is | wrong.

**high** · integrity · opt-in (on in \`strict\`) · needs schema · uses replay where there

## Why

Because.

## When it is silent

- When it is small.

## Bad

\`\`\`sql
SELECT 1;
\`\`\`

## Good

\`\`\`sql
SELECT 2;
\`\`\`

## Turning it off

For one place, with a comment above it: \`-- migrate-lint-ignore drift/missing-table -- the reason\`. In the config file: \`rules: { 'drift/missing-table': 'off' }\`.
`);
  });

  test('the fence goes by the group and by the look', () => {
    const prisma = { ...rule('').docs, bad: 'model A {\n  id Int @id\n}' };
    expect(rulePage(rule('schema/a'))).toContain('```prisma\nSELECT 1;');
    expect(rulePage(rule('drift/a', { docs: prisma }))).toContain('```prisma\nmodel A');
    expect(rulePage(rule('drift/a', { docs: { ...prisma, bad: '/*\n```\n*/' } }))).toContain('````sql\n/*\n```');
  });

  test('options stand in a table', () => {
    const options = z.object({
      names: z.array(z.string()).default(['a|b']).describe('Names | words.'),
      mode: z.enum(['one', 'two']).default('one').describe('Which.'),
      both: z
        .union([z.boolean(), z.literal('either')])
        .default('either')
        .describe('Both.'),
    });
    const page = rulePage(rule('schema/a', { options }));
    expect(page).toContain('| `names` | list of string | `["a\\|b"]` | Names \\| words. |');
    expect(page).toContain('| `both` | boolean or `"either"` | `"either"` | Both. |');
    expect(page).toContain('| `mode` | `"one"` or `"two"` | `"one"` | Which. |');
  });

  test('an option may be a regular expression, or an object', () => {
    const name = z.union([z.string(), z.instanceof(RegExp).meta({ type: 'RegExp' })]);
    const options = z.object({
      names: z.array(name).default([]).describe('Names.'),
      types: z
        .array(z.union([z.string(), z.object({ name, type: z.string() })]))
        .default([])
        .describe('Types.'),
    });
    const page = rulePage(rule('schema/a', { options }));
    expect(page).toContain('| `names` | list of string or RegExp | `[]` | Names. |');
    expect(page).toContain('| `types` | list of string or { name, type } | `[]` | Types. |');
  });

  test('the options of the examples stand before them', () => {
    const options = z.object({ names: z.array(z.string()).default([]).describe('Names.') });
    const docs = { ...rule('').docs, options: { names: ['id'] } };
    expect(rulePage(rule('schema/a', { options, docs }))).toContain(
      "## Bad\n\nWith `rules: { 'schema/a': ['high', { names: ['id'] }] }` in the config file:\n\n```prisma",
    );
  });

  test('the index has every rule, by group, level and name', () => {
    const pages = rulePages([rule('schema/b'), rule('schema/a', { level: 'low' }), rule('drift/c')]);
    expect([...pages.keys()]).toEqual(['README.md', 'drift/c.md', 'schema/a.md', 'schema/b.md']);
    const lines = pages
      .get('README.md')
      ?.split('\n')
      .filter(line => /^(?:##|\| \[)/.test(line));
    expect(lines).toEqual([
      '## drift/',
      '| [drift/c](drift/c.md) | high | It is \\| wrong. |',
      '## schema/',
      '| [schema/b](schema/b.md) | high | It is \\| wrong. |',
      '| [schema/a](schema/a.md) | low | It is \\| wrong. |',
    ]);
  });

  test('the rules about suppressions have pages without a word on suppressing them', () => {
    for (const each of suppressionRules) expect(rulePage(each)).not.toContain('For one place');
  });
});
