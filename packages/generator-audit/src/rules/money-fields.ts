import { mentions, phrases, words, type Field } from '@migrate-lint/core';

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
  'center, rating, ms, multiple, median, mean, deviation, stddev, variance',
);
/** What happened to a price, and a copy that says it is one: what it is a copy of is exact. */
const derived = phrases('ath, atl, change, delta, num');
/** Quotes and meters: nobody is paid by them. */
const figures = phrases('market, spot, quote, share, token, coin, fx, usage, estimated, metered, compute');
const figureModels = phrases(
  'market, quote, snapshot, dynamic data, cache, cached, stat, statistic, metric, token, coin, pool, usage, evaluation',
);
const tinyUnits = phrases('ms, millisecond, second, byte, request, call, character, word');
/** What something costs is paid by these, and metered elsewhere. */
const sales = phrases(
  'invoice, bill, order, cart, product, item, purchase, booking, expense, transaction, payment, shipment, repair, service',
  'line, contract, quotation, estimate, budget, project, treatment, procedure, ticket, trip, job, material, part',
);
/** Averages there are figures of a report; in a portfolio they are what was paid. */
const statistics = phrases('stat, statistic, metric, analytic, aggregate, report, summary, trend');
const currencies = phrases('exchange, currency, fx, forex');
const wages = phrases('hourly, daily, weekly, monthly, day, hour, billing, pay, bill');
/** What is priced in fractions of the smallest coin. */
const smallUnits = phrases('per, unit, market, spot, token, coin, crypto, cent');
const substances = phrases('ingredient, recipe, nutrition, nutrient, food, dose, dosage, medication, material');

/** What a field keeps by its name and those beside it: an amount of money, an exchange rate, or neither. */
export function kindOf(field: Field): 'money' | 'rate' | undefined {
  const name = words(field.name);
  const per = name.indexOf('per');
  const head = per > 0 ? name.slice(0, per) : name;
  const model = words(field.model.name);
  if (head.at(-1) === 'rate') {
    if (mentions(head, currencies) || (head.length === 1 && isBetweenCurrencies(field))) return 'rate';
    return mentions(head, wages) ? 'money' : undefined;
  }
  if (mentions(head, measures) || mentions(head, derived)) return undefined;
  if (mentions(head, ['avg', 'average']) && mentions(model, statistics)) return undefined;
  if (mentions(head, money)) return 'money';
  if (mentions(head, quantities)) {
    return mentions(head, otherQuantities) || mentions(model, substances) || hasUnit(field) ? undefined : 'money';
  }
  return head.length === 1 && head[0] === 'value' && mentions(model.slice(-1), ['balance', 'price'])
    ? 'money'
    : undefined;
}

/** Whether it is a figure that is shown and not settled: a quote, a meter, a rate for a tiny unit, a sum over a day. */
export function isFigure({ name, model }: Field): boolean {
  if (mentions(name, figures) || mentions(model.name, figureModels) || /\d[hd](?![a-z])/.test(name)) return true;
  const parts = words(name);
  if (parts.includes('per')) return mentions(parts.slice(parts.indexOf('per') + 1), tinyUnits);
  return mentions(name, ['cost']) && !mentions(model.name, sales);
}

function isBetweenCurrencies({ model }: Field): boolean {
  return (
    mentions(model.name, currencies) || model.columns.filter(({ name }) => mentions(name, ['currency'])).length > 1
  );
}

function hasUnit({ model }: Field): boolean {
  return model.columns.some(({ name }) => mentions(name, ['unit', 'uom', 'unit of measure']) && !mentions(name, money));
}

/** What is priced in fractions of the smallest coin. */
export function hasSmallUnit({ name, model }: Field): boolean {
  return mentions(name, smallUnits) || mentions(model.name, ['crypto', 'coin']);
}
