import { defineRule } from '@migrate-lint/core';
import { changeableStatements } from '../changeable.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'migration/duplicate-assignment',
  level: 'critical',
  category: 'migrations',
  outdoes: ['history/replay-failure'],
  needs: ['postgresMigrations'],
  docs: {
    summary: 'A statement defines, writes or retypes one column twice.',
    why: `Postgres refuses the statement (42701), on an empty table too, so no deploy gets past the migration: the level is critical. It comes of merged
branches that add the same column, and of lines that were copied. Which of the two was meant only the author knows; take the other one out.
The columns of a view, and of a table that is made of a query, need names that differ as well: without AS a column is called after its
column, function or type, \`CASE\` is \`case\`, and all others are \`?column?\`.`,
    bad: `CREATE TABLE "User" ("id" integer PRIMARY KEY, "name" text, "name" text NOT NULL);`,
    good: `CREATE TABLE "User" ("id" integer PRIMARY KEY, "name" text NOT NULL);`,
    guards: [
      'ADD COLUMN IF NOT EXISTS twice: the second one does nothing.',
      'Two elements of one array column, or two fields of one value of a composite type.',
      'An index that has a column twice, which Postgres allows.',
      'A view of `*` whose columns are not all known: a view, a query of WITH or a table that no statement made, or JOIN … USING.',
      'Two statements that each add the column: `migration/ineffective-if-not-exists` and the replay speak of them.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => changeableStatements(migrations),
  check: ({ repetitions }) =>
    repetitions.map(({ column, of, span, first }, at) => ({
      span,
      message: `The statement ${verbs[of]} the column ${code(column)} twice, so it fails whatever is in the table.`,
      related: [{ message: 'the first time', span: first }],
      fix: {
        title: of === 'result' ? 'Give one of the two another name with AS, or take it out' : 'Take one of the two out',
        safety: 'unsafe' as const,
      },
      aspect: at > 0 ? `${column} ${at + 1}` : undefined,
    })),
});

const verbs = {
  definition: 'defines',
  result: 'defines',
  assignment: 'gives a value to',
  type: 'changes the type of',
  key: 'names in one key',
} as const;
