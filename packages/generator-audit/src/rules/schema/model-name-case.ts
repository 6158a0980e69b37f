import { defineRule } from '@migrate-lint/core';
import * as z from 'zod';
import { judgedModels } from '../judged.ts';
import { fitting, inStyle, isIn, pattern, patterns, styleNames, styles, withoutPrefix } from '../naming.ts';

export default defineRule({
  id: 'schema/model-name-case',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    style: z.enum(styles).default('pascal').describe('How the names are written.'),
    allowList: z
      .array(pattern)
      .default([])
      .describe('Names, or regular expressions as `"/^Old/"`, that are right as they are.'),
    trimPrefix: patterns.default([]).describe('Prefixes that are not looked at.'),
  }),
  docs: {
    summary: 'The name of a model is not in the style of the project.',
    why: `The name of a model is the name of a type in the client (\`prisma.user_role\`, \`Prisma.user_roleWhereInput\`), and code reads worse where
some of them are in another style than all other types. The table keeps its name with \`@@map\`.`,
    bad: `model user_role {
  id Int @id
}`,
    good: `model UserRole {
  id Int @id

  @@map("user_role")
}`,
    guards: ['Ignored models, and names of `allowList`.', 'Acronyms (`URLRecord`).'],
  },

  subjects: ({ schema }) => judgedModels(schema),
  check: ({ name, path, nameSpan }, _facts, { style, allowList, trimPrefix }) => {
    const bare = withoutPrefix(name, trimPrefix);
    if (isIn(style, bare) || fitting(name, allowList) !== undefined) return undefined;
    const better = name.slice(0, name.length - bare.length) + inStyle(style, bare);
    return {
      span: nameSpan,
      message: `The model \`${path}\` is not in ${styleNames[style]}, in which it would be \`${better}\`.`,
    };
  },
});
