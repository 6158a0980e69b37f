import { defineRule, type Field } from '@migrate-lint/core';
import { makeOptional } from '../../edits/optional.ts';

export default defineRule({
  id: 'schema/required-ignored-field',
  level: 'high',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'A required field without a default is hidden from Prisma Client by `@ignore`.',
    why: `Prisma Client still offers \`create\`, \`createMany\` and \`upsert\` for the model, but there is no way to say the value of a
field that it does not know. Everything compiles, and every insert fails on the database with a NOT NULL violation. A field
that is ignored has to be optional, or to get its value from a default of the database.`,
    bad: `model User {
  id         Int    @id
  legacyCode String @ignore
}`,
    good: `model User {
  id         Int     @id
  legacyCode String? @ignore
}`,
    guards: [
      'A field with a `@default` or `@updatedAt`, and a list, which may be NULL in the database.',
      'A model that is ignored as a whole: Prisma Client does not offer it.',
      'A comment that says who else fills the column (a trigger, a generated column).',
    ],
  },

  subjects: ({ schema }) =>
    schema.columns.filter(({ ignored, model }) => ignored && !model.ignored && !/@view\b/.test(model.documentation)),
  check: field => {
    if (!field.required || field.default || field.updatedAt || isFilledElsewhere(field)) return undefined;
    const isKey = field.model.primaryKey?.columns.some(column => column.field === field) ?? false;
    return {
      span: field.span,
      message: `\`${field.path}\` is required and has no default, but \`@ignore\` hides it from Prisma Client, so every insert into \`${field.model.name}\` fails.`,
      fix: !isKey
        ? {
            title: `Make \`${field.path}\` optional`,
            // Whoever else writes to the table may leave the column out from then on.
            safety: 'unsafe',
            edits: makeOptional(field),
          }
        : undefined,
    };
  },
});

function isFilledElsewhere({ documentation, comment }: Field): boolean {
  return /\b(?:triggers?|generated|computed|(?:filled|set|written|maintained|populated) by)\b/i.test(
    `${documentation}\n${comment}`,
  );
}
