import { defineRule } from '@migrate-lint/core';
import * as z from 'zod';
import { fitting, inStyle, isIn, pattern, patterns, styleNames, styles, withoutPrefix, type Style } from '../naming.ts';

export default defineRule({
  id: 'schema/enum-value-case',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    style: z
      .enum(['most', 'snake', 'camel', 'pascal'])
      .default('most')
      .describe('How the values are written; `most`: as most values of the same enum.'),
    case: z.enum(['lower', 'upper']).default('lower').describe('The letters of the style `snake`.'),
    compoundWords: z.array(z.string()).default([]).describe('What is one word, however it is written (`GraphQL`).'),
    allowList: z
      .array(pattern)
      .default([])
      .describe('Values, or regular expressions as `"/^Old/"`, that are right as they are.'),
    trimPrefix: patterns.default([]).describe('Prefixes that are not looked at.'),
  }),
  docs: {
    summary: 'A value of an enum is not in the style of the project.',
    why: `Values are compared, sent over APIs and written in SQL by hand. Where \`ACTIVE\` and \`in_review\` stand side by side, somebody
writes the wrong one, and a text from outside that nearly fits is refused. A value keeps its name in the database with \`@map\`.`,
    bad: `enum Status {
  ACTIVE
  CLOSED
  inReview
}`,
    good: `enum Status {
  ACTIVE
  CLOSED
  IN_REVIEW @map("inReview")
}`,
    guards: [
      'Values of `allowList`.',
      'Digits, with or without an underscore before them (`VALUE1`, `VALUE_1`).',
      'In `camel` and `pascal`, several capitals in a row that are a compound word of the options.',
    ],
  },

  subjects: ({ schema }) => schema.enums.flatMap(({ values }) => values.map(value => ({ ...value, values }))),
  check: (
    { name, path, span, values },
    _facts,
    { style: given, case: letters, compoundWords, allowList, trimPrefix },
  ) => {
    const others = values.filter(value => fitting(value.name, allowList) === undefined);
    const bareOf = (value: string): string => withoutPrefix(value, trimPrefix);
    const style = given === 'most' ? styleOfMost(others.map(value => bareOf(value.name))) : styleOf(given, letters);
    if (style === undefined || others.every(value => value.name !== name)) return undefined;
    const bare = bareOf(name);
    const isStrict = given === 'camel' || given === 'pascal';
    if (isIn(style, bare) && !(isStrict && hasAcronym(bare, compoundWords))) return undefined;
    const better = name.slice(0, name.length - bare.length) + inStyle(style, bare, compoundWords);
    return {
      span,
      message: `The value \`${path}\` is not in ${styleNames[style]}${given === 'most' ? ' as most of its enum' : ''}, in which it would be \`${better}\`.`,
    };
  },
});

function styleOf(style: 'snake' | 'camel' | 'pascal', letters: 'lower' | 'upper'): Style {
  return style === 'snake' && letters === 'upper' ? 'upper snake' : style;
}

/** The style of more than half of the names, two at least; undefined where all fit one, or none is of most. */
function styleOfMost(names: readonly string[]): Style | undefined {
  const counts = styles.map(style => ({ style, fit: names.filter(name => isIn(style, name)).length }));
  const most = counts.reduce((best, each) => (each.fit >= best.fit ? each : best));
  return most.fit === names.length || most.fit < 2 || most.fit <= names.length / 2 ? undefined : most.style;
}

function hasAcronym(name: string, compoundWords: readonly string[]): boolean {
  return /[A-Z]{2}/.test(compoundWords.reduce((rest, word) => rest.replaceAll(word, 'x'), name));
}
