import { defineRule, modelOf } from '@migrate-lint/core';
import { code } from '../places.ts';
import { isJoinTable, ownTables } from '../scope.ts';

export default defineRule({
  id: 'database/undocumented-table',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['database'],
  uses: ['schema', 'comparison'],
  docs: {
    summary: 'A table has neither a comment in the database nor one in the schema.',
    why: `Who reads the database in a report, a psql or an audit sees names. A sentence on what a row is, and who may write it, is what they ask the team
for otherwise. It is a matter of taste, so the rule is off in the preset \`recommended\`.`,
    bad: `CREATE TABLE "ledger" ("id" bigint PRIMARY KEY);`,
    good: `CREATE TABLE "ledger" ("id" bigint PRIMARY KEY);
COMMENT ON TABLE "ledger" IS 'One row for each movement of money; only the booking job writes it';`,
    guards: [
      'A model with a `//` or `///` comment.',
      'The table of an implicit many-to-many relation, which is nowhere in the schema.',
      'Tables of a platform (`auth`, `storage`, `cron`, …) and of `tables.external`.',
    ],
  },

  subjects: scope => ownTables(scope).filter(table => !isJoinTable(table)),
  check: (table, { schema }) => {
    const model = modelOf(schema, table);
    const text = [table.comment, model?.documentation, model?.comment].join('');
    if (text.trim() !== '') return undefined;
    return {
      span: model?.nameSpan ?? table.span,
      message: `${code(table.path)} has no comment, so nobody but its authors knows what a row of it is.`,
      fix: {
        title: model
          ? 'Write a `///` comment above the model that says what a row is'
          : `Say with COMMENT ON TABLE what a row of ${code(table.path)} is`,
        safety: 'safe',
      },
    };
  },
});
