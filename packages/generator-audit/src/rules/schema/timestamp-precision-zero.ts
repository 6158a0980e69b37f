import { defineRule, mentions, phrases, type Field } from '@migrate-lint/core';
import { scalars } from '../judged.ts';

/** Times that somebody sets, in whole minutes; when something happened is never one. */
const chosen = phrases(
  'start, end, begin, finish, open, close, due, deadline, scheduled, schedule, planned, from, to, until, valid, expire',
  'expiry, expiration, appointment, departure, arrival, birth, dob',
);

export default defineRule({
  id: 'schema/timestamp-precision-zero',
  level: 'low',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'A timestamp keeps no fractions of a second.',
    why: `With a precision of 0 Postgres does not cut the fraction off, it rounds: 23:59:59.6 is stored as midnight of the next
day. A row can be stamped half a second into the future, a filter up to now misses it, and rows of the same second have
no order. \`timestamptz(0)\` takes the same 8 bytes as \`timestamptz(3)\`, and going from one to the other rewrites nothing.`,
    bad: `model Payment {
  id     Int      @id
  paidAt DateTime @db.Timestamptz(0)
}`,
    good: `model Payment {
  id     Int      @id
  paidAt DateTime @db.Timestamptz(3)
}`,
    guards: [
      'Times that somebody sets in whole minutes (`startsAt`, `dueAt`, `validUntil`), unless they are `now()` or `@updatedAt`.',
      '`@db.Time(0)` and `@db.Date`.',
      'Databases other than Postgres.',
    ],
  },

  subjects: ({ schema }) =>
    schema.provider === 'postgresql'
      ? scalars(schema, 'DateTime').filter(({ nativeType }) => nativeType?.name.startsWith('Timestamp'))
      : [],
  check: field => {
    const { nativeType, path, span } = field;
    if (nativeType?.args[0] !== '0' || isChosen(field)) return undefined;
    const type = `@db.${nativeType.name}(3)`;
    return {
      span,
      message: `\`${path}\` is rounded to whole seconds, so it may lie in the future, and rows of the same second have no order.`,
      // Measured on Postgres 15: no rewrite, and every stored value stays as it is.
      fix: { title: `Make it \`${type}\``, safety: 'safe', edits: [{ ...nativeType.span, text: type }] },
    };
  },
});

function isChosen({ name, updatedAt, default: value }: Field): boolean {
  return mentions(name, chosen) && !updatedAt && !(value?.kind === 'function' && value.name === 'now');
}
