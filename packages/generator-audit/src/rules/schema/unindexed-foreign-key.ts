import { defineRule, type Field, type ForeignKey, type Index } from '@migrate-lint/core';
import { addBlockAttribute } from '../../edits.ts';

export default defineRule({
  id: 'schema/unindexed-foreign-key',
  level: 'high',
  category: 'performance',
  needs: ['schema'],
  docs: {
    summary: 'No index starts with the columns of a foreign key.',
    why: `Only MySQL makes an index for a foreign key by itself. On every other database a delete or a change of a key in the
referenced table has to look for its rows in this one, and without an index it reads the whole table, once for each deleted
row, with locks held. Every \`include\` of the other side and every filter on the relation reads it too. A compound
foreign key needs one index that starts with all of its columns, in any order.`,
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
      'MySQL with real foreign keys indexes them itself. With `relationMode = "prisma"` it has none, and the rule speaks.',
      'A database view that is written as a model, documented with `/// @view`.',
      'Partial, Hash and Gin indexes do not count: they do not serve every lookup of the key.',
    ],
  },

  subjects: ({ schema }) => {
    if (schema.provider === 'mysql' && schema.relationMode === 'foreignKeys') return [];
    return schema.foreignKeys.filter(({ model }) => !model.ignored && !/@view\b/.test(model.documentation));
  },
  check: ({ model, columns, referencedModel, field, span }) => {
    if (model.indexes.some(index => index.covers(columns) || findsOneRow(index, columns))) return undefined;
    const names = columns.map(column => column.name).join(', ');
    return {
      span,
      message: `No index of \`${model.name}\` starts with \`${names}\`, so a delete in \`${referencedModel.name}\` and a join on \`${field.name}\` read the whole table.`,
      fix: {
        title: `Add \`@@index([${names}])\` to \`${model.name}\``,
        safety: 'safe',
        edits: addBlockAttribute(model, `@@index([${names}])`),
      },
    };
  },
});

function findsOneRow(index: Index, columns: ForeignKey['columns']): boolean {
  const parts: readonly Field[] = index.columns.map(({ field }) => field);
  return index.unique && index.covers(parts) && parts.every(part => columns.includes(part));
}
