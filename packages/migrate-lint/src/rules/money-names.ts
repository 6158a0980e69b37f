import { mentions, phrases, words, type Column } from '@migrate-lint/core';

const money = phrases(
  'price, cost, fee, subtotal, salary, wage, revenue, income, expense, payment, payout, deposit, refund',
  'earning, debt, profit, fiat, cent, usd, eur, gbp',
);
/** Money too, unless the rest of the name or a unit beside it says what else there is an amount of. */
const quantities = phrases('amount, balance, budget');
const otherQuantities = phrases(
  'time, day, hour, minute, second, token, point, error, risk, energy, carbon, latency, leave, vacation',
  'white, color, work, life, water, memory, load, fuel, calorie, gas',
);
/** Measures of something else than money, whatever they are the measure of. */
const measures = phrases(
  'score, ratio, percent, percentage, pct, percentile, factor, multiplier, coefficient, weight, confidence',
  'probability, threshold, count, quantity, qty, index, rank, level, impact, bps, volatility, elasticity',
  'sensitivity, similarity, lat, lng, lon, latitude, longitude, width, height, duration, position, distance',
  'center, rating, ms, avg, average, mean, median',
);
const currencies = phrases('exchange, currency, fx, forex');
const wages = phrases('hourly, daily, weekly, monthly, day, hour, billing, pay, bill');
const smallUnits = phrases('per, unit, market, spot, token, coin, crypto, cent');
const substances = phrases('ingredient, recipe, nutrition, nutrient, food, dose, dosage, medication, material');

/** What a column keeps by its name and those beside it: an amount of money, an exchange rate, or neither. */
export function moneyKind({ name, table }: Column): 'money' | 'rate' | undefined {
  const parts = words(name);
  const per = parts.indexOf('per');
  const head = per > 0 ? parts.slice(0, per) : parts;
  const owner = words(table.name);
  if (head.at(-1) === 'rate') {
    const between = table.columns.filter(column => mentions(column.name, ['currency'])).length > 1;
    if (mentions(head, currencies) || (head.length === 1 && (between || mentions(owner, currencies)))) return 'rate';
    return mentions(head, wages) ? 'money' : undefined;
  }
  if (mentions(head, measures)) return undefined;
  if (mentions(head, money)) return 'money';
  if (mentions(head, quantities))
    return mentions(head, otherQuantities) || mentions(owner, substances) || hasUnit(table.columns)
      ? undefined
      : 'money';
  const valued = head.length === 1 && head[0] === 'value' && mentions(owner.slice(-1), ['balance', 'price']);
  return valued ? 'money' : undefined;
}

/** Whether it is priced in fractions of the smallest coin. */
export function hasSmallUnit({ name, table }: Column): boolean {
  return mentions(name, smallUnits) || mentions(table.name, ['crypto', 'coin']);
}

function hasUnit(columns: readonly Column[]): boolean {
  return columns.some(({ name }) => mentions(name, ['unit', 'uom', 'unit of measure']) && !mentions(name, money));
}
