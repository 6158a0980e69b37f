import { defineRule, rememberedFor, type Field, type Schema } from '@migrate-lint/core';
import { addFieldAttribute } from '../../edits.ts';
import { scalars } from '../judged.ts';

/** What Prisma makes of a bare Decimal. */
const implied: Readonly<Record<string, string>> = {
  postgresql: '`numeric(65, 30)`',
  cockroachdb: '`decimal(65, 30)`',
  mysql: '`decimal(65, 30)`',
  sqlserver: '`decimal(32, 16)`',
};

export default defineRule({
  id: 'schema/decimal-without-precision',
  level: 'low',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'A Decimal does not say how many digits it has.',
    why: `Prisma makes \`numeric(65, 30)\` of it. Nothing is rounded to what people see and pay: a third of 10 is stored with 30 decimals, and
the sum of such rows is not the sum of what was shown. A value that is too large by a factor of a million fits as well. In SQL 12.34
reads as 12.340000000000000000000000000000. A bare \`@db.Decimal\` takes any number of digits.`,
    bad: `model Invoice {
  id    Int     @id
  total Decimal
}`,
    good: `model Invoice {
  id    Int     @id
  total Decimal @db.Decimal(19, 4)
}`,
    guards: ['`@db.Money`, which has a rule of its own.', 'SQLite and MongoDB, which keep no precision.'],
  },

  subjects: ({ schema }) => (implied[schema.provider] === undefined ? [] : scalars(schema, 'Decimal')),
  check: (field, { schema }) => {
    const { nativeType, path, span } = field;
    if (nativeType && (nativeType.name !== 'Decimal' || nativeType.args.length > 0)) return undefined;
    const what = nativeType ? 'a number of any length' : (implied[schema.provider] ?? '');
    const type = typeElsewhere(field, schema);
    return {
      span,
      message: `\`${path}\` is ${what}, so nothing rounds it to the digits that it should have.`,
      fix:
        type !== undefined
          ? {
              title: `Make it \`${type}\`, as the column of the same name is elsewhere`,
              // What has more digits is rounded or refused.
              safety: 'unsafe',
              edits: nativeType ? [{ ...nativeType.span, text: type }] : addFieldAttribute(field, type),
            }
          : undefined,
    };
  },
});

/** The precision on which all other columns of the name agree. */
function typeElsewhere({ name }: Field, schema: Schema): string | undefined {
  const [type, ...more] = precisionsOf(schema).get(name) ?? [];
  return more.length === 0 ? type : undefined;
}

/** The precisions that the columns of each name say. */
const precisionsOf = rememberedFor(({ columns }: Schema): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const { name, nativeType } of columns) {
    if (nativeType?.name !== 'Decimal' || nativeType.args.length === 0) continue;
    found.set(name, (found.get(name) ?? new Set()).add(`@db.Decimal(${nativeType.args.join(', ')})`));
  }
  return found;
});
