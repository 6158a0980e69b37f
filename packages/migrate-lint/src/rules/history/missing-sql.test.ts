import { expect, test } from '@jest/globals';
import { sayOf } from '../../../test/history-testing.ts';
import rule from './missing-sql.ts';

test('is silent where every folder has its file', async () => {
  expect(await sayOf(rule, { '1_a': 'SELECT 1;', '2_b': '' })).toEqual([]);
});

test('names the folder', async () => {
  expect(await sayOf(rule, { '1_a': 'SELECT 1;', '2_b': null })).toEqual([
    '2_b: The migration `2_b` has no `migration.sql`, so `prisma migrate deploy` stops there (P3015); restore the file, or delete the folder if it was never applied.',
  ]);
});
