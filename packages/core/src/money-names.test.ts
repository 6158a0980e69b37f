import { expect, test } from '@jest/globals';
import { hasSmallUnit, isFigure, moneyKind, type NamedNumber } from './money-names.ts';

const number = (name: string, owner = 'Invoice', siblings: readonly string[] = []): NamedNumber => ({
  name,
  owner,
  siblings: () => [name, ...siblings],
});

test.each([
  ['money', number('totalAmount')],
  ['money', number('averagePrice', 'Position')],
  ['money', number('hourly_rate')],
  ['money', number('value', 'AccountBalance')],
  ['rate', number('exchangeRate')],
  ['rate', number('rate', 'Quote', ['fromCurrency', 'toCurrency'])],
  [undefined, number('taxRate')],
  [undefined, number('averagePrice')],
  [undefined, number('amount', 'Invoice', ['unit'])],
  [undefined, number('priceScore')],
  [undefined, number('cost_ms')],
  [undefined, number('gas_amount')],
])('%s', (kind, asked) => {
  expect(moneyKind(asked)).toBe(kind);
});

test('a figure is shown and not paid', () => {
  expect([number('fees24h'), number('costPerToken'), number('cost', 'Run')].every(isFigure)).toBe(true);
  expect([number('fee'), number('cost', 'OrderItem'), number('pricePerSeat')].some(isFigure)).toBe(false);
});

test('a small unit wants more places', () => {
  expect([hasSmallUnit(number('pricePerUnit')), hasSmallUnit(number('price'))]).toEqual([true, false]);
});
