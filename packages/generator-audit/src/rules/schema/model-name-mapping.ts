import { defineRule, plural, singular, words } from '@migrate-lint/core';
import * as z from 'zod';
import { census } from '../census.ts';
import { judgedModels } from '../judged.ts';
import { inStyle, numberOf, patterns, withoutPrefix } from '../naming.ts';

export default defineRule({
  id: 'schema/model-name-mapping',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    requireMapping: z
      .boolean()
      .default(false)
      .describe('Also report names with capitals that are not mapped, in a schema in which most are not.'),
    compoundWords: z.array(z.string()).default([]).describe('What is one word, however it is written (`GraphQL`).'),
    pluralize: z
      .union([z.boolean(), z.literal('either')])
      .default('either')
      .describe('Whether tables are named in the plural; `"either"` takes both.'),
    irregularPlurals: z
      .record(z.string(), z.string())
      .default({})
      .describe('Plurals by their singular, where English has another rule.'),
    trimPrefix: patterns.default([]).describe('What the names of models have before the name of the table.'),
  }),
  docs: {
    summary: 'The table of a model is not the name of the model in snake_case.',
    why: `A table that is mapped to something else than its model's name has to be looked up each time. SQL folds what is not quoted
to lower case, so a table with capitals has to be quoted in every query by hand; where nearly all tables are mapped,
\`schema/unmapped-name\` tells of the others, and with \`requireMapping\` this rule does so everywhere else.`,
    bad: `model AccessRight {
  id Int @id

  @@map("permissions")
}`,
    good: `model AccessRight {
  id Int @id

  @@map("access_rights")
}`,
    guards: [
      'Ignored models and views.',
      'A table without a mapping, as long as `requireMapping` does not ask for one, and where `schema/unmapped-name` speaks of it.',
      'The singular and the plural, as long as `pluralize` does not say which.',
    ],
  },

  subjects: ({ schema }) => judgedModels(schema),
  check: (model, { schema }, { requireMapping, compoundWords, pluralize, irregularPlurals, trimPrefix }) => {
    const { name, dbName, path, nameSpan } = model;
    if (dbName === name && (!requireMapping || census(schema).tables.isWanted)) return undefined;
    const snake = inStyle('snake', withoutPrefix(name, trimPrefix), compoundWords);
    const last = words(snake).at(-1) ?? '';
    const end = irregularPlurals[last] ?? (numberOf(last) === 'either' ? last : plural(singular(last)));
    const many = snake.slice(0, snake.length - last.length) + end;
    const wanted = [...new Set(pluralize === true ? [many] : pluralize ? [snake, many] : [snake])];
    if (wanted.map(bare).includes(bare(dbName))) return undefined;
    return {
      span: nameSpan,
      message: `The table of \`${path}\` is \`${dbName}\`, and its name in snake_case is ${wanted.map(each => `\`${each}\``).join(' or ')}.`,
    };
  },
});

/** Whether a digit is a word of its own is nobody's concern. */
function bare(name: string): string {
  return name.replace(/_(?=\d)/g, '');
}
