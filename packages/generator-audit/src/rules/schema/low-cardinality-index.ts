import {
  defineRule,
  mentions,
  phrases,
  qualifiedName,
  quoteIdentifier,
  type Fix,
  type Index,
  type Schema,
} from '@migrate-lint/core';
import * as z from 'zod';
import { removeIndex } from '../../edits.ts';
import { judgedIndexes } from '../judged.ts';

/** Work that waits: most rows are done, and a search for the others is what the index is for. */
const waiting = phrases(
  'pending, queued, queue, waiting, scheduled, processing, running, in progress, ongoing, open, new, todo, failed, error, retry, draft',
);

export default defineRule({
  id: 'schema/low-cardinality-index',
  level: 'low',
  category: 'performance',
  needs: ['schema'],
  options: z.object({
    values: z
      .number()
      .int()
      .min(1)
      .default(5)
      .describe('Up to how many values of an enum an index on it alone is a finding.'),
  }),
  docs: {
    summary: 'An index is on a Boolean or an enum of few values alone.',
    why: `Where a value stands in a large part of the rows, Postgres reads the whole table sooner than the index. It is of use for the
rare value only, and yet every row is in it. A partial index on the rows with the rare value does the same: on a table of 200,000 rows of which
one in a hundred was true it took 64 kB, and the index on the Boolean 1.4 MB. Where the column is a filter beside another, it belongs into one
index with that.`,
    bad: `model Task {
  id   Int     @id
  done Boolean @default(false)

  @@index([done])
}`,
    good: `model Task {
  id     Int     @id
  userId Int
  done   Boolean @default(false)

  @@index([userId, done])
}`,
    guards: [
      'A partial index, and one with further columns.',
      'An enum of more values than the option says, or with values of work that waits (`PENDING`, `QUEUED`, `FAILED`), which are rare.',
      'The beginning of a longer index, which `schema/redundant-index` reports.',
      'Lists, Gin and Brin indexes.',
    ],
  },

  subjects: ({ schema }) =>
    judgedIndexes(schema).filter(({ kind, columns }) => kind === 'index' && columns.length === 1),
  check: (index, { schema }, { values }) => {
    const field = index.columns[0]?.field;
    if (!field || field.list || index.predicate !== undefined || (index.type !== 'BTree' && index.type !== 'Hash'))
      return undefined;
    const states = valuesOf(index, schema);
    if (states.length === 0 || states.length > values || states.some(state => mentions(state, waiting)))
      return undefined;
    if (index.model.indexes.some(other => other !== index && other.covers([field]))) return undefined;
    const fix = partialIndex(index, schema);
    return {
      span: index.span,
      message: `\`${field.path}\` has ${states.length === 1 ? 'one value' : `${states.length} values`}, so the index on it alone is of use for a rare one at most, and each row is written to it.`,
      fix,
    };
  },
});

function valuesOf({ columns }: Index, schema: Schema): readonly string[] {
  const field = columns[0]?.field;
  if (field?.kind === 'enum') return schema.enum(field.type)?.values.map(({ name }) => name) ?? [];
  return field?.type === 'Boolean' ? ['true', 'false'] : [];
}

/** What is not the default is taken to be the rare value. */
function partialIndex(index: Index, { provider, previewFeatures }: Schema): Fix | undefined {
  const { model, columns, map } = index;
  const field = columns[0]?.field;
  const keys = model.primaryKey?.columns.map(key => quoteIdentifier(key.field.dbName)).join(', ');
  if (field?.default?.kind !== 'literal' || typeof field.default.value !== 'boolean' || keys === undefined)
    return undefined;
  if (provider !== 'postgresql' || previewFeatures.includes('partialIndexes')) return undefined;
  // Postgres cuts names at 63 bytes, and Prisma keeps the ending.
  const name = map ?? `${`${model.dbName}_${field.dbName}`.slice(0, 59)}_idx`;
  const column = quoteIdentifier(field.dbName);
  return {
    title: `Index only the rows in which it is ${field.default.value ? 'false' : 'true'}`,
    // Prisma Client and Prisma Migrate do not see the new index, and the other value may be the rare one.
    safety: 'unsafe',
    edits: removeIndex(index),
    sql:
      `DROP INDEX ${qualifiedName(model.dbSchema, name)};\n` +
      `CREATE INDEX ${quoteIdentifier(name)} ON ${qualifiedName(model.dbSchema, model.dbName)} (${keys}) WHERE ${field.default.value ? `NOT ${column}` : column};`,
  };
}
