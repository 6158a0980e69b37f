import { defineRule, type Problem, type TableIndex, type View } from '@migrate-lint/core';
import { dropIndex, sqlFix } from '../../edits.ts';
import { qualified } from '../../edits/names.ts';
import { code } from '../places.ts';
import { describeIndex, isSameIndex, keyList, mayBeTarget } from '../index-words.ts';
import { ownTables, spokenOf, type Scope } from '../scope.ts';

export default defineRule({
  id: 'database/duplicate-index',
  level: 'medium',
  category: 'performance',
  needs: ['database'],
  uses: ['comparison'],
  docs: {
    summary: 'Two indexes are the same under two names.',
    why: `Keys, order, operator classes, predicate, INCLUDE and uniqueness are the same, so the second one answers no question that the first does
not. Every INSERT and most UPDATEs write both, both are in memory, both are vacuumed. It costs time and space and breaks nothing, so
the level is medium.`,
    bad: `CREATE TABLE "jobs" ("id" bigint PRIMARY KEY, "queue" text NOT NULL, "done_at" timestamptz);
CREATE INDEX "jobs_open" ON "jobs"("queue") WHERE "done_at" IS NULL;
CREATE INDEX "jobs_queue_idx" ON "jobs"("queue") WHERE "done_at" IS NULL;`,
    good: `CREATE TABLE "jobs" ("id" bigint PRIMARY KEY, "queue" text NOT NULL, "done_at" timestamptz);
CREATE INDEX "jobs_open" ON "jobs"("queue") WHERE "done_at" IS NULL;
CREATE INDEX "jobs_queue_idx" ON "jobs"("queue");`,
    guards: [
      'Two indexes that the schema says both: `schema/redundant-index`.',
      'An index that the schema does not name on a table of a model, where it could: `drift/extra-index` and `drift/extra-unique` say to drop it, which ends the duplicate too.',
      'A unique beside an index that is none, other directions, a longer index: `database/redundant-index`.',
      'Another predicate, operator class, collation, method or INCLUDE, NULLS NOT DISTINCT or DEFERRABLE on one side.',
      'The index of an EXCLUDE constraint, which stays before an index that is the same; and an invalid one: `database/invalid-index`.',
    ],
  },

  subjects: scope => [
    ...ownTables(scope).flatMap(({ indexes }) => indexes.filter(index => index.constraint !== 'exclusion')),
    ...scope.database.views.flatMap(indexesOfView),
  ],
  check: (index, scope) => {
    if ('view' in index) return ofView(index);
    const [first] = index.table.indexes
      .filter(other => other === index || isSameIndex(other, index))
      .sort((one, other) => rank(one, scope) - rank(other, scope));
    if (!first || first === index) return undefined;
    const spoken = [spokenOf(index, scope), spokenOf(first, scope)];
    if (spoken.includes('drift') || spoken.every(by => by === 'schema')) return undefined;
    return {
      span: index.span,
      message: `The ${describeIndex(index)} on ${code(keyList(index))} of ${code(index.table.path)} is the same as the ${describeIndex(first)}, so it only costs time on every write.`,
      related: first.span ? [{ message: 'The one that stays.', span: first.span }] : undefined,
      fix: mayBeTarget(index, scope.database.tables)
        ? // Postgres does not drop the one on which a foreign key was made, and the catalog does not tell which that is.
          {
            title: `Drop ${code(index.name)}, or ${code(first.name)} if a foreign key needs the former`,
            safety: 'unsafe',
          }
        : // An INSERT … ON CONFLICT may name the constraint of a unique.
          sqlFix(`Drop the ${describeIndex(index)}`, index.unique ? 'unsafe' : 'safe', [dropIndex(index)]),
    };
  },
});

interface ViewIndex {
  readonly path: string;
  readonly name: string;
  readonly view: View;
  readonly shape: string;
}

/** What is behind the name says what the index is. */
function indexesOfView(view: View): readonly ViewIndex[] {
  return view.indexes.map(({ name, definition }) => {
    const unique = definition.startsWith('CREATE UNIQUE ');
    const shape = `${String(unique)}${definition.slice(definition.indexOf(' USING '))}`;
    return { path: `${view.path}.${name}`, name, view, shape };
  });
}

function ofView({ name, view, shape }: ViewIndex): Problem | undefined {
  const first = indexesOfView(view).find(other => other.shape === shape);
  if (!first || first.name === name) return undefined;
  const sql = `DROP INDEX ${qualified({ schema: view.schema, name })};`;
  return {
    span: view.span,
    message: `The index ${code(name)} of the materialized view ${code(view.path)} is the same as ${code(first.name)}, so it only costs time on every refresh.`,
    fix: sqlFix(`Drop the index ${code(name)}`, 'safe', [{ phase: 'drop index', sql }]),
  };
}

/** Of several that are the same, the one that stays comes first; the names decide where nothing else does. */
function rank(index: TableIndex, scope: Scope): number {
  if (index.primary) return -3;
  if (spokenOf(index, scope) === 'schema') return -2;
  return index.constraint === null ? index.table.indexes.indexOf(index) : -1;
}
