import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './list-without-default.ts';

const model = (line: string): string => `model Post {\n  id Int @id\n  ${line}\n}\nenum Tag {\n  a\n}\n`;

test.each(['tags String[] @default([])', 'tags String[] @default(["a"])', 'tags String', 'tags String[]\n  @@ignore'])(
  'is silent with %s',
  line => {
    expect(flagged(rule, model(line))).toEqual([]);
  },
);

test('is silent where there are no lists, or no NULL ones', () => {
  expect(flagged(rule, model('tags String[]'), { provider: 'mongodb' })).toEqual([]);
});

describe('speaks', () => {
  test('of a list', () => {
    expect(say(rule, model('tags String[]'))).toEqual([
      'Post.tags: `Post.tags` is NULL in rows that were inserted without it, and a filter for empty lists does not find those.',
    ]);
  });
  test('of a list of enum values, and on CockroachDB', () => {
    expect(flagged(rule, model('tags Tag[]'))).toEqual(['Post.tags']);
    expect(flagged(rule, model('tags String[]'), { provider: 'cockroachdb' })).toEqual(['Post.tags']);
  });
});

test('the fix is a default, and safe', async () => {
  expect(await fixed(rule, model('tags String[] @map("t")'))).toContain('tags String[] @default([]) @map("t")');
  expect(fixesOf(rule, model('tags String[]'))[0]?.safety).toBe('safe');
});
