import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import type { Schema } from './facts/index.ts';
import { defineRule, type AnyRule } from './rule.ts';
import { testRule, testContract } from './testing.ts';

const schema = (files: string[]): Partial<Schema> => ({ files });
const rule = defineRule({
  id: 'schema/redundant-index',
  level: 'medium',
  category: 'performance',
  needs: ['schema'],
  options: z.object({ word: z.string().default('x').describe('The word that is wrong.') }),
  docs: { summary: 'A file is wrong.', why: 'It hurts.', bad: 'x', good: 'y' },
  subjects: ({ schema: { files } }) => files.map(path => ({ path })),
  check: ({ path }, _, { word }) =>
    path.includes(word) ? { span: { file: path, start: 2, end: 3 }, message: `\`${path}\` is wrong.` } : undefined,
});

describe('testRule', () => {
  test('returns what the rule says, with places', () => {
    const files = [{ path: 'x', text: 'a\nx', language: 'prisma' as const, blocks: [] }];
    const found = testRule(rule, { facts: { schema: schema(['x', 'y']) as Schema }, files });
    expect(found.map(({ subject, level, location }) => [subject, level, location?.line, location?.column])).toEqual([
      ['x', 'medium', 2, 1],
    ]);
  });

  test('takes options', () => {
    const found = testRule(rule, { facts: { schema: schema(['x', 'y']) as Schema }, options: { word: 'y' } });
    expect(found.map(each => each.subject)).toEqual(['y']);
  });
});

describe('testContract', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'contract-'));
    await Promise.all([
      write('rules/index.ts'),
      write('rules/schema/redundant-index.ts', "id: 'schema/redundant-index'"),
      write('rules/schema/redundant-index.test.ts'),
      write('docs/schema/redundant-index.md'),
      write('docs/README.md'),
      write('docs/drift/missing-table.md'),
    ]);
  });
  afterEach(() => rm(directory, { recursive: true }));

  async function write(path: string, text = ''): Promise<void> {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }

  async function failures(...rules: AnyRule[]): Promise<string[]> {
    const cases = testContract({
      rules,
      sources: { schema: () => Promise.reject(new Error('not built here')) },
      rulesDirectory: join(directory, 'rules'),
      docsDirectory: join(directory, 'docs'),
      runExample: (each, source) =>
        Promise.resolve(testRule(each, { facts: { schema: schema([source]) as Schema } }).map(finding => finding.rule)),
    });
    const results = await Promise.allSettled(cases.map(each => each.run()));
    return results.flatMap(result => (result.status === 'rejected' ? [(result.reason as Error).message] : []));
  }

  test('a rule that keeps it passes', async () => {
    expect(await failures(rule)).toEqual([]);
  });

  const broken = (more: Partial<AnyRule>): AnyRule => ({ ...(rule as AnyRule), ...more });
  const docs = rule.docs;
  test.each([
    ['silent on its bad example', broken({ docs: { ...docs, bad: 'z' } })],
    ['speaks on its good example: `x` is wrong.', broken({ docs: { ...docs, good: 'x' } })],
    ['names the fact replay and never reads it', broken({ uses: ['replay'] })],
    ['no source builds the fact expected', broken({ needs: ['schema', 'expected'] })],
    ['the summary is not one sentence', broken({ docs: { ...docs, summary: 'One. Two.' } })],
    ['the option word has no description', broken({ options: z.object({ word: z.string().default('x') }) })],
    ['the option word has no default', broken({ options: z.object({ word: z.string().describe('A word.') }) })],
    ['the options are not a z.object', broken({ options: z.string() })],
    [
      'message is not one sentence: bad',
      broken({ check: s => ((s as { path: string }).path === 'x' ? { span: null, message: 'bad' } : undefined) }),
    ],
    ['there is no level severe', broken({ level: 'severe' as 'high' })],
    ['there is no category speed', broken({ category: 'speed' as 'performance' })],
    ['the group is not in ruleGroups', broken({ id: 'other/redundant-index' })],
    ['the id is not `group/noun-of-the-problem`', broken({ id: 'schema/Redundant' })],
  ])('%s', async (message, each) => {
    expect((await failures(each)).join('\n')).toContain(message);
  });

  test('the examples are run with the options of the page', async () => {
    const shown = broken({ docs: { ...docs, bad: 'z', good: 'x', options: { word: 'z' } } });
    expect(await failures(shown)).toEqual([]);
    const unknown = broken({ docs: { ...docs, options: { words: 'x' } } });
    expect((await failures(unknown)).join('\n')).toContain('the examples have a wrong option words');
    const wrong = broken({ docs: { ...docs, options: { word: 3 } } });
    expect((await failures(wrong)).join('\n')).toContain('the examples have a wrong option word');
  });

  test('files, tests, pages and index must be the same', async () => {
    const another = broken({ id: 'schema/a' });
    expect((await failures(rule, another)).join('\n')).toMatch(
      /missing schema\/a\.[^]*in order|in order[^]*missing schema\/a\./,
    );
    await write('rules/schema/stray.ts');
    expect((await failures(rule)).join('\n')).toContain('not in the index: schema/stray');
    await rm(join(directory, 'rules/schema/stray.ts'));
    await rm(join(directory, 'rules/schema/redundant-index.test.ts'));
    await write('docs/schema/stale.md');
    expect((await failures(rule)).join('\n')).toMatch(
      /tests beside the rules: missing schema\/redundant-index\.test[^]*not in the index: schema\/stale/,
    );
  });
});
