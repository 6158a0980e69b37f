import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './timestamp-precision-zero.ts';

const model = (...lines: readonly string[]): string => `model Payment {\n  id Int @id\n  ${lines.join('\n  ')}\n}\n`;

test.each([
  'paidAt DateTime @db.Timestamptz(3)',
  'paidAt DateTime @db.Timestamptz',
  'paidAt DateTime @db.Timestamp(6)',
  'paidAt DateTime',
  'opens DateTime @db.Time(0)',
  'day DateTime @db.Date',
  'startTime DateTime @db.Timestamp(0)',
  'endsAt DateTime @db.Timestamptz(0)',
  'dueDate DateTime? @db.Timestamptz(0)',
  'validUntil DateTime @db.Timestamptz(0)',
])('is silent with %s', line => {
  expect(flagged(rule, model(line))).toEqual([]);
});

test('is silent on other databases, and of an ignored model', () => {
  expect(flagged(rule, model('paidAt DateTime @db.Timestamp(0)'), { provider: 'mysql' })).toEqual([]);
  expect(flagged(rule, model('paidAt DateTime @db.Timestamp(0)', '@@ignore'))).toEqual([]);
});

describe('speaks', () => {
  test('of a timestamp of whole seconds', () => {
    expect(say(rule, model('paidAt DateTime? @db.Timestamptz(0)'))).toEqual([
      'Payment.paidAt: `Payment.paidAt` is rounded to whole seconds, so it may lie in the future, and rows of the same second have no order.',
    ]);
  });
  test.each([
    'createdAt DateTime @default(now()) @db.Timestamp(0)',
    'startedAt DateTime @db.Timestamptz(0)',
    'validFrom DateTime @default(now()) @db.Timestamptz(0)',
    'seenAt DateTime[] @db.Timestamptz(0)',
  ])('of %s', line => {
    expect(flagged(rule, model(line))).toHaveLength(1);
  });
});

test('the fix keeps the type, and is safe', async () => {
  const text = model('a DateTime @default(now()) @db.Timestamp(0)', 'b DateTime? @db.Timestamptz(0)');
  expect(fixesOf(rule, text).map(({ safety }) => safety)).toEqual(['safe', 'safe']);
  expect(await fixed(rule, text)).toBe(
    model('a DateTime @default(now()) @db.Timestamp(3)', 'b DateTime? @db.Timestamptz(3)'),
  );
});
