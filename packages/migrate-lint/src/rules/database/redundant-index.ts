import { defineRule, type TableIndex } from '@migrate-lint/core';
import { dropIndex, sqlFix } from '../../edits.ts';
import { code } from '../places.ts';
import { describeIndex, isSameIndex, keyList, mayBeTarget, replaces } from '../index-words.ts';
import { ownTables, spokenOf } from '../scope.ts';

export default defineRule({
  id: 'database/redundant-index',
  level: 'medium',
  category: 'performance',
  needs: ['database'],
  uses: ['comparison'],
  docs: {
    summary: 'Another index already does what this one, which the schema does not say, does.',
    why: `An index whose keys are the first keys of another one answers no question that the other does not, nor does an index beside a unique on
the same keys, nor the same keys with all directions turned round: a btree is read both ways. It is written on each INSERT and on most
UPDATEs. The shorter index is a little smaller, and now and then somebody wants it for that, so the level is medium.`,
    bad: `CREATE TABLE "events" ("id" bigint PRIMARY KEY, "account_id" bigint NOT NULL, "at" timestamptz NOT NULL);
CREATE INDEX "events_account" ON "events"("account_id");
CREATE INDEX "events_account_at" ON "events"("account_id", "at");`,
    good: `CREATE TABLE "events" ("id" bigint PRIMARY KEY, "account_id" bigint NOT NULL, "at" timestamptz NOT NULL);
CREATE INDEX "events_at" ON "events"("at");
CREATE INDEX "events_account_at" ON "events"("account_id", "at");`,
    guards: [
      'An index that the schema says: `schema/redundant-index`. One made by hand that does the same and more is not seen there, and without its own the schema would call the column unindexed.',
      'An index that `drift/extra-index` or `drift/extra-unique` reports: whether it stays is asked there.',
      'A partial index beside a full one, another predicate, operator class, collation or method.',
      'The same columns in another order, or with only some of the directions turned round.',
      'A unique on more columns than another unique: a compound foreign key may need it as its target.',
      'The second and later keys of an index that is no btree.',
      'The index of an EXCLUDE constraint, which holds what no other does, and invalid indexes.',
    ],
  },

  subjects: scope => ownTables(scope).flatMap(({ indexes }) => indexes.filter(({ primary }) => !primary)),
  check: (index, scope) => {
    const better = index.table.indexes.filter(other => isBetter(other, index));
    const other = better.find(one => !better.some(third => isBetter(third, one))) ?? better[0];
    if (!other) return undefined;
    const spoken = [spokenOf(index, scope), spokenOf(other, scope)];
    if (spoken[0] === 'schema' || spoken.includes('drift')) return undefined;
    const beginning = other.keys.length > index.keys.length;
    const title = `Drop the ${describeIndex(index)}`;
    return {
      span: index.span,
      message: `The ${describeIndex(index)} on ${code(keyList(index))} of ${code(index.table.path)} ${beginning ? 'is the beginning of' : 'does no more than'} the ${describeIndex(other)} on ${code(keyList(other))}, so it only costs time on every write.`,
      related: other.span ? [{ message: 'The one that stays.', span: other.span }] : undefined,
      fix: mayBeTarget(index, scope.database.tables)
        ? { title: `${title}, unless a foreign key was made on it`, safety: 'unsafe' }
        : // An INSERT … ON CONFLICT may name the constraint of a unique.
          sqlFix(title, index.unique ? 'unsafe' : 'safe', [dropIndex(index)]),
    };
  },
});

/** Of two that do the same, a unique comes before an index and the first name before the second. Two that are one are duplicates. */
function isBetter(other: TableIndex, index: TableIndex): boolean {
  if (other === index || isSameIndex(other, index) || !replaces(other, index)) return false;
  if (!replaces(index, other)) return true;
  const { indexes } = index.table;
  return other.primary || (!index.primary && indexes.indexOf(other) < indexes.indexOf(index));
}
