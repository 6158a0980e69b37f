import { defineRule, nameKey, rememberedFor, type Enum, type Schema } from '@migrate-lint/core';

export default defineRule({
  id: 'schema/unused-enum',
  level: 'low',
  category: 'conventions',
  needs: ['schema'],
  docs: {
    summary: 'No column has the type of an enum.',
    why: `The database has a type that nothing is of, and Prisma Client exports it, so the code may go on with values that nothing
stores. Often the column that it was made for is still a text, or was dropped and the enum forgotten. It is low, because an
unused type costs nothing but the attention of the next reader.`,
    bad: `enum Status {
  open
  closed
}

model Ticket {
  id     Int    @id
  status String
}`,
    good: `enum Status {
  open
  closed
}

model Ticket {
  id     Int    @id
  status Status
}`,
    guards: [
      'An enum of a field of a view, or of a model or field that is ignored.',
      'A documentation comment that says what else it is for (`used by`, `for the API`, `in SQL`, `in code`).',
      'MongoDB, where a composite type may use it.',
    ],
  },

  subjects: ({ schema }) => (schema.provider === 'mongodb' ? [] : schema.enums),
  check: (type, { schema }) => {
    if (
      isUsed(type, schema) ||
      /\b(?:used (?:by|in|for)|for the|in (?:sql|code)|only in|exported)\b/i.test(type.documentation)
    )
      return undefined;
    const text = schema.columns.find(
      ({ name, model, kind, type: own }) =>
        kind === 'scalar' &&
        own === 'String' &&
        [nameKey(name), nameKey(`${model.name}_${name}`)].includes(nameKey(type.name)),
    );
    return {
      span: type.nameSpan,
      message: text
        ? `No column has the type \`${type.name}\`, and \`${text.path}\`, which it seems to be made for, is a String.`
        : `No column has the type \`${type.name}\`, so it only seems to say which values are stored.`,
      related: text ? [{ message: 'The text.', span: text.span }] : undefined,
    };
  },
});

function isUsed({ name, dbName }: Enum, schema: Schema): boolean {
  return typesUsed(schema).has(name) || typesUsed(schema).has(dbName);
}

const typesUsed = rememberedFor(({ columns, views }: Schema): ReadonlySet<string> => {
  const all = [...columns, ...views.flatMap(view => view.columns)];
  return new Set(all.map(({ type }) => type));
});
