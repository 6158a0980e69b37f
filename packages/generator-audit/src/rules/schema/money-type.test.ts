import { expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './money-type.ts';

const model = (...lines: readonly string[]): string => `model Invoice {\n  id Int @id\n  ${lines.join('\n  ')}\n}\n`;

test.each(['total Decimal @db.Decimal(19, 4)', 'total Decimal', 'totalCents Int', 'total Float'])(
  'is silent with %s',
  line => {
    expect(flagged(rule, model(line))).toEqual([]);
  },
);

test('is silent on SQL Server, and of an ignored model', () => {
  expect(flagged(rule, model('total Decimal @db.Money'), { provider: 'sqlserver' })).toEqual([]);
  expect(flagged(rule, model('total Decimal @db.Money', '@@ignore'))).toEqual([]);
});

test('speaks of a money', () => {
  expect(say(rule, model('total Decimal? @db.Money'))).toEqual([
    "Invoice.total: `Invoice.total` is a `money`, which rounds to the decimals of the server's locale and reads as another amount under another one.",
  ]);
});

test('the fix makes a Decimal, and is not safe', async () => {
  const text = model('total Decimal @default(0) @db.Money', 'fees Decimal[] @db.Money');
  expect(fixesOf(rule, text).map(({ safety }) => safety)).toEqual(['unsafe', 'unsafe']);
  expect(await fixed(rule, text)).toBe(
    model('total Decimal @default(0) @db.Decimal(19, 4)', 'fees Decimal[] @db.Decimal(19, 4)'),
  );
});
