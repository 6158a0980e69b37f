import { defineRule, type TableForeignKey } from '@migrate-lint/core';
import { recreateForeignKey, safetyOfKey, sqlFix } from '../../edits.ts';
import { code, places } from '../places.ts';

export default defineRule({
  id: 'drift/foreign-key-action-change',
  level: 'high',
  category: 'integrity',
  needs: ['comparison'],
  docs: {
    summary: 'A foreign key does something else on delete or update than its relation says.',
    why: `A delete that the schema restricts cascades in the database and takes rows along, or one that it cascades fails. The database's
word counts, whatever the schema says.`,
    bad: `// schema.prisma
model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id], onDelete: Restrict)
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;`,
    good: `// schema.prisma
model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id], onDelete: Restrict)
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;`,
    guards: ['A relation that says no action has Prisma’s default: RESTRICT or SET NULL on delete, CASCADE on update.'],
  },

  subjects: ({ comparison }) => comparison.foreignKeys.filter(({ expected, actual }) => expected && actual),
  check: (pair, { comparison }) => {
    const { expected, actual } = pair;
    if (!expected || !actual || !pair.actionsChanged) return undefined;
    return {
      ...places(pair),
      message: `The schema says that the foreign key on ${code(expected.columns)} of ${code(expected.table.path)} is ${said(expected)}, and it is ${said(actual)}.`,
      fix: sqlFix(
        `Make the foreign key ${code(actual.name)} anew with the actions of the schema`,
        actual.validated && actual.enforced ? safetyOfKey(expected, comparison) : 'unsafe',
        recreateForeignKey(pair, comparison.expected),
      ),
    };
  },
});

function said({ onDelete, onUpdate }: TableForeignKey): string {
  return code(`onDelete: ${onDelete}, onUpdate: ${onUpdate}`);
}
