import { defineRule, flatMap, remembered, words, type Model } from '@migrate-lint/core';
import { typeOf } from '../native-types.ts';
import { groupsBy, holds, usualTypes } from '../usual-types.ts';

export default defineRule({
  id: 'schema/inconsistent-type',
  level: 'low',
  category: 'conventions',
  needs: ['schema'],
  docs: {
    summary: 'A column has another type or precision than most columns of the same name.',
    why: `What goes from one table to the other is rounded, refused or has to be converted, and a join on the two needs a cast and finds no
index. Mostly it is an oversight. The rule counts, and speaks of the few.`,
    bad: `model Order {
  id     Int     @id
  amount Decimal @db.Decimal(19, 4)
}

model Refund {
  id     Int     @id
  amount Decimal @db.Decimal(10, 2)
}`,
    good: `model Order {
  id     Int     @id
  amount Decimal @db.Decimal(19, 4)
}

model Refund {
  id     Int     @id
  amount Decimal @db.Decimal(19, 4)
}`,
    guards: [
      'A precision beside other names: `Decimal(3, 2)` holds 9.99, and so a rating of 5.00.',
      'Names of one word but `metadata`, except in the digits of a Decimal and in Decimal against Float; `value`, `rate` and their like always.',
      'As many columns of the one type as of the other, but for the smaller one of two amounts.',
      'Integers of another size, enums, lists and foreign keys.',
      'A Decimal without precision, a Float for money and a timestamp without zone, which have rules of their own.',
      'The tables of login libraries (`Account.expires_at` in seconds).',
    ],
  },

  subjects: ({ schema: { models, foreignKeys, provider } }) => {
    const keys = new Set(flatMap(foreignKeys, key => key.columns));
    const judged = flatMap(models, model => (isGiven(model) ? [] : model.columns)).filter(
      field => field.kind === 'scalar' && !field.list && field.name !== 'id' && !keys.has(field),
    );
    return flatMap(
      groupsBy(judged, ({ name }) => spaced(name)),
      fields => {
        const usuals = usualTypes(fields, provider);
        return fields.map(field => ({ path: field.path, field, usuals }));
      },
    );
  },
  check: ({ field, usuals }, { schema: { provider } }) => {
    const usual = usuals.find(({ trait, value }) => {
      const own = trait(field);
      return own !== undefined && own !== value;
    });
    if (!usual) return undefined;
    const [type, usualType] = [typeOf(field, provider), typeOf(usual.field, provider)];
    return {
      span: field.span,
      message: `\`${field.path}\` is \`${type}\`, and \`${usual.field.path}\`${usual.count > 1 ? ', like most columns of the name,' : ''} is \`${usualType}\`, so values do not pass from one to the other unchanged.`,
      related: [{ message: `Here it is \`${usualType}\`.`, span: usual.field.span }],
      fix:
        field.nativeType && holds(usual.field, field)
          ? {
              title: `Make it \`@db.${usualType}\` too`,
              // Every value fits; the table is rewritten under an ACCESS EXCLUSIVE lock.
              safety: 'unsafe',
              edits: [{ ...field.nativeType.span, text: `@db.${usualType}` }],
            }
          : undefined,
    };
  },
});

const spaced = remembered(name => words(name).join(' '));

/** Ignored models, and the tables that a login library brings with it. */
function isGiven(model: Model): boolean {
  return model.ignored || model.name.startsWith('jackson_') || model.field('providerAccountId') !== undefined;
}
