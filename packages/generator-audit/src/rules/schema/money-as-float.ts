import { defineRule, hasSmallUnit, isFigure, moneyKind, numberOfField, type Field, type Fix } from '@migrate-lint/core';
import { replaceType } from '../../edits.ts';
import { scalars } from '../judged.ts';

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
Decimal as an object, so the code that reads the field changes too. What is paid is critical; exchange rates, quotes of a market
and metered costs, which are shown and not settled, are told as medium.`,
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
      'What is derived from prices (`priceChange24h`, `priceAth`), and a copy that says so (`balanceNum`).',
      'Averages, but for those of a portfolio, which are what was paid (`Position.averagePrice`); medians and deviations.',
      'A rate that is neither an exchange rate nor a wage (`taxRate`, `errorRate`).',
      'An amount with its unit beside it (`amount`, `unit`): that is a quantity.',
      'Integers in minor units, and every Decimal.',
    ],
  },

  subjects: ({ schema }) =>
    [...scalars(schema, 'Float'), ...scalars(schema, 'Decimal')].filter(
      field => moneyKind(numberOfField(field)) !== undefined,
    ),
  check: (field, { schema }) => {
    if (field.type !== 'Float') return undefined;
    const number = numberOfField(field);
    const rate = moneyKind(number) === 'rate';
    const figure = rate || isFigure(number);
    const decimal = rate || hasSmallUnit(number) ? 'Decimal(30, 10)' : 'Decimal(19, 4)';
    return {
      span: field.span,
      level: figure ? 'medium' : undefined,
      message: `\`${field.path}\` keeps ${rate ? 'an exchange rate' : 'money'} in a Float, which holds most decimal fractions only nearly, so sums and comparisons come out wrong.`,
      // MongoDB has no Decimal in Prisma.
      fix: schema.provider !== 'mongodb' ? toDecimal(field, decimal, schema.provider === 'sqlite') : undefined,
    };
  },
});

function toDecimal(field: Field, decimal: string, bare: boolean): Fix {
  return {
    title: bare ? 'Make it a `Decimal`' : `Make it a \`Decimal @db.${decimal}\``,
    // The client hands out another type, and the table is rewritten.
    safety: 'unsafe',
    edits: replaceType(field, 'Decimal', bare ? undefined : `@db.${decimal}`),
  };
}
