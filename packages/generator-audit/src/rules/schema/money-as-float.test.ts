import { describe, expect, test } from '@jest/globals';
import { testRule } from '@migrate-lint/core/testing';
import { fixed, fixesOf, flagged, say, schemaOf } from '../../../test/rule.ts';
import rule from './money-as-float.ts';

const model = (lines: string | readonly string[], name = 'Thing'): string =>
  `model ${name} {\n  id Int @id\n  ${[lines].flat().join('\n  ')}\n}\n`;

describe('speaks', () => {
  test('of money in a Float', () => {
    expect(say(rule, model('amount Float', 'Invoice'))).toEqual([
      'Invoice.amount: `Invoice.amount` keeps money in a Float, which holds most decimal fractions only nearly, so sums and comparisons come out wrong.',
    ]);
  });
  test.each([
    'totalAmount Float',
    'balance Float?',
    'unit_price Float',
    'depositFee Float',
    'priceUsd Float @db.Real',
    'fees Float[]',
    'hourlyRate Float',
    'centsPerMs Float',
    'pricePerHour Float',
    'costInCents Float @default(0)',
    'monthlyBudget Float',
    'salary Float @db.DoublePrecision',
  ])('of %s', line => {
    expect(flagged(rule, model(line))).toHaveLength(1);
  });
  test('of an exchange rate, and says so', () => {
    const lines = ['fromCurrency String', 'toCurrency String', 'rate Float'];
    expect(say(rule, model(lines))[0]).toContain('keeps an exchange rate in a Float');
    expect(flagged(rule, model('rate Float', 'ExchangeRate'))).toEqual(['ExchangeRate.rate']);
    expect(flagged(rule, model('fxRate Float'))).toHaveLength(1);
  });
  test('of the value of a balance', () => {
    expect(flagged(rule, model('value Float', 'AccountBalance'))).toEqual(['AccountBalance.value']);
  });
});

test.each([
  'score Float',
  'ratio Float',
  'percentage Float',
  'lat Float',
  'lng Float',
  'latitude Float',
  'rate Float',
  'taxRate Float',
  'errorRate Float',
  'conversionRate Float',
  'priceScore Float',
  'costFactor Float',
  'discountPercentOff Float',
  'priceChangePercent24h Float',
  'feeRatio Float',
  'whiteBalance Float',
  'leaveBalanceDays Float',
  'timeBudget Float',
  'tokenBudget Float',
  'amountOfTokens Float',
  'expenseMultiple Float',
  'medianPrice Float',
  'value Float',
  'coffee Float',
  'centroid Float',
  'amount Decimal @db.Decimal(19, 4)',
  'price Decimal',
  'amountCents Int',
  'priceMinor BigInt',
])('is silent with %s', line => {
  expect(flagged(rule, model(line))).toEqual([]);
});

test.each([
  ['MarketData', 'marketPrice Float'],
  ['TokenPrice', 'price Float'],
  ['PoolSnapshot', 'sharePrice Float'],
  ['Pool', 'fees24h Float'],
  ['LlmModel', 'inputCostPerToken Float'],
  ['TaskRun', 'costInCents Float'],
  ['Machine', 'centsPerMs Float'],
  ['CurrencyRate', 'rate Float'],
])('is medium of a figure that nobody is paid by: %s.%s', (name, line) => {
  const schema = schemaOf(`model ${name} {\n  id Int @id\n  ${line}\n}\n`);
  expect(testRule(rule, { facts: { schema } }).map(({ level }) => level)).toEqual(['medium']);
});

test.each([
  ['OrderItem', 'cost Float'],
  ['Seat', 'pricePerSeat Float'],
  ['Invoice', 'totalAmount Float'],
  ['CryptoDeposit', 'payAmount Float'],
])('is critical of what is paid: %s.%s', (name, line) => {
  const schema = schemaOf(`model ${name} {\n  id Int @id\n  ${line}\n}\n`);
  expect(testRule(rule, { facts: { schema } }).map(({ level }) => level)).toEqual(['critical']);
});

test.each(['priceChange24h Float', 'sharePriceAth Float', 'balanceNum Float'])(
  'is silent of what is derived: %s',
  line => {
    expect(flagged(rule, `model Pool {\n  id Int @id\n  ${line}\n}\n`)).toEqual([]);
  },
);

test('is silent of an amount with its unit, and of an ingredient', () => {
  expect(flagged(rule, model(['amount Float', 'unit String']))).toEqual([]);
  expect(flagged(rule, model('amount Float', 'RecipeIngredient'))).toEqual([]);
  expect(flagged(rule, model(['amount Float', 'unitPrice Decimal']))).toEqual(['Thing.amount']);
});

test('is silent of an average in a model of statistics, which is not that of a portfolio', () => {
  expect(flagged(rule, model('avgBlobFee Float', 'DailyStats'))).toEqual([]);
  expect(flagged(rule, model('averagePrice Float', 'Position'))).toEqual(['Position.averagePrice']);
});

test('is silent of an ignored model', () => {
  expect(flagged(rule, model(['amount Float', '@@ignore']))).toEqual([]);
});

describe('the fix', () => {
  test('has four places for money', async () => {
    const text = await fixed(rule, model(['amount Float? @default(0)', 'price Float @db.Real']));
    expect(text).toMatch(/amount +Decimal\? +@default\(0\) +@db\.Decimal\(19, 4\)\n/);
    expect(text).toMatch(/price +Decimal +@db\.Decimal\(19, 4\)\n/);
  });
  test('has ten places for exchange rates and for what has a small unit', async () => {
    const text = await fixed(rule, model(['rate Float', 'marketPrice Float', 'centsPerMs Float'], 'ExchangeRate'));
    expect(text.match(/@db\.Decimal\(30, 10\)/g)).toHaveLength(3);
  });
  test.each([
    ['ExchangeRate', 'rate Float'],
    ['Quote', 'fxRate Float @default(1)'],
    ['Transfer', 'exchangeRate Float?'],
    ['Price', 'currencyConversionRate Float @db.Real'],
  ])('keeps at least ten places of %s: %s, for (19, 4) would lose more than the Float', async (name, line) => {
    const [, scale] = /@db\.Decimal\(\d+, (\d+)\)/.exec(await fixed(rule, model(line, name))) ?? [];
    expect(Number(scale)).toBeGreaterThanOrEqual(10);
  });
  test('has no native type on SQLite, and MongoDB has no Decimal', async () => {
    expect(await fixed(rule, model('amount Float'), { provider: 'sqlite' })).toMatch(/amount +Decimal\n/);
    expect(fixesOf(rule, model('amount Float'), { provider: 'mongodb' })).toEqual([]);
  });
  test('is not safe, because the client hands out another type', () => {
    expect(fixesOf(rule, model('amount Float'))).toMatchObject([{ safety: 'unsafe' }]);
  });
});
