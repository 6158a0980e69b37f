import { defineRule, isBookkeeping } from '@migrate-lint/core';
import { addBlockAttribute } from '../../edits.ts';
import { judgedKeys } from '../judged.ts';
import { isDropped, isServedInDatabase, isView, nameApart, serves, startsWithin } from '../served-keys.ts';

export default defineRule({
  id: 'schema/unindexed-foreign-key',
  level: 'high',
  category: 'performance',
  needs: ['schema'],
  uses: ['database', 'migrations'],
  docs: {
    summary: 'No index starts with the columns of a foreign key.',
    why: `Only MySQL makes an index for a foreign key by itself. On every other database a delete or a change of a key in the
referenced table has to look for its rows in this one, and without an index it reads the whole table, once for each deleted
row, with locks held. Every \`include\` of the other side and every filter on the relation reads it too. A compound
foreign key needs one index that starts with all of its columns, in any order. A column that only keeps who did it and may be empty
(\`createdBy\`) is hardly looked up, and is told as medium.`,
    bad: `model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id       Int  @id
  author   User @relation(fields: [authorId], references: [id])
  authorId Int
}`,
    good: `model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id       Int  @id
  author   User @relation(fields: [authorId], references: [id])
  authorId Int

  @@index([authorId])
}`,
    guards: [
      'A unique, an `@id` or a longer index that starts with the columns is an index for them.',
      'A unique on some of the columns of a compound key finds at most one row, so it is index enough.',
      'Of a compound key, an index that starts with the column of a generated id (`uuid()`, `cuid()`, …) finds the rows of one id, and needs no more. One that starts with another of the columns, such as the tenant’s, is told as medium: it reads all rows of that one.',
      'An index that only the migrations make, a foreign key that one of them dropped (`drift/missing-foreign-key` tells it), and a model that is a view in the database, where the database is looked at.',
      'MySQL with real foreign keys indexes them itself. With `relationMode = "prisma"` it has none, and the rule speaks.',
      'A database view that is written as a model, documented with `/// @view`.',
      'A Hash index on the one column, and a partial index whose only condition is that the column is not NULL: both find the rows of a key. Other partial indexes and Gin do not count.',
    ],
  },

  subjects: ({ schema }) => {
    if (schema.provider === 'mysql' && schema.relationMode === 'foreignKeys') return [];
    return judgedKeys(schema).filter(({ model }) => !/@view\b/.test(model.documentation));
  },
  check: (key, { database, migrations }) => {
    const { model, columns, referencedModel, field, span } = key;
    if (model.indexes.some(index => serves(index, key))) return undefined;
    if (isServedInDatabase(key, database) || isView(model, migrations) || isDropped(key, migrations)) return undefined;
    const names = columns.map(column => column.name).join(', ');
    const attribute = `@@index([${names}]${nameApart(model, columns)})`;
    const partly = model.indexes.map(index => startsWithin(index, columns)).find(Boolean);
    return {
      span,
      level: (partly ?? columns.every(isBookkeeping)) ? 'medium' : undefined,
      message:
        `No index of \`${model.name}\` starts with \`${names}\`, so a delete in \`${referencedModel.name}\` and a join on \`${field.name}\` ` +
        (partly ? `read all rows of one \`${partly.name}\`.` : 'read the whole table.'),
      fix: {
        title: `Add \`@@index([${names}])\` to \`${model.name}\``,
        safety: 'safe',
        edits: addBlockAttribute(model, attribute),
      },
    };
  },
});
