import { defineRule } from '@migrate-lint/core';
import { scalars } from '../judged.ts';

export default defineRule({
  id: 'schema/time-with-zone',
  level: 'low',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'A time of day is stored with an offset from UTC.',
    why: `\`timetz\` keeps a time and an offset, and no date. Which offset a place has depends on the date, so half of the year the
stored one is wrong. A value that is written without an offset takes the one of the session. Two values that mean the same moment are not
equal: \`10:00+02\` and \`08:00+00\` are different, and sort one before the other. It takes 12 bytes where \`time\` takes 8.
A time on the wall is a \`time\`, with the name of the zone beside it; a moment is a \`timestamptz\`.`,
    bad: `model Shop {
  id    Int      @id
  opens DateTime @db.Timetz(0)
}`,
    good: `model Shop {
  id       Int      @id
  opens    DateTime @db.Time(0)
  timeZone String
}`,
    guards: ['`@db.Time`, `@db.Timestamptz` and `@db.Date`.', 'Databases other than Postgres.'],
  },

  subjects: ({ schema }) =>
    schema.provider === 'postgresql'
      ? scalars(schema, 'DateTime').filter(({ nativeType }) => /^Timetz$|^Time$/.test(nativeType?.name ?? ''))
      : [],
  check: ({ nativeType, path, span }) => {
    if (nativeType?.name !== 'Timetz') return undefined;
    const type = ['@db.Time', ...nativeType.args.map(precision => `(${precision})`)].join('');
    return {
      span,
      message: `\`${path}\` keeps an offset from UTC without a date, which is wrong for the part of the year in which the clocks are set otherwise.`,
      fix: {
        title: `Make it \`${type}\``,
        // The offsets that are stored are lost.
        safety: 'unsafe',
        edits: [{ ...nativeType.span, text: type }],
      },
    };
  },
});
