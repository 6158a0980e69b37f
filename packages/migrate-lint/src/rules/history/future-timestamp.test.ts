import { expect, test } from '@jest/globals';
import { testRule } from '@migrate-lint/core/testing';
import { appliedFacts } from '../../../test/applied-testing.ts';
import rule from './future-timestamp.ts';

const today = '2026-12-31';

test.each([
  '20261231235959_now',
  '20270101140000_tomorrow',
  '0_init',
  '20271301_step',
  '1893456000000_milliseconds',
  'init',
])('is silent of %s', name => {
  expect(testRule(rule, { facts: appliedFacts({ here: { [name]: '' }, today }) })).toEqual([]);
});

test.each([
  ['20270102000000_late', '2027-01-02'],
  ['20990101_far', '2099-01-01'],
])('speaks of %s', (name, day) => {
  expect(testRule(rule, { facts: appliedFacts({ here: { [name]: '' }, today }) })).toMatchObject([
    {
      level: 'medium',
      subject: name,
      message: `The time of the migration \`${name}\` is in the future (${day}), so each one that Prisma makes before that day runs before it on a new database and after it where it is applied.`,
    },
  ]);
});

test('is low of one that is applied and has to keep its name', () => {
  const facts = appliedFacts({ here: { '20990101_far': '' }, today });
  const migrations = facts.migrations.migrations.map(each => ({ ...each, applied: '`main` has it.' }));
  const applied = { ...facts, migrations: { ...facts.migrations, migrations } };
  expect(testRule(rule, { facts: applied }).map(({ level }) => level)).toEqual(['low']);
});
