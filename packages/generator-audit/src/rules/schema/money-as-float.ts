import { defineRule, mentions, words, type Field } from '@migrate-lint/core';
import { replaceType } from '../../edits.ts';

const money = [
  ...['amount', 'balance', 'price', 'cost', 'fee', 'subtotal', 'salary', 'wage', 'revenue', 'income', 'expense'],
  ...['payment', 'payout', 'deposit', 'refund', 'earning', 'debt', 'fiat', 'cent', 'usd', 'eur', 'budget', 'profit'],
];
/** `rate` is money where it prices a time or a currency. */
const exchange = ['exchange', 'currency', 'fx', 'forex', 'conversion'];
const wages = ['hourly', 'daily', 'weekly', 'monthly', 'day', 'hour', 'billing', 'pay', 'bill'];
/** Measures of something else than money, whatever they are the measure of. */
const measures = [
  ...['score', 'ratio', 'percent', 'percentage', 'pct', 'percentile', 'factor', 'multiplier', 'coefficient', 'weight'],
  ...['confidence', 'probability', 'threshold', 'count', 'quantity', 'qty', 'index', 'rank', 'level', 'impact', 'share'],
  ...['volatility', 'elasticity', 'sensitivity', 'similarity', 'lat', 'lng', 'lon', 'latitude', 'longitude', 'width'],
  ...['height', 'duration', 'day', 'hour', 'minute', 'second', 'ms', 'time', 'token', 'leave', 'vacation', 'white', 'water'],
  ...['color', 'load', 'energy', 'risk', 'error', 'carbon', 'bp', 'bps', 'off', 'ingredient', 'nutrient', 'dose', 'dosage'],
];

export default defineRule({
  id: 'schema/money-as-float',
  level: 'critical',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'An amount of money, a price or an exchange rate is a binary floating-point number.',
    why: `A Float holds most decimal fractions only nearly: 0.1 + 0.2 is 0.30000000000000004. Sums drift, comparisons with what
was paid fail, and what is lost on the way in cannot be had back. A Decimal is exact. Money fits \`Decimal(19, 4)\`; an
exchange rate and a price per small unit need more places, for four lose more than the Float did. Prisma hands out a
Decimal as an object, so the code that reads the field changes too.`,
    bad: `model Invoice {
  id     Int   @id
  amount Float
}`,
    good: `model Invoice {
  id     Int     @id
  amount Decimal @db.Decimal(19, 4)
}`,
    guards: [
      'Scores, ratios, percentages, factors, weights, coordinates and durations, whatever they are of (`priceScore`, `costFactor`).',
      'A rate that is neither an exchange rate nor a wage (`taxRate`, `errorRate`).',
      'An amount with its unit beside it (`amount`, `unit`): that is a quantity.',
      'Integers in minor units, and every Decimal.',
    ],
  },

  subjects: ({ schema }) =>
    schema.columns.filter(field => numbers.has(field.type) && !field.model.ignored && kindOf(field) !== undefined),
  check: (field, { schema }) => {
    if (field.type !== 'Float') return undefined;
    const fine = kindOf(field) === 'rate' || isSmallUnit(field);
    const what = kindOf(field) === 'rate' ? 'an exchange rate' : 'money';
    const decimal = fine ? 'Decimal(30, 10)' : 'Decimal(19, 4)';
    // SQLite and MongoDB know no precision.
    const native = schema.provider === 'sqlite' || schema.provider === 'mongodb' ? '' : ` @db.${decimal}`;
    return {
      span: field.span,
      message: `\`${field.path}\` keeps ${what} in a Float, which holds most decimal fractions only nearly, so sums and comparisons come out wrong.`,
      ...(schema.provider !== 'mongodb' && {
        fix: {
          title: `Make it a \`${decimal}\``,
          safety: 'unsafe' as const,
          edits: replaceType(field, 'Decimal', native),
        },
      }),
    };
  },
});

const numbers: ReadonlySet<string> = new Set(['Float', 'Decimal']);

function kindOf(field: Field): 'money' | 'rate' | undefined {
  const [before = [], unit] = splitAtPer(words(field.name));
  const model = words(field.model.name);
  if (before.at(-1) === 'rate') {
    if (mentions(before, exchange) || (before.length === 1 && isExchange(field))) return 'rate';
    return mentions(before, wages) ? 'money' : undefined;
  }
  if (mentions(before, measures) || mentions(model, ['ingredient', 'recipe', 'nutrition', 'dose', 'dosage'])) return undefined;
  if (mentions(before, money)) return unit === undefined && hasUnit(field) ? undefined : 'money';
  return before.length === 1 && before[0] === 'value' && mentions(model.slice(-1), ['balance', 'price']) ? 'money' : undefined;
}
