import { flatMap, mentions, phrases, words, type Column, type Table } from '@migrate-lint/core';

/** What comes first, and what comes after it where the rest of the two names is the same. */
const orders: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['start', 'starts', 'starting', 'begin', 'begins'],
    ['end', 'ends', 'ending', 'finish', 'finishes'],
  ],
  [['from'], ['to', 'until', 'till', 'through', 'thru']],
  [
    ['opens', 'opening'],
    ['closes', 'closing'],
  ],
  [
    ['arrival', 'arrives'],
    ['departure', 'departs'],
  ],
  [['checkin'], ['checkout']],
  [['pickup'], ['dropoff', 'return']],
  [['paid'], ['completed', 'refunded']],
];
/** Periods that a provider, a copy or a machine writes down, and what a query was asked for. */
const copied = phrases(
  'subscription, current period, billing cycle, usage, metric, cache, denormalized, snapshot, backup, export, filter, query',
  'execution, run, job, trace, span, observation, checkpoint, window, log',
);
/** These say no more than that it is a time. */
const fillers = ['at', 'on', 'date', 'time', 'datetime', 'timestamp', 'day', 'ts', 'utc'];

/** Two columns that are the start and the end of one period. */
export interface Period {
  readonly first: Column;
  readonly last: Column;
}

/** The periods of a table, by the names of its columns. */
export function periodsOf({ name, columns }: Table): readonly Period[] {
  if (mentions(name, copied)) return [];
  const times = columns.filter(
    column =>
      /^(?:date|timestamp)\b/.test(column.type) &&
      !column.type.endsWith('[]') &&
      column.generated === null &&
      !mentions(column.name, copied),
  );
  const pairs = flatMap(times, first =>
    times.filter(last => last.type === first.type && isAfter(first, last)).map(last => ({ first, last })),
  );
  // Of two starts or two ends nobody knows which are one period.
  return pairs.filter(
    pair => !pairs.some(other => other !== pair && (other.first === pair.first || other.last === pair.last)),
  );
}

function isAfter(first: Column, last: Column): boolean {
  const [before, after] = [meaning(first), meaning(last)];
  return orders.some(([starts, ends], order) =>
    before.some((word, at) => {
      // `sent_from` is a time, `from_sent_at` is somebody who sent.
      if (order === 1 && at !== before.length - 1) return false;
      return starts.includes(word) && ends.includes(after[at] ?? '') && rest(before, at) === rest(after, at);
    }),
  );
}

function meaning({ name }: Column): readonly string[] {
  const parts = words(
    name
      .replace(/check_?in/i, 'checkin')
      .replace(/check_?out/i, 'checkout')
      .replace(/pick_?up/i, 'pickup')
      .replace(/drop_?off/i, 'dropoff'),
  );
  return parts.filter(word => !fillers.includes(word));
}

function rest(parts: readonly string[], at: number): string {
  return parts.filter((_, index) => index !== at).join(' ');
}
