import {
  defineRule,
  isInEffect,
  fieldOf,
  modelOf,
  type DatabaseCode,
  type Policy,
  type Schema,
  type Table,
} from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { indexColumn } from '../../edits/protection.ts';
import { code as quoted } from '../places.ts';
import { ownTables } from '../scope.ts';

export default defineRule({
  id: 'database/policy-column-unindexed',
  level: 'medium',
  category: 'performance',
  needs: ['database', 'code'],
  uses: ['schema'],
  docs: {
    summary: 'A policy compares a column that no index starts with.',
    why: `The condition of a policy is a part of every query on the table, whatever that asks for. Without an index on the column that it
compares with the user, a query that asks for nothing else reads the whole table to find the rows that the user may see.`,
    bad: `CREATE TABLE posts (id uuid PRIMARY KEY, author uuid);
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posts USING ((SELECT auth.uid()) = author);`,
    good: `CREATE TABLE posts (id uuid PRIMARY KEY, author uuid);
CREATE INDEX posts_author_idx ON posts (author);
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posts USING ((SELECT auth.uid()) = author);`,
    guards: [
      'An index of any kind that starts with the column, a partial one too, or with another column that the policy compares as well.',
      'A column that is compared with a constant, or as one of several ways to pass (OR).',
      'A foreign key: the rules about foreign keys speak of it.',
      'Policies for INSERT, which read nothing.',
    ],
  },

  subjects: ({ database, code }) =>
    ownTables({ database }).flatMap(table => {
      const wanted = new Set(table.policies.flatMap(policy => columnsOf(policy, code)));
      return table.columns.filter(({ name }) => wanted.has(name));
    }),
  check: (column, { code, schema }) => {
    const { table, name } = column;
    const served = indexed(table, schema);
    const policies = table.policies.filter(policy => {
      const columns = columnsOf(policy, code);
      return columns.includes(name) && !columns.some(other => served.has(other));
    });
    if (policies.length === 0) return undefined;
    const field = fieldOf(schema, column);
    return {
      span: field?.span ?? column.span,
      message: `The policies of ${quoted(table.path)} compare ${quoted(name)} in every query and no index starts with it, so one that asks for nothing else that is indexed reads the whole table${field ? `; add ${quoted(`@@index([${field.name}])`)} to ${quoted(field.model.name)}` : ''}.`,
      related: policies.flatMap(policy =>
        policy.span ? [{ message: `policy ${policy.name}`, span: policy.span }] : [],
      ),
      // An index that only SQL made would be drift.
      fix: field ? undefined : sqlFix(`Index ${quoted(name)}`, 'safe', [indexColumn(column)]),
    };
  },
});

/** What every row that the policy lets through has to have in common with the user. */
function columnsOf(policy: Policy, code: DatabaseCode): readonly string[] {
  const { permissive, using } = policy;
  if (!permissive || using === null || !isInEffect(policy)) return [];
  return code
    .expression(using)
    .comparisons.filter(
      ({ operator, calls, required }) => required && calls.length > 0 && ['=', 'in'].includes(operator),
    )
    .map(({ column }) => column);
}

/** Columns that an index starts with, or will when the rules about foreign keys have been heard. */
function indexed(table: Table, schema: Schema | undefined): ReadonlySet<string | undefined> {
  const relations = modelOf(schema, table)?.foreignKeys ?? [];
  return new Set([
    ...table.indexes.filter(({ valid }) => valid).map(({ columns }) => columns[0]),
    ...table.foreignKeys.map(({ columns }) => columns[0]),
    ...relations.map(({ columns }) => columns[0]?.dbName),
  ]);
}
