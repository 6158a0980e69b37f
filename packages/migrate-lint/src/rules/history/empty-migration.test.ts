import { expect, test } from '@jest/globals';
import { sayOf } from '../../../test/history-testing.ts';
import rule from './empty-migration.ts';

test.each(['SELECT 1;', '-- the index was made by hand', '/* nothing to do here */'])('is silent of %s', async sql => {
  expect(await sayOf(rule, { '1_a': sql })).toEqual([]);
});

test.each(['', '\uFEFF', ' \r\n', '-- This is an empty migration.\n', '--This is an empty migration'])(
  'speaks of %j',
  async sql => {
    expect(await sayOf(rule, { '1_a': sql })).toEqual([
      '1_a: The migration `1_a` does nothing, and nothing says why it is there.',
    ]);
  },
);
