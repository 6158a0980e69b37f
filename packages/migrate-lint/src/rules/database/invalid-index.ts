import { defineRule, type Fix, type TableIndex } from '@migrate-lint/core';
import { dropIndex, sqlFix } from '../../edits.ts';
import { qualified } from '../../edits/names.ts';
import { code } from '../places.ts';
import { ownTables, spokenOf } from '../scope.ts';

export default defineRule({
  id: 'database/invalid-index',
  level: 'high',
  category: 'performance',
  needs: ['database'],
  uses: ['comparison'],
  docs: {
    summary: 'An index is invalid: it is written and never read.',
    why: `A \`CREATE INDEX CONCURRENTLY\` or \`REINDEX CONCURRENTLY\` that fails leaves its index behind. Every write pays for it, no query uses it, and
an invalid unique lets duplicates in that were there before. A second \`CREATE INDEX CONCURRENTLY IF NOT EXISTS\` finds the name taken and
does nothing. The queries that it was made for read the whole table meanwhile, so the level is high.`,
    bad: `CREATE TABLE "orders" ("id" bigint PRIMARY KEY, "email" text NOT NULL);
CREATE INDEX "orders_email" ON "orders"(lower("email"));
-- What a CREATE INDEX CONCURRENTLY that fails leaves behind:
UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"orders_email"'::regclass;`,
    good: `CREATE TABLE "orders" ("id" bigint PRIMARY KEY, "email" text NOT NULL);
CREATE INDEX "orders_email" ON "orders"(lower("email"));`,
    guards: [
      'An index of the schema: `drift/missing-index` and `drift/weak-unique` say that what is there is invalid. One that the schema lacks on a table of a model is reported by `drift/extra-index`, if the schema could say it.',
    ],
  },

  subjects: scope => ownTables(scope).flatMap(({ indexes }) => indexes),
  check: (index, scope) => {
    if (index.valid || spokenOf(index, scope) === 'drift') return undefined;
    return {
      span: index.span,
      message: `The index ${code(index.name)} of ${code(index.table.path)} is invalid, so every write pays for it and no query uses it.`,
      fix: fixOf(index),
    };
  },
});

function fixOf(index: TableIndex): Fix {
  const { name, table, unique } = index;
  if (table.kind === 'partitioned')
    return { title: `Make the index on each partition and attach it to ${code(name)}`, safety: 'unsafe' };
  // What REINDEX CONCURRENTLY calls the copy that it makes, and the one that it takes away.
  if (/_cc(?:new|old)\d*$/.test(name) && index.constraint === null)
    return sqlFix(`Drop ${code(name)}, which a REINDEX CONCURRENTLY left behind`, 'safe', [dropIndex(index)]);
  const sql = `REINDEX INDEX ${qualified({ schema: table.schema, name })};`;
  return sqlFix(`${unique ? 'Resolve duplicates and build' : 'Build'} ${code(name)} anew`, 'unsafe', [
    {
      phase: 'create index',
      sql: `-- Blocks writes while it runs; on a table in use run REINDEX INDEX CONCURRENTLY by hand instead\n${sql}`,
    },
  ]);
}
