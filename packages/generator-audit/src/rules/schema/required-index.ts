import { defineRule, flatMap } from '@migrate-lint/core';
import * as z from 'zod';
import { addBlockAttribute } from '../../edits.ts';
import { judgedModels } from '../judged.ts';
import { fitting, patterns } from '../naming.ts';

export default defineRule({
  id: 'schema/required-index',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    forNames: patterns
      .default([])
      .describe('Columns that an index starts with wherever they are, or regular expressions as `"/Id$/"`.'),
    forAllRelations: z
      .boolean()
      .default(false)
      .describe('Each column of a relation too, on MySQL, where `schema/unindexed-foreign-key` has nothing to say.'),
  }),
  docs: {
    summary: 'No index starts with a column that the project wants indexed everywhere.',
    why: `A column that every query filters on (\`tenantId\`, \`createdAt\`) wants an index in each table, and the one table without it is slow
only when it has grown. It says nothing until the option \`forNames\` is given. The columns of relations are
\`schema/unindexed-foreign-key\`, which is on without any option.`,
    options: { forNames: ['tenantId'] },
    bad: `model Note {
  id       Int    @id
  tenantId Int
  text     String
}`,
    good: `model Note {
  id       Int    @id
  tenantId Int
  text     String

  @@index([tenantId])
}`,
    guards: [
      'Every column as long as no name is given.',
      'An index, a unique or an id that starts with the column; partial, Hash and Gin indexes do not count.',
      'The column of a relation, as long as `schema/unindexed-foreign-key` speaks of it.',
      'Ignored models and columns.',
    ],
  },

  subjects: ({ schema }, { forNames, forAllRelations }) => {
    const mysql = schema.provider === 'mysql' && schema.relationMode === 'foreignKeys';
    return flatMap(judgedModels(schema), ({ columns, foreignKeys }) => {
      const keys = flatMap(foreignKeys, key => key.columns);
      const told = mysql ? [] : flatMap(foreignKeys, key => (key.columns.length === 1 ? key.columns : []));
      return columns.filter(
        column =>
          !column.ignored &&
          !told.includes(column) &&
          (fitting(column.name, forNames) !== undefined || (forAllRelations && mysql && keys.includes(column))),
      );
    });
  },
  check: field => {
    const { model, name, path } = field;
    if (field.list || model.indexes.some(index => index.covers([field]))) return undefined;
    return {
      span: field.nameSpan,
      message: `No index of \`${model.name}\` starts with \`${name}\`, which the configuration wants for \`${path}\`.`,
      fix: {
        title: `Add \`@@index([${name}])\` to \`${model.name}\``,
        safety: 'safe',
        edits: addBlockAttribute(model, `@@index([${name}])`),
      },
    };
  },
});
