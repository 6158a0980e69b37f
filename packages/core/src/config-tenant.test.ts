import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { loadConfig, settingsFor, type Config } from './config.ts';
import type { AnyRule } from './rule.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'config-tenant-'));
});
afterEach(() => rm(directory, { recursive: true }));

const load = async (config: unknown) => {
  await writeFile(join(directory, 'migrate-lint.config.json'), JSON.stringify(config));
  return loadConfig(directory);
};
const rule = (id: string, options?: AnyRule['options']): AnyRule => ({
  id,
  level: 'medium',
  category: 'security',
  needs: [],
  ...(options && { options }),
  docs: { summary: '', why: '', bad: '', good: '' },
  subjects: () => [],
  check: () => undefined,
});
const tenant = z.string().default('').describe('The tenant.');
const unreachable = rule('schema/tenant-unreachable', z.object({ tenant, shared: z.array(z.string()).default([]) }));
const unique = rule('schema/tenantless-unique', z.object({ tenant }));
const other = rule('schema/money-as-float', z.object({ names: z.array(z.string()).default([]) }));
const plain = rule('schema/redundant-index');
const rules = [unreachable, unique, other, plain];

const optionsWith = async (config: Config): Promise<readonly unknown[]> => {
  const settings = settingsFor(await load(config), rules);
  return rules.map(each => settings.options(each));
};

describe('the tenant of the configuration', () => {
  test('fills the option of every rule that has one, and of no other', async () => {
    expect(await optionsWith({ tenant: 'Space' })).toEqual([
      { tenant: 'Space', shared: [] },
      { tenant: 'Space' },
      { names: [] },
      undefined,
    ]);
  });

  test('stays beside other options of a rule, and gives way to the same one', async () => {
    const levels = {
      'schema/tenant-unreachable': ['high', { shared: ['Plan'] }],
      'schema/tenantless-unique': ['low', { tenant: 'Team' }],
    } as const;
    expect((await optionsWith({ tenant: 'Space', rules: levels })).slice(0, 2)).toEqual([
      { tenant: 'Space', shared: ['Plan'] },
      { tenant: 'Team' },
    ]);
  });

  test('is not said by default, and then inferred', async () => {
    expect((await optionsWith({}))[1]).toEqual({ tenant: '' });
  });

  test.each([3, '', null])('is the name of a model, and not %j', async value => {
    await expect(load({ tenant: value })).rejects.toThrow('`tenant` is wrong');
  });
});
