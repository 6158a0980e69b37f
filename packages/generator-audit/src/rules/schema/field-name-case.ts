import { defineRule } from '@migrate-lint/core';
import * as z from 'zod';
import { judgedFields } from '../judged.ts';
import { fitting, inStyle, isIn, pattern, patterns, styleNames, styles, withoutPrefix } from '../naming.ts';

export default defineRule({
  id: 'schema/field-name-case',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    style: z.enum(styles).default('camel').describe('How the names are written.'),
    allowList: z
      .array(pattern)
      .default([])
      .describe('Names, or regular expressions as `"/^Old/"`, that are right as they are.'),
    trimPrefix: patterns.default([]).describe('Prefixes that are not looked at.'),
  }),
  docs: {
    summary: 'The name of a field is not in the style of the project.',
    why: `Fields are properties in the code that reads and writes them, where linters and people expect one style. The column keeps its
name with \`@map\`.`,
    bad: `model User {
  id         Int    @id
  first_name String
}`,
    good: `model User {
  id        Int    @id
  firstName String @map("first_name")
}`,
    guards: [
      'Ignored models and fields, and names of `allowList`.',
      'Acronyms (`userID`).',
      'The fields of composite types.',
    ],
  },

  subjects: ({ schema }) => judgedFields(schema),
  check: ({ name, path, nameSpan }, _facts, { style, allowList, trimPrefix }) => {
    const bare = withoutPrefix(name, trimPrefix);
    if (isIn(style, bare) || fitting(name, allowList) !== undefined) return undefined;
    const better = name.slice(0, name.length - bare.length) + inStyle(style, bare);
    return {
      span: nameSpan,
      message: `The field \`${path}\` is not in ${styleNames[style]}, in which it would be \`${better}\`.`,
    };
  },
});
