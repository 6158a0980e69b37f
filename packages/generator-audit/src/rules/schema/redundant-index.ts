import { defineRule, type Index } from '@migrate-lint/core';
import { removeIndex } from '../../edits.ts';
import { judgedIndexes } from '../judged.ts';

export default defineRule({
  id: 'schema/redundant-index',
  level: 'medium',
  category: 'performance',
  needs: ['schema'],
  docs: {
    summary: 'Another index already does what this one does.',
    why: `Every index is written on each INSERT and on most UPDATEs, takes memory that the useful ones need, and makes vacuum
slower. An index whose columns are the first columns of another index, unique or id answers no question that the other
does not. The order of all columns turned round makes no difference: a B-tree is read in both directions.`,
    bad: `model Session {
  id          Int    @id
  tokenFamily String @unique

  @@index([tokenFamily])
}`,
    good: `model Session {
  id          Int      @id
  tokenFamily String   @unique
  createdAt   DateTime @db.Timestamptz(3)

  @@index([createdAt])
}`,
    guards: [
      'An index of another type (Hash, Gin, …), with another operator class or another prefix length.',
      'A partial index beside a full one: it is smaller on purpose.',
      'The same columns in another order, or with only some of the directions turned round.',
      'A unique on more columns than another unique: a compound foreign key may need it as its target.',
    ],
  },

  subjects: ({ schema }) => judgedIndexes(schema).filter(({ kind }) => kind !== 'id'),
  check: index => {
    const { indexes } = index.model;
    const better = indexes.filter(other => replaces(other, index));
    const other = better.find(candidate => !indexes.some(third => replaces(third, candidate))) ?? better[0];
    if (!other) return undefined;
    const equal = other.columns.length === index.columns.length;
    return {
      span: index.span,
      message:
        `The ${describe(index)} of \`${index.model.name}\` ${equal ? 'does the same as' : 'is the beginning of'} ` +
        `the ${describe(other)}, so it only costs time on every write.`,
      related: [{ message: 'The one that stays.', span: other.span }],
      fix: {
        title: `Remove the ${describe(index)}`,
        // An INSERT … ON CONFLICT may name the constraint of a unique.
        safety: index.unique ? 'unsafe' : 'safe',
        edits: removeIndex(index),
      },
    };
  },
});

/** Whether `other` does everything that `index` does. Of two equals a unique comes before an index, and the first before the second. */
function replaces(other: Index, index: Index): boolean {
  if (other === index || index.columns.length === 0) return false;
  if (other.type !== index.type || other.predicate !== index.predicate) return false;
  if ((other.kind === 'fulltext') !== (index.kind === 'fulltext')) return false;
  if (index.unique && !other.unique) return false;
  if (!startsWith(other, index)) return false;
  const { indexes } = index.model;
  if (other.columns.length > index.columns.length) return index.type === 'BTree' && index.kind === 'index';
  return (other.unique && !index.unique) || other.kind === 'id' || indexes.indexOf(other) < indexes.indexOf(index);
}

/** Whether the columns of `index` are the first of `other`, in the same directions or in all the opposite ones. */
function startsWith(other: Index, index: Index): boolean {
  let turned: boolean | undefined;
  return index.columns.every(({ field, sort, length, operatorClass }, at) => {
    const column = other.columns[at];
    if (column?.field !== field || column.length !== length || column.operatorClass !== operatorClass) return false;
    const turns = (column.sort ?? 'Asc') !== (sort ?? 'Asc');
    turned ??= turns;
    return turns === turned;
  });
}

function describe({ kind, columns }: Index): string {
  const names = columns.map(({ field, sort }) => (sort === 'Desc' ? `${field.name} desc` : field.name)).join(', ');
  return `${{ id: 'id', unique: 'unique', index: 'index', fulltext: 'full-text index' }[kind]} on \`${names}\``;
}
