import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { loadConfig, settingsFor, type Config, type LoadedConfig } from './config.ts';
import type { AnyRule } from './rule.ts';
import { UsageError } from './source.ts';
import { suppressionRules } from './suppress.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'config-'));
});
afterEach(() => rm(directory, { recursive: true }));

const write = (name: string, text: string) => writeFile(join(directory, name), text);
const json = async (config: unknown) => {
  await write('migrate-lint.config.json', JSON.stringify(config));
  return loadConfig(directory);
};

const rule = (id: string, more: Partial<AnyRule> = {}): AnyRule => ({
  id,
  level: 'high',
  category: 'integrity',
  needs: [],
  docs: { summary: '', why: '', bad: '', good: '' },
  subjects: () => [],
  check: () => undefined,
  ...more,
});
const plain = rule('schema/redundant-index');
const optIn = rule('schema/missing-relation', { optIn: true, level: 'low' });
const withOptions = rule('schema/money-as-float', {
  options: z.object({
    names: z.array(z.string()).default(['price']).describe('Names of money.'),
    most: z.number().default(3).describe('How many.'),
  }),
});
const rules = [plain, optIn, withOptions];
const loaded = (config: Config = {}): LoadedConfig => ({
  extends: 'recommended',
  failOn: 'high',
  file: 'c.json',
  ...config,
});

describe('loadConfig', () => {
  test('has defaults where no file is', async () => {
    expect(await loadConfig(directory)).toEqual({ extends: 'recommended', failOn: 'high', file: 'the defaults' });
  });

  test.each([
    ['json', '{ "failOn": "low", "schema": "db" }'],
    ['mjs', "export default { failOn: 'low', schema: 'db' };"],
    ['js', "export default { failOn: 'low', schema: 'db' };"],
    [
      'ts',
      "type Level = 'low'; const failOn = 'low' as Level; export default { failOn, schema: 'db' } satisfies object;",
    ],
    ['mts', "const failOn: string = 'low'; export default { failOn, schema: 'db' };"],
  ])('reads a file of the ending %s', async (ending, text) => {
    await write(`migrate-lint.config.${ending}`, text);
    expect(await loadConfig(directory)).toEqual({
      extends: 'recommended',
      failOn: 'low',
      schema: 'db',
      file: `migrate-lint.config.${ending}`,
    });
  });

  test('the path that is given counts alone, and flags before the file', async () => {
    await write('migrate-lint.config.json', '{ "failOn": "critical" }');
    await write('other.json', '{ "failOn": "low", "schema": "db" }');
    expect(await loadConfig(directory, 'other.json')).toMatchObject({ failOn: 'low', file: 'other.json' });
    expect(await loadConfig(directory, 'other.json', { failOn: 'medium' })).toMatchObject({
      failOn: 'medium',
      schema: 'db',
    });
  });

  test('`$schema` is for editors', async () => {
    expect(await json({ $schema: 'https://example.com/x.json' })).not.toHaveProperty('$schema');
  });

  test.each([
    [{ failon: 'low' }, 'In migrate-lint.config.json, there is no key `failon`; did you mean `failOn`?'],
    [{ overrides: [{ file: [], rules: {}, files: [] }] }, 'no key `overrides.0.file`; did you mean `files`?'],
    [{ failOn: 'severe' }, '`failOn` is wrong: it must be one of "critical", "high", "medium", "low".'],
    [{ extends: 'all' }, '`extends` is wrong: it must be "recommended" or "strict".'],
    [
      { rules: { 'schema/redundant-index': 'error' } },
      '`rules.schema/redundant-index` is wrong: it must be one of "off", "critical"',
    ],
    [{ rules: [] }, '`rules` is wrong: it must be an object of rules and levels.'],
    [{ schema: 3 }, '`schema` is wrong: it must be a text.'],
    [{ overrides: [{ files: 'a', rules: {} }] }, '`overrides.0.files` is wrong: it must be a list of globs.'],
    [[], 'the configuration is wrong: it must be an object.'],
    [null, 'the configuration is wrong: it must be an object.'],
  ])('refuses %j', async (config, message) => {
    const loading = json(config);
    await expect(loading).rejects.toBeInstanceOf(UsageError);
    await expect(loading).rejects.toThrow(message);
  });

  test.each([
    ['migrate-lint.config.json', '{ "failOn": }', /`migrate-lint\.config\.json` is not valid JSON: /],
    ['migrate-lint.config.mjs', 'export default {', /The configuration `migrate-lint\.config\.mjs` cannot be loaded: /],
    ['migrate-lint.config.mjs', "throw new Error('no\\nway');", /cannot be loaded: no\.$/],
  ])('refuses a broken %s', async (name, text, message) => {
    await write(name, text);
    await expect(loadConfig(directory)).rejects.toBeInstanceOf(UsageError);
    await expect(loadConfig(directory)).rejects.toThrow(message);
  });

  test('refuses two files, a path without a file and a foreign ending', async () => {
    await expect(loadConfig(directory, 'none.ts')).rejects.toThrow('`none.ts` does not exist');
    await write('migrate-lint.config.json', '{}');
    await write('config.yaml', '');
    await expect(loadConfig(directory, 'config.yaml')).rejects.toThrow(
      'its ending must be one of ts, mts, mjs, js, json',
    );
    await write('migrate-lint.config.ts', 'export default {}');
    await expect(loadConfig(directory)).rejects.toThrow(
      '`migrate-lint.config.ts` and `migrate-lint.config.json` are both here',
    );
  });
});

