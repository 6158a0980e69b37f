import { defineRule, words } from '@migrate-lint/core';
import * as z from 'zod';
import { judgedFields } from '../judged.ts';
import { fitting, inNumber, numberOf, pattern } from '../naming.ts';

export default defineRule({
  id: 'schema/field-name-grammatical-number',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    ifList: z.enum(['singular', 'plural']).default('plural').describe('The number in which lists are named.'),
    ifListAllow: z
      .array(pattern)
      .default([])
      .describe('Names, or regular expressions as `"/Data$/"`, that are right as they are.'),
  }),
  docs: {
    summary: 'The name of a list is in the other grammatical number than the project wants.',
    why: `\`user.emails\` tells that there are several, \`user.email\` that there is one, and a reader does not look at the type. It holds for
lists of values and for the many side of relations.`,
    bad: `model User {
  id    Int      @id
  email String[]
}`,
    good: `model User {
  id     Int      @id
  emails String[]
}`,
    guards: [
      'Fields that are no lists.',
      'A name with a plural in its middle (`invitesSent`).',
      'Words that are both (`data`, `media`, `series`).',
      'Ignored models and fields, and names of `ifListAllow`.',
    ],
  },

  subjects: ({ schema }) => judgedFields(schema).filter(({ list }) => list),
  check: ({ name, path, nameSpan }, _facts, { ifList, ifListAllow }) => {
    const number = numberOf(name);
    if (number === 'either' || number === ifList || fitting(name, ifListAllow) !== undefined) return undefined;
    // The head of the name may come first: `invitesSent`, `tagsOnPost`.
    if (ifList === 'plural' && words(name).some(word => numberOf(word) === 'plural')) return undefined;
    return {
      span: nameSpan,
      message: `The list \`${path}\` is named in the ${number}, where the project says \`${inNumber(name, ifList)}\`.`,
    };
  },
});
