import { expect, test } from '@jest/globals';
import { sayOf } from '../../../test/history-testing.ts';
import rule from './duplicate-version.ts';

test.each([[['20240101000000_init', '20240101000001_add']], [['20240131_a', '20240131_b']], [['a', 'b']]])(
  'is silent of %j',
  async names => {
    expect(await sayOf(rule, Object.fromEntries(names.map(name => [name, ''])))).toEqual([]);
  },
);

test('names the one before, once for each that follows', async () => {
  expect(await sayOf(rule, { '06_b': '', '06_a': '', '06_c': '', '07_d': '' })).toEqual([
    '06_b: `06_b` has the number of `06_a`, so only the alphabet decides that it runs after it.',
    '06_c: `06_c` has the number of `06_a`, so only the alphabet decides that it runs after it.',
  ]);
});
