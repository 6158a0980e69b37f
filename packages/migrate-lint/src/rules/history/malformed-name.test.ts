import { expect, test } from '@jest/globals';
import { sayOf } from '../../../test/history-testing.ts';
import rule from './malformed-name.ts';

test.each([
  [['20240101000000_init', '20240102000000_add']],
  [['0_init', '000_error_logs', '2024-01-31-add']],
  [['init', 'add_phone']],
])('is silent of %j', async names => {
  expect(await sayOf(rule, Object.fromEntries(names.map(name => [name, 'SELECT 1;'])))).toEqual([]);
});

test('of a name without a number beside others that have one', async () => {
  expect(await sayOf(rule, { '1_init': '', add_phone: '' })).toEqual([
    'add_phone: The migration `add_phone` has no number before its name, so on a new database it runs after all that have one.',
  ]);
});

test.each(['[timestamp]_init', '{date}_init', '<name>'])('of the template %s', async name => {
  expect(await sayOf(rule, { [name]: '' })).toEqual([
    `${name}: The name \`${name}\` is a template that nobody filled in, so the migration runs at a place that nobody chose.`,
  ]);
});
