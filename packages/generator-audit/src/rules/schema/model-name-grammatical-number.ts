import { defineRule } from '@migrate-lint/core';
import * as z from 'zod';
import { judgedModels } from '../judged.ts';
import { fitting, inNumber, numberOf, pattern } from '../naming.ts';

export default defineRule({
  id: 'schema/model-name-grammatical-number',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    style: z.enum(['singular', 'plural']).default('singular').describe('The number in which models are named.'),
    allowList: z
      .array(pattern)
      .default([])
      .describe('Names, or regular expressions as `"/Data$/"`, that are right as they are.'),
  }),
  docs: {
    summary: 'The name of a model is in the other grammatical number than the project wants.',
    why: `A model is the type of one row, so \`const user: User\` reads right and \`const user: Users\` does not; other projects name models as
tables, in the plural. Which one is a matter of taste, both at once are not: nobody knows the name without looking.`,
    bad: `model Users {
  id Int @id
}`,
    good: `model User {
  id Int @id
}`,
    guards: [
      'Words that are both (`Data`, `Media`, `Series`) or are said in the plural (`Settings`, `Analytics`).',
      'Ignored models, and names of `allowList`.',
    ],
  },

  subjects: ({ schema }) => judgedModels(schema),
  check: ({ name, path, nameSpan }, _facts, { style, allowList }) => {
    const number = numberOf(name);
    if (number === 'either' || number === style || fitting(name, allowList) !== undefined) return undefined;
    return {
      span: nameSpan,
      message: `The model \`${path}\` is named in the ${number}, where the project says \`${inNumber(name, style)}\`.`,
    };
  },
});
