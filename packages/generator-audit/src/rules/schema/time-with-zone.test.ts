import { expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './time-with-zone.ts';

const model = (...lines: readonly string[]): string => `model Shop {\n  id Int @id\n  ${lines.join('\n  ')}\n}\n`;

test.each([
  'opens DateTime @db.Time(0)',
  'opens DateTime @db.Time',
  'openedAt DateTime @db.Timestamptz(3)',
  'openedAt DateTime',
  'day DateTime @db.Date',
])('is silent with %s', line => {
  expect(flagged(rule, model(line))).toEqual([]);
});

test('is silent on CockroachDB, and of an ignored model', () => {
  expect(flagged(rule, model('opens DateTime @db.Timetz'), { provider: 'cockroachdb' })).toEqual([]);
  expect(flagged(rule, model('opens DateTime @db.Timetz', '@@ignore'))).toEqual([]);
});

test('speaks of a time with an offset', () => {
  expect(say(rule, model('opens DateTime? @db.Timetz(3)'))).toEqual([
    'Shop.opens: `Shop.opens` keeps an offset from UTC without a date, which is wrong for the part of the year in which the clocks are set otherwise.',
  ]);
});

test('the fix keeps the precision, and is not safe, because the offsets are lost', async () => {
  const text = model('opens DateTime @db.Timetz', 'closes DateTime? @db.Timetz(3)');
  expect(fixesOf(rule, text).map(({ safety }) => safety)).toEqual(['unsafe', 'unsafe']);
  expect(await fixed(rule, text)).toBe(model('opens DateTime @db.Time', 'closes DateTime? @db.Time(3)'));
});
