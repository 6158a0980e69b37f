import { defineRule } from '@migrate-lint/core';
import * as z from 'zod';
import { judgedIndexes } from '../judged.ts';

export default defineRule({
  id: 'schema/wide-index',
  level: 'low',
  category: 'performance',
  needs: ['schema'],
  options: z.object({
    columns: z.number().int().min(1).default(5).describe('How many columns an index may have.'),
  }),
  docs: {
    summary: 'An index has many columns.',
    why: `A search goes down a B-tree by the columns that it compares with \`=\`, and by one more that it compares with a range or sorts by; those
behind only make the index larger, up to the size of the table. Each further column makes more updates expensive: Postgres can leave the
indexes alone when a changed row fits on its page, but not when one of the changed columns is in any index. Measured: of 20,000 updates of a
column all were of the cheap kind, and none as soon as the column was the last of an index.`,
    bad: `model Ticket {
  id        Int      @id
  tenantId  Int
  status    String
  priority  Int
  kind      String
  title     String
  updatedAt DateTime @db.Timestamptz(3)

  @@index([tenantId, status, priority, kind, updatedAt, title])
}`,
    good: `model Ticket {
  id        Int      @id
  tenantId  Int
  status    String
  priority  Int
  kind      String
  title     String
  updatedAt DateTime @db.Timestamptz(3)

  @@index([tenantId, status, updatedAt])
}`,
    guards: [
      'Uniques and ids, which have the columns that make a row what it is.',
      'Gin, Brin and full-text indexes, in which each column is searched by itself.',
    ],
  },

  subjects: ({ schema }) => judgedIndexes(schema).filter(({ kind, type }) => kind === 'index' && type === 'BTree'),
  check: ({ model, columns, span }, _, options) => {
    if (columns.length <= options.columns) return undefined;
    const names = columns.map(({ field }) => field.name).join(', ');
    return {
      span,
      message: `The index on \`${names}\` of \`${model.name}\` has ${columns.length} columns, of which the last ones seldom narrow a search and make every update of them expensive.`,
    };
  },
});
