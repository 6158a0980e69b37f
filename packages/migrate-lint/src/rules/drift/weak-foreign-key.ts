import { defineRule, type Comparison, type ForeignKeyPair, type ForeignKeyWeakness } from '@migrate-lint/core';
import {
  makeNotDeferrable,
  recreateForeignKey,
  safetyOfKey,
  sqlFix,
  validateForeignKey,
  type Step,
} from '../../edits.ts';
import { code, places } from '../places.ts';

export default defineRule({
  id: 'drift/weak-foreign-key',
  level: 'high',
  category: 'integrity',
  needs: ['comparison'],
  docs: {
    summary: 'A foreign key is NOT VALID, DEFERRABLE or not enforced.',
    why: `The relation is there by name, and does not hold what the schema says: rows from before a NOT VALID were never looked at, a DEFERRABLE one may
be broken within a transaction, and one whose triggers are disabled is not looked at ever. Prisma’s own diff sees none of it.`,
    bad: `// schema.prisma
model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;`,
    good: `// schema.prisma
model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id       Int  @id
  authorId Int
  author   User @relation(fields: [authorId], references: [id])
}
-- migration.sql
CREATE TABLE "User" ("id" integer NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Post" ("id" integer NOT NULL, "authorId" integer NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "Post" VALIDATE CONSTRAINT "Post_authorId_fkey";`,
  },

  subjects: ({ comparison }) => comparison.foreignKeys.filter(({ expected, actual }) => expected && actual),
  check: (pair, { comparison }) => {
    const { expected, actual, weaknesses } = pair;
    if (!expected || !actual || weaknesses.length === 0) return undefined;
    const [table, columns] = [code(expected.table.path), code(expected.columns)];
    const deferrable = weaknesses.every(weakness => weakness === 'deferrable');
    return {
      ...places(pair),
      message: `The foreign key ${code(actual.name)} on ${columns} of ${table} ${weaknesses.map(weakness => words[weakness]).join(' and ')}.`,
      fix: sqlFix(
        `${deferrable ? 'Check' : 'Resolve orphans and check'} the foreign key ${code(actual.name)} on every row and at once`,
        deferrable ? safetyOfKey(expected, comparison) : 'unsafe',
        steps(pair, comparison),
      ),
    };
  },
});

const words: Readonly<Record<ForeignKeyWeakness, string>> = {
  'not valid': 'is NOT VALID, so rows from before it may point to what is not there',
  deferrable: 'is DEFERRABLE, so it may be broken until a transaction ends',
  'not enforced': 'is switched off by disabled triggers, so nothing holds it',
};

/** A change in place where there is one: it takes weaker locks than a new constraint. */
function steps(pair: ForeignKeyPair, { expected: catalog }: Comparison): readonly Step[] {
  const { expected, actual, weaknesses } = pair;
  if (!expected || !actual) return [];
  if (pair.nameChanged || pair.actionsChanged || weaknesses.includes('not enforced'))
    return recreateForeignKey(pair, catalog);
  const key = { ...expected, name: actual.name };
  return [
    ...(weaknesses.includes('deferrable') ? [makeNotDeferrable(key, expected.table)] : []),
    ...(weaknesses.includes('not valid') ? [validateForeignKey(key, expected.table, catalog)] : []),
  ];
}
