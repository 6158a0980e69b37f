import { defineRule, hasSmallUnit, isFigure, moneyKind, numberOfColumn, type Column } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { canRetype, retype } from '../../edits/retype.ts';
import { code } from '../places.ts';
import { ownColumns } from '../scope.ts';

export default defineRule({
  id: 'database/float-money',
  level: 'critical',
  category: 'integrity',
  needs: ['database'],
  uses: ['schema', 'comparison'],
  docs: {
    summary:
      'A column that no model has keeps an amount of money, a price or an exchange rate as a binary floating-point number.',
    why: `\`real\` and \`double precision\` hold most decimal fractions only nearly: 0.1 + 0.2 is 0.30000000000000004. Sums drift, comparisons with what
was paid fail, and what is lost on the way in cannot be had back. Money fits \`numeric(19,4)\`; an exchange rate and a price per small unit
need more places. The levels are those of \`schema/money-as-float\`, which judges the columns of models: what is paid is critical, a rate, a
quote or a metered cost is medium.`,
    bad: `CREATE TABLE "payouts" ("id" bigint PRIMARY KEY, "amount" double precision NOT NULL);`,
    good: `CREATE TABLE "payouts" ("id" bigint PRIMARY KEY, "amount" numeric(19,4) NOT NULL);`,
    guards: [
      'A column of a model: `schema/money-as-float`, and `drift/type-change` where the database has another type than the schema says.',
      'Scores, ratios, percentages, factors, weights, coordinates and durations, whatever they are of (`price_score`, `cost_factor`).',
      'A rate that is neither an exchange rate nor a wage (`tax_rate`, `error_rate`).',
      'What is derived from prices (`price_change`, `price_ath`), and averages, but for those of a portfolio.',
      'An amount with its unit beside it (`amount`, `unit`): that is a quantity.',
    ],
  },

  subjects: scope =>
    ownColumns(scope).filter(column => isFraction(column) && moneyKind(numberOfColumn(column)) !== undefined),
  check: (column, { database }) => {
    if (!/^(?:real|double precision)/.test(column.type)) return undefined;
    const number = numberOfColumn(column);
    const rate = moneyKind(number) === 'rate';
    const type = rate || hasSmallUnit(number) ? 'numeric(30,10)' : 'numeric(19,4)';
    const title = `Make it ${code(type)}`;
    return {
      span: column.span,
      level: rate || isFigure(number) ? 'medium' : undefined,
      message: `${code(column.path)} keeps ${rate ? 'an exchange rate' : 'money'} as ${code(column.type)}, which holds most decimal fractions only nearly, so sums and comparisons come out wrong.`,
      // Values are rounded, and the table is rewritten.
      fix: canRetype(column, database)
        ? sqlFix(title, 'unsafe', [retype(column, column.type.endsWith('[]') ? `${type}[]` : type)])
        : { title: `${title}, with what reads it out of the way`, safety: 'unsafe' },
    };
  },
});

function isFraction({ type }: Column): boolean {
  return /^(?:real|double precision|numeric)/.test(type);
}
