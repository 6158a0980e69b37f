import { defineRule } from '@migrate-lint/core';
import { addForeignKeyToRows, sqlFix } from '../../edits.ts';
import { code, lacks, places } from '../places.ts';

export default defineRule({
  id: 'drift/missing-foreign-key',
  level: 'critical',
  category: 'integrity',
  needs: ['comparison'],
  docs: {
    summary: 'A relation has no foreign key in the database.',
    why: `Nothing keeps a row from pointing to one that is not there, and \`onDelete\` does nothing: a cascade leaves orphans, a restriction
lets the delete through. A required relation whose row is gone makes Prisma Client throw for the whole query. Orphans that are
there already have to be resolved before the fix runs; its comment has the query that finds them.`,
    bad: `// schema.prisma
model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id], onDelete: Cascade)
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id], onDelete: Cascade)
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;`,
    guards: ['With `relationMode = "prisma"` the schema promises no foreign keys.'],
  },

  subjects: ({ comparison }) => comparison.foreignKeys.filter(({ expected }) => expected),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (!expected || actual) return undefined;
    const [table, columns] = [code(expected.table.path), code(expected.columns)];
    return {
      ...places(pair),
      // Somebody dropped it; the schema says otherwise, and the next generated migration brings it back.
      level: pair.touch?.action === 'dropped' ? 'high' : undefined,
      message: `The schema promises a foreign key from ${columns} of ${table} to ${code(expected.referencedTable)} and ${lacks(comparison, pair)}, so rows can point to what is not there.`,
      fix: sqlFix(`Resolve orphans and add the foreign key ${code(expected.name)}`, 'unsafe', [
        addForeignKeyToRows(expected, comparison),
      ]),
    };
  },
});
