import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './required-field.ts';

const product = (lines: string): string => `model Product {\n  id Int @id\n  ${lines}\n}\n`;
const currency = { require: [{ name: 'currencyCode', ifSibling: '/AmountD6$/' }] };

describe('speaks', () => {
  test('of each field that a model lacks', () => {
    expect(say(rule, product('name String'), { options: { require: ['tenantId', 'id', 'createdAt'] } })).toEqual([
      'Product tenantId: `Product` has no field `tenantId`, which the configuration requires.',
      'Product createdAt: `Product` has no field `createdAt`, which the configuration requires.',
    ]);
  });
  test('of a field that another one asks for', () => {
    expect(flagged(rule, product('priceAmountD6 Int'), { options: currency })).toEqual(['Product currencyCode']);
    const options = { require: [{ name: 'unit', ifSibling: 'amount' }] };
    expect(flagged(rule, product('amount Int'), { options })).toEqual(['Product unit']);
  });
});

test.each([
  ['nothing required', product(''), {}],
  ['the field', product('tenantId Int'), { require: ['tenantId'] }],
  ['both', product('priceAmountD6 Int\n  currencyCode String'), currency],
  ['neither', product('price Int'), currency],
  ['a model that is allowed', product(''), { require: ['tenantId'], allowList: ['Product'] }],
  ['a field that is allowed', product(''), { require: ['tenantId'], allowList: ['Product.tenantId'] }],
  ['an ignored model', product('@@ignore'), { require: ['tenantId'] }],
])('is silent with %s', (_, text, options) => {
  expect(flagged(rule, text, { options })).toEqual([]);
});
