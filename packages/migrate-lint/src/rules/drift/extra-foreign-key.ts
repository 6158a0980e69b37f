import { defineRule } from '@migrate-lint/core';
import { dropForeignKey, sqlFix } from '../../edits.ts';
import { code, makes, places } from '../places.ts';

export default defineRule({
  id: 'drift/extra-foreign-key',
  level: 'medium',
  category: 'integrity',
  needs: ['comparison'],
  docs: {
    summary: 'The database has a foreign key that no relation says.',
    why: `Writes and deletes fail or cascade by a rule that nobody finds in the schema, and the next \`prisma migrate dev\` drops it. Usually the
relation was forgotten: \`prisma db pull\` writes it.`,
    bad: `// schema.prisma
model User {
  id Int @id
}

model Post {
  id       Int @id
  authorId Int
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL REFERENCES "User"("id"), CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));`,
    good: `// schema.prisma
model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id], onDelete: NoAction, onUpdate: NoAction)
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL REFERENCES "User"("id"), CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));`,
    guards: ['The foreign keys of an extra column or table belong to it.'],
  },

  subjects: ({ comparison }) => comparison.foreignKeys.filter(({ actual }) => actual),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (expected || !actual) return undefined;
    return {
      ...places(pair),
      message: `${makes(comparison)} the foreign key ${code(actual.name)} from ${code(actual.columns)} of ${code(actual.table.path)} to ${code(actual.referencedTable)} that no relation says, so the next generated migration drops it.`,
      fix: sqlFix(
        `Drop the foreign key ${code(actual.name)}, or take it into the schema as a relation with \`prisma db pull\``,
        'unsafe',
        [dropForeignKey(actual)],
      ),
    };
  },
});
