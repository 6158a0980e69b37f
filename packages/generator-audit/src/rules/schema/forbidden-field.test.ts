import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './forbidden-field.ts';

const product = (lines: string): string => `model Product {\n  id Int @id\n  ${lines}\n}\n`;

describe('speaks', () => {
  test('of a name, and of names that fit an expression', () => {
    expect(say(rule, product('priceD6 Int'), { options: { forbid: ['id', '/D6$/'] } })).toEqual([
      'Product.id: The configuration forbids the name of `Product.id`.',
      'Product.priceD6: The configuration forbids the name of `Product.priceD6` as it fits `/D6$/`.',
    ]);
  });
  test('of what an expression with a look-around leaves', () => {
    const options = { forbid: ['/^(?!.*[aA]mountD6$).*D6$/'] };
    expect(flagged(rule, product('priceD6 Int\n  priceAmountD6 Int'), { options })).toEqual(['Product.priceD6']);
  });
});

test.each([
  ['no name', product(''), {}],
  ['another name', product('idea Int'), { forbid: ['ide'] }],
  ['an ignored field', product('price Int @ignore'), { forbid: ['price'] }],
  ['an ignored model', product('@@ignore'), { forbid: ['id'] }],
])('is silent with %s', (_, text, options) => {
  expect(flagged(rule, text, { options })).toEqual([]);
});
