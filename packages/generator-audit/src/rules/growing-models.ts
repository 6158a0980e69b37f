import { mentions, phrases, words } from '@migrate-lint/core';

/** One row for each thing that happens or is said. */
const growing = phrases(
  'log, message, notification, view, pageview, click, visit, hit, impression, reaction, like, vote, metric, measurement',
  'reading, sample, tick, candle, span, heartbeat, ping, transaction, outbox, telemetry, embedding, chunk',
);
/** Of these it needs a word before: an `Event` may be a party, a `Request` a form, and a `PageEvent` is neither. */
const growingParts = phrases(
  'event, entry, audit, activity, history, trace, request, call, execution, delivery, snapshot, movement, posting, queue',
  'job, answer, response, position, usage, attempt, price, comment, statistic',
);
/**
 * Whether a model gets a row for each thing that happens, by its last word: an `EventType` and a `MessageTemplate` are made
 * by hand.
 */
export function growsByTheEvent(name: string): boolean {
  const parts = words(name).filter(part => !/^v?\d*$/.test(part));
  return mentions(parts.slice(-1), growing) || (parts.length > 1 && mentions(parts.slice(-1), growingParts));
}
