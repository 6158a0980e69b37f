import { defineRule, type Field } from '@migrate-lint/core';
import * as z from 'zod';
import { judgedModels } from '../judged.ts';

const anything = '...';

export default defineRule({
  id: 'schema/field-order',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    order: z
      .array(z.string())
      .default([])
      .describe(
        'Fields in their order, `"..."` for any others; the first comes first, the last comes last. Empty: any order.',
      ),
  }),
  docs: {
    summary: 'The fields of a model are not in the order of the project.',
    why: `Where every model starts with its keys and ends with its times, a reader finds them without reading, and a reviewer sees at
once that one is missing. A field of the list that a model lacks is passed over. It says nothing until the option \`order\` is given.`,
    options: { order: ['id', '...', 'createdAt', 'updatedAt'] },
    bad: `model User {
  id        Int      @id
  createdAt DateTime
  email     String
}`,
    good: `model User {
  id        Int      @id
  email     String
  createdAt DateTime
}`,
    guards: [
      'Every model as long as no order is given.',
      'Fields of the order that the model does not have.',
      'Ignored models.',
    ],
  },

  subjects: ({ schema }, { order }) => (order.length === 0 ? [] : judgedModels(schema)),
  check: ({ fields, path, field }, _facts, { order }) => {
    const wanted = order.filter(name => name === anything || field(name) !== undefined);
    const wrong = outOfPlace(fields, wanted);
    return wrong === undefined
      ? undefined
      : {
          span: wrong.nameSpan,
          message: `\`${wrong.name}\` is out of the order of the fields of \`${path}\`, which is ${wanted.map(name => `\`${name}\``).join(', ')}.`,
        };
  },
});

/** The first field that stands where another should. */
function outOfPlace(fields: readonly Field[], wanted: readonly string[]): Field | undefined {
  let next = 0;
  for (const field of fields) {
    if (wanted[next] === anything && field.name === wanted[next + 1]) next += 2;
    else if (wanted[next] === anything && !wanted.includes(field.name)) continue;
    else if (wanted[next] === field.name) next += 1;
    else return field;
  }
  return undefined;
}
