import type { Column } from './facts/catalog.ts';
import type { Field } from './facts/schema.ts';
import { mentions, phrases, words } from './names.ts';

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
/** An average there is what was paid; elsewhere it is a figure of a report. */
const portfolios = phrases('position, portfolio, holding, asset, investment, lot, trade, security, wallet, stock');
const currencies = phrases('exchange, currency, fx, forex');
const wages = phrases('hourly, daily, weekly, monthly, day, hour, billing, pay, bill');
/** What is priced in fractions of the smallest coin. */
const smallUnits = phrases('per, unit, market, spot, token, coin, crypto, cent');
const currency = phrases('currency');
const averages = phrases('avg, average');
/** The `value` of one of these is money. */
const valuedThings = phrases('balance, price');
const costs = phrases('cost');
const units = phrases('unit, uom, unit of measure');
const coins = phrases('crypto, coin');
const substances = phrases('ingredient, recipe, nutrition, nutrient, food, dose, dosage, medication, material');

/** A field or a column with what stands around it. */
export interface NamedNumber {
  readonly name: string;
  /** The model or table. */
  readonly owner: string;
  /** The names of all fields or columns of it; seldom asked for. */
  siblings(): readonly string[];
}

export function numberOfField({ name, model }: Field): NamedNumber {
  return { name, owner: model.name, siblings: () => model.columns.map(column => column.name) };
}

export function numberOfColumn({ name, table }: Column): NamedNumber {
  return { name, owner: table.name, siblings: () => table.columns.map(column => column.name) };
}

/** What it keeps by its name and those beside it: an amount of money, an exchange rate, or neither. */
export function moneyKind({ name, owner, siblings }: NamedNumber): 'money' | 'rate' | undefined {
  const parts = words(name);
  const per = parts.indexOf('per');
  const head = per > 0 ? parts.slice(0, per) : parts;
  if (head.at(-1) === 'rate') {
    const between = siblings().filter(other => mentions(other, currency)).length > 1;
    if (mentions(head, currencies) || (head.length === 1 && (between || mentions(owner, currencies)))) return 'rate';
    return mentions(head, wages) ? 'money' : undefined;
  }
  if (mentions(head, measures) || mentions(head, derived)) return undefined;
  if (mentions(head, averages) && !mentions(owner, portfolios)) return undefined;
  if (mentions(head, money)) return 'money';
  if (mentions(head, quantities)) {
    return mentions(head, otherQuantities) || mentions(owner, substances) || hasUnit(siblings()) ? undefined : 'money';
  }
  const valued = head.length === 1 && head[0] === 'value' && mentions(words(owner).slice(-1), valuedThings);
  return valued ? 'money' : undefined;
}

/** Whether it is a figure that is shown and not settled: a quote, a meter, a rate for a tiny unit, a sum over a day. */
export function isFigure({ name, owner }: NamedNumber): boolean {
  if (mentions(name, figures) || mentions(owner, figureModels) || /\d[hd](?![a-z])/.test(name)) return true;
  const parts = words(name);
  if (parts.includes('per')) return mentions(parts.slice(parts.indexOf('per') + 1), tinyUnits);
  return mentions(name, costs) && !mentions(owner, sales);
}

function hasUnit(siblings: readonly string[]): boolean {
  return siblings.some(name => mentions(name, units) && !mentions(name, money));
}

/** Whether it is priced in fractions of the smallest coin. */
export function hasSmallUnit({ name, owner }: NamedNumber): boolean {
  return mentions(name, smallUnits) || mentions(owner, coins);
}
