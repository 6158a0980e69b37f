import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './decimal-without-precision.ts';

const model = (...lines: readonly string[]): string => `model Invoice {\n  id Int @id\n  ${lines.join('\n  ')}\n}\n`;

test.each([
  'total Decimal @db.Decimal(19, 4)',
  'total Decimal @db.Decimal(10)',
  'total Decimal @db.Money',
  'total Float',
])('is silent with %s', line => {
  expect(flagged(rule, model(line))).toEqual([]);
});

test('is silent on SQLite, and of an ignored model', () => {
  expect(flagged(rule, model('total Decimal'), { provider: 'sqlite' })).toEqual([]);
  expect(flagged(rule, model('total Decimal', '@@ignore'))).toEqual([]);
});

describe('speaks', () => {
  test('of a bare Decimal, and says what Prisma makes of it', () => {
    expect(say(rule, model('total Decimal?'))).toEqual([
      'Invoice.total: `Invoice.total` is `numeric(65, 30)`, so nothing rounds it to the digits that it should have.',
    ]);
    expect(say(rule, model('total Decimal'), { provider: 'mysql' })[0]).toContain('`decimal(65, 30)`');
    expect(say(rule, model('total Decimal'), { provider: 'sqlserver' })[0]).toContain('`decimal(32, 16)`');
  });
  test('of a native type without digits', () => {
    expect(say(rule, model('total Decimal @db.Decimal'))[0]).toContain('is a number of any length');
  });
});

describe('the fix', () => {
  const other = (type: string): string => `model Order {\n  id Int @id\n  total Decimal @db.Decimal(${type})\n}\n`;
  test('takes the precision of the same column elsewhere, and is not safe', async () => {
    const text = model('total Decimal @default(0)') + other('19, 4');
    expect(fixesOf(rule, text)).toMatchObject([{ safety: 'unsafe' }]);
    expect(await fixed(rule, text)).toBe(model('total Decimal @default(0) @db.Decimal(19, 4)') + other('19, 4'));
    expect(await fixed(rule, model('total Decimal @db.Decimal') + other('19, 4'))).toContain(
      'total Decimal @db.Decimal(19, 4)',
    );
  });
  test('does not guess', () => {
    expect(fixesOf(rule, model('total Decimal'))).toEqual([]);
    const two = other('19, 4') + other('10, 2').replace('Order', 'Refund');
    expect(fixesOf(rule, model('total Decimal') + two)).toEqual([]);
  });
});
