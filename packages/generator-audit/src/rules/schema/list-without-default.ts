import { defineRule } from '@migrate-lint/core';
import { addFieldAttribute } from '../../edits.ts';
import { judgedColumns } from '../judged.ts';

export default defineRule({
  id: 'schema/list-without-default',
  level: 'low',
  category: 'integrity',
  optIn: true,
  needs: ['schema'],
  docs: {
    summary: 'A list has no default, so it may be NULL in the database.',
    why: `Prisma Client shows a list that is NULL as an empty one, but the filters run in the database: \`isEmpty: true\`, \`equals: []\`
and \`NOT: { has: … }\` do not find a row whose list is NULL, and \`array_length\` in SQL gives NULL. Such rows come from inserts
that say nothing of the list. With \`@default([])\` they hold an empty list.`,
    bad: `model Post {
  id   Int      @id
  tags String[]
}`,
    good: `model Post {
  id   Int      @id
  tags String[] @default([])
}`,
    guards: [
      'MongoDB, to which a missing list is an empty one; other databases have no lists but Postgres and CockroachDB.',
    ],
  },

  subjects: ({ schema }) => {
    if (schema.provider !== 'postgresql' && schema.provider !== 'cockroachdb') return [];
    return judgedColumns(schema).filter(({ list, kind }) => list && kind !== 'unsupported');
  },
  check: field => {
    if (field.default) return undefined;
    return {
      span: field.span,
      message: `\`${field.path}\` is NULL in rows that were inserted without it, and a filter for empty lists does not find those.`,
      fix: { title: 'Add `@default([])`', safety: 'safe', edits: addFieldAttribute(field, '@default([])') },
    };
  },
});
