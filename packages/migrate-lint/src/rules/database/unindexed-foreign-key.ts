import { defineRule, type TableForeignKey, type TableIndex } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { createPlainIndex } from '../../edits/add.ts';
import { code } from '../places.ts';
import { ownForeignKeys } from '../scope.ts';

export default defineRule({
  id: 'database/unindexed-foreign-key',
  level: 'high',
  category: 'performance',
  needs: ['database'],
  uses: ['schema', 'comparison'],
  docs: {
    summary: 'No index starts with the columns of a foreign key that no relation of the schema says.',
    why: `Postgres makes no index for a foreign key. A delete in the referenced table looks for its rows in this one, and without an index it
reads the whole table, once for each deleted row, with locks held. A compound foreign key needs one index that starts with all of its
columns, in any order. The level is that of \`schema/unindexed-foreign-key\`, which judges the relations of the schema.`,
    bad: `CREATE TABLE "users" ("id" bigint PRIMARY KEY);
CREATE TABLE "visits" ("id" bigint PRIMARY KEY, "user_id" bigint REFERENCES "users"("id"));`,
    good: `CREATE TABLE "users" ("id" bigint PRIMARY KEY);
CREATE TABLE "visits" ("id" bigint PRIMARY KEY, "user_id" bigint REFERENCES "users"("id"));
CREATE INDEX "visits_user_id_idx" ON "visits"("user_id");`,
    guards: [
      'A relation of the schema: `schema/unindexed-foreign-key` judges its indexes, `drift/missing-index` says that one is not there.',
      'A primary key, a unique or a longer index that starts with the columns, in any order.',
      'A unique on some of the columns of a compound key, which finds at most one row.',
      'A Hash index on the one column, and a partial index whose only condition is that the column is not NULL. Other partial indexes, an invalid one, and columns that an index only has in its INCLUDE do not count.',
      'The table of an implicit many-to-many relation, which Prisma makes and indexes.',
      'Tables of a platform (`auth`, `storage`, `cron`, …) and of `tables.external`.',
    ],
  },

  subjects: ownForeignKeys,
  check: key => {
    const { table, columns, referencedTable, span } = key;
    if (table.indexes.some(index => serves(index, key)) || firstOn(key) !== key) return undefined;
    return {
      span,
      message: `No index of ${code(table.path)} starts with ${code(columns)}, so a delete in ${code(referencedTable)} reads the whole table for the foreign key ${code(key.name)}.`,
      fix: sqlFix(`Create an index on ${code(columns)} of ${code(table.path)}`, 'safe', [
        createPlainIndex(table, columns),
      ]),
    };
  },
});

/** One index is enough for all foreign keys on the same columns. */
function firstOn({ table, columns }: TableForeignKey): TableForeignKey | undefined {
  return table.foreignKeys.find(
    key => key.columns.length === columns.length && key.columns.every(column => columns.includes(column)),
  );
}

/** Whether Postgres can find the rows of one key with the index. */
function serves(index: TableIndex, { columns }: TableForeignKey): boolean {
  if (index.covers(columns)) return true;
  // At most one row is left to look at.
  if (index.unique && index.full && index.columns.every(column => columns.includes(column))) return true;
  if (!index.valid || columns.length !== 1 || index.columns[0] !== columns[0]) return false;
  // A Hash index answers nothing but equality, and a key is never looked up by NULL.
  if (index.predicate === null) return index.method === 'hash';
  return index.method === 'btree' && index.predicate === `(${index.keys[0]?.definition ?? ''} IS NOT NULL)`;
}
