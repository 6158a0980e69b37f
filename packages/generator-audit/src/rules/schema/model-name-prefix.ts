import { defineRule } from '@migrate-lint/core';
import * as z from 'zod';
import { judgedModels } from '../judged.ts';

export default defineRule({
  id: 'schema/model-name-prefix',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    prefix: z.string().default('').describe('What the name of every model starts with; empty: anything.'),
  }),
  docs: {
    summary: 'The name of a model lacks the prefix of the project.',
    why: `Where the application has a type \`User\` of its own, made of several tables, a prefix keeps the types of the database apart
(\`DbUser\`), and an import of the wrong one does not compile. It says nothing until the option \`prefix\` is given.`,
    options: { prefix: 'Db' },
    bad: `model User {
  id Int @id
}`,
    good: `model DbUser {
  id Int @id

  @@map("user")
}`,
    guards: ['Every model as long as no prefix is given.', 'Ignored models.'],
  },

  subjects: ({ schema }, { prefix }) => (prefix === '' ? [] : judgedModels(schema)),
  check: ({ name, path, nameSpan }, _facts, { prefix }) =>
    name.startsWith(prefix)
      ? undefined
      : { span: nameSpan, message: `The name of the model \`${path}\` does not start with \`${prefix}\`.` },
});