describe('settingsFor', () => {
  test('the presets', () => {
    const recommended = settingsFor(loaded(), rules);
    expect(rules.map(each => recommended.enabled(each))).toEqual([true, false, true]);
    expect(rules.map(each => recommended.level(each, 'a'))).toEqual(['high', 'off', 'high']);
    const strict = settingsFor(loaded({ extends: 'strict' }), rules);
    expect(strict.level(optIn, null)).toBe('low');
    expect(recommended.level(suppressionRules[0]!, 'a')).toBe('medium');
  });

  test('levels for each rule turn it on and off', () => {
    const settings = settingsFor(
      loaded({
        rules: {
          'schema/redundant-index': 'off',
          'schema/missing-relation': 'critical',
          'schema/money-as-float': ['medium', { most: 5 }],
          'suppression/unused-suppression': 'off',
        },
      }),
      rules,
    );
    expect(rules.map(each => settings.level(each, 'a'))).toEqual(['off', 'critical', 'medium']);
    expect(settings.options(withOptions)).toEqual({ names: ['price'], most: 5 });
    expect(
      settings.level(
        suppressionRules.find(each => each.id.endsWith('unused-suppression'))!,
        'a',
      ),
    ).toBe('off');
  });

  test('options have their defaults', () => {
    expect(settingsFor(loaded(), rules).options(withOptions)).toEqual({ names: ['price'], most: 3 });
    expect(settingsFor(loaded(), rules).options(plain)).toBeUndefined();
  });

  test('levels for each path: the last override that names the rule and matches', () => {
    const settings = settingsFor(
      loaded({
        rules: { 'schema/redundant-index': 'off' },
        overrides: [
          { files: ['prisma/**/*.prisma'], rules: { 'schema/redundant-index': 'low' } },
          { files: ['prisma/old/**', '.hidden/*'], rules: { 'schema/redundant-index': 'medium' } },
          { files: ['**'], rules: { 'schema/money-as-float': 'off' } },
        ],
      }),
      rules,
    );
    const levels = ['prisma/a.prisma', 'prisma/old/a.prisma', '.hidden/a', 'b.prisma', null].map(file =>
      settings.level(plain, file),
    );
    expect(levels).toEqual(['low', 'medium', 'medium', 'off', 'off']);
    expect(settings.enabled(plain)).toBe(true);
    expect([settings.level(withOptions, 'a'), settings.level(withOptions, null)]).toEqual(['off', 'high']);
  });

  test('only some groups', () => {
    const drift = rule('drift/missing-table');
    const settings = settingsFor(loaded(), [...rules, drift], { only: ['drift'] });
    expect([settings.enabled(plain), settings.enabled(drift)]).toEqual([false, true]);
    expect(settings.level(suppressionRules[0]!, 'a')).toBe('off');
  });

  test.each([
    [
      { rules: { 'schema/redundant-indexes': 'off' } },
      'In c.json, there is no rule `schema/redundant-indexes`; did you mean `schema/redundant-index`?',
    ],
    [
      { overrides: [{ files: ['a'], rules: { 'money-as-float': 'off' } }] },
      'no rule `money-as-float`; did you mean `schema/money-as-float`?',
    ],
    [
      { rules: { 'schema/money-as-float': ['low', { name: [] }] } },
      'In c.json, there is no option `name` of the rule `schema/money-as-float`; did you mean `names`?',
    ],
    [
      { rules: { 'schema/money-as-float': ['low', { most: 'x' }] } },
      'the option `schema/money-as-float.most` is wrong: ',
    ],
    [
      { rules: { 'schema/redundant-index': ['low', { most: 1 }] } },
      'the rule `schema/redundant-index`, which has no options.',
    ],
  ] as [Config, string][])('refuses %j', (config, message) => {
    expect(() => settingsFor(loaded(config), rules)).toThrow(UsageError);
    expect(() => settingsFor(loaded(config), rules)).toThrow(message);
  });

  test('refuses an unknown group, and leaves rules of a group that is not loaded alone', () => {
    expect(() => settingsFor(loaded(), rules, { only: ['shema'] })).toThrow(
      'no group of rules `shema`; did you mean `schema`?',
    );
    expect(settingsFor(loaded({ rules: { 'drift/missing-table': 'off' } }), rules).enabled(plain)).toBe(true);
  });
});
