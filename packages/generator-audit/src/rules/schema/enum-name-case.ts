import { defineRule } from '@migrate-lint/core';
import * as z from 'zod';
import { fitting, inStyle, isIn, pattern, patterns, styleNames, styles, withoutPrefix } from '../naming.ts';

export default defineRule({
  id: 'schema/enum-name-case',
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
    summary: 'The name of an enum is not in the style of the project.',
    why: `The name of an enum is the name of a type in the client, and code reads worse where some types are in another style. The type
in the database keeps its name with \`@@map\`.`,
    bad: `enum user_role {
  ADMIN
  MEMBER
}`,
    good: `enum UserRole {
  ADMIN
  MEMBER

  @@map("user_role")
}`,
    guards: ['Names of `allowList`.', 'Acronyms (`URLKind`).'],
  },

  subjects: ({ schema }) => schema.enums,
  check: ({ name, path, nameSpan }, _facts, { style, allowList, trimPrefix }) => {
    const bare = withoutPrefix(name, trimPrefix);
    if (isIn(style, bare) || fitting(name, allowList) !== undefined) return undefined;
    const better = name.slice(0, name.length - bare.length) + inStyle(style, bare);
    return {
      span: nameSpan,
      message: `The enum \`${path}\` is not in ${styleNames[style]}, in which it would be \`${better}\`.`,
    };
  },
});
