import { defineRule } from '@migrate-lint/core';
import { scalars } from '../judged.ts';

export default defineRule({
  id: 'schema/money-type',
  level: 'medium',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'An amount is of the database type `money`.',
    why: `What a \`money\` means depends on the server's \`lc_monetary\`: it keeps an integer of the smallest coin of that locale, and no
currency, so the same stored value reads as another amount where the locale has another number of decimals. It rounds what does
not fit without a word (19.999 becomes 20.00), and a division cuts off (\`$20.00 / 3\` is \`$6.66\`). The level is medium, because
nothing goes wrong as long as there is one currency, one locale and no arithmetic in SQL.`,
    bad: `model Invoice {
  id    Int     @id
  total Decimal @db.Money
}`,
    good: `model Invoice {
  id       Int     @id
  total    Decimal @db.Decimal(19, 4)
  currency String
}`,
    guards: ['Every `@db.Decimal`.', 'Databases other than Postgres.'],
  },

  subjects: ({ schema }) => (schema.provider === 'postgresql' ? scalars(schema, 'Decimal') : []),
  check: ({ nativeType, path, span }) => {
    if (nativeType?.name !== 'Money') return undefined;
    return {
      span,
      message: `\`${path}\` is a \`money\`, which rounds to the decimals of the server's locale and reads as another amount under another one.`,
      fix: {
        title: 'Make it a `Decimal @db.Decimal(19, 4)`',
        // The table is rewritten, and SQL that reads the column as text finds no currency sign any more.
        safety: 'unsafe',
        edits: [{ ...nativeType.span, text: '@db.Decimal(19, 4)' }],
      },
    };
  },
});
