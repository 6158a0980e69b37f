import { defineRule, type IndexPair } from '@migrate-lint/core';
import { createIndex, dropIndex, safetyOfIndex, sqlFix } from '../../edits.ts';
import { code, lacks, places } from '../places.ts';

export default defineRule({
  id: 'drift/missing-index',
  level: 'high',
  category: 'performance',
  needs: ['comparison'],
  docs: {
    summary: 'An index of the schema is missing in the database, is another one under its name, or is invalid.',
    why: `The schema says that a lookup is fast, and the database reads the whole table for it. An invalid index, which a failed CREATE INDEX
CONCURRENTLY leaves behind, costs every write and serves no read. On a large table make the index with CONCURRENTLY, in a migration
that holds nothing else.`,
    bad: `// schema.prisma
model Post {
  id       Int @id
  authorId Int

  @@index([authorId])
}
-- migration.sql
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
model Post {
  id       Int @id
  authorId Int

  @@index([authorId])
}
-- migration.sql
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
CREATE INDEX "Post_authorId_idx" ON "Post"("authorId");`,
    guards: [
      'The same index under another name is a `drift/constraint-name`.',
      'A partial or expression index under the name, which somebody put there by hand, is a `drift/unmanaged-object`.',
    ],
  },

  subjects: ({ comparison }) => comparison.indexes.filter(({ expected }) => expected),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    const wrong = wrongWith(pair);
    if (!expected || (actual && wrong === undefined)) return undefined;
    const [table, columns] = [code(expected.table.path), code(expected.columns)];
    const serves = actual?.covers(expected.columns) ?? false;
    return {
      ...places(pair),
      // Of the same columns in another order of sorting: lookups find their rows, and a btree is read both ways.
      level: serves ? 'low' : undefined,
      message: `The schema promises an index on ${columns} of ${table} and ${wrong ?? lacks(comparison, pair)}, so ${serves ? 'the two do not sort alike' : 'lookups read the whole table'}.`,
      fix: sqlFix(
        `${actual ? 'Drop the one that is there and create' : 'Create'} the index ${code(expected.name)}`,
        pair.changed ? 'unsafe' : safetyOfIndex(expected, comparison),
        [...(actual ? [dropIndex(actual)] : []), createIndex(expected)],
      ),
    };
  },
});

function wrongWith({ actual, changed, weakness }: IndexPair): string | undefined {
  if (!actual) return undefined;
  if (weakness === 'invalid') return `${code(actual.name)} is invalid`;
  if (!changed) return undefined;
  const keys = actual.keys.map(key => `${key.column ?? key.definition}${key.descending ? ' DESC' : ''}`);
  return `${code(actual.name)} is a ${actual.unique ? 'unique ' : ''}${actual.method} index on ${code(keys)}`;
}
