import { defineRule, type Field } from '@migrate-lint/core';
import * as z from 'zod';
import { census } from '../census.ts';
import { judgedFields } from '../judged.ts';
import { inStyle, isIn } from '../naming.ts';

export default defineRule({
  id: 'schema/field-name-mapping',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    requireMapping: z
      .boolean()
      .default(false)
      .describe('Also report names with capitals that are not mapped, in a schema in which most are not.'),
    compoundWords: z.array(z.string()).default([]).describe('What is one word, however it is written (`GraphQL`).'),
    requireUnderscorePrefixForIds: z
      .boolean()
      .default(false)
      .describe('The column of an `@id` starts with an underscore, as in MongoDB.'),
  }),
  docs: {
    summary: 'The column of a field is not the name of the field in snake_case.',
    why: `A column that is mapped to something else than its field's name has to be looked up each time. SQL folds what is not quoted
to lower case, so a column with capitals has to be quoted in every query by hand; where nearly all columns are mapped,
\`schema/unmapped-name\` tells of the others, and with \`requireMapping\` this rule does so everywhere else.`,
    bad: `model UserRole {
  id     Int @id
  roleId Int @map("role_identifier")
}`,
    good: `model UserRole {
  id     Int @id
  roleId Int @map("role_id")
}`,
    guards: [
      'Relations, which are no columns; ignored models and fields.',
      'A column without a mapping, as long as `requireMapping` does not ask for one, and where `schema/unmapped-name` speaks of it.',
      'Digits, with or without an underscore before them (`address_line1`, `address_line_1`).',
      'The fields of composite types.',
    ],
  },

  subjects: ({ schema }) => judgedFields(schema).filter(({ kind }) => kind !== 'relation'),
  check: (field, { schema }, { requireMapping, compoundWords, requireUnderscorePrefixForIds }) => {
    const { name, dbName, path, nameSpan } = field;
    const isId = requireUnderscorePrefixForIds && isPrimaryKey(field);
    if (dbName === name && !isId && (!requireMapping || census(schema).columns.isWanted)) return undefined;
    if (dbName === name && !isId && isIn('snake', name.replace(/^_/, ''))) return undefined;
    const wanted = `${isId ? '_' : ''}${inStyle('snake', name, compoundWords)}`;
    if (bare(dbName) === bare(wanted)) return undefined;
    return {
      span: nameSpan,
      message: `The column of \`${path}\` is \`${dbName}\`, and its name in snake_case is \`${wanted}\`.`,
    };
  },
});

/** Whether a digit is a word of its own is nobody's concern. */
function bare(name: string): string {
  return name.replace(/_(?=\d)/g, '');
}

function isPrimaryKey(field: Field): boolean {
  const columns = field.model.primaryKey?.columns ?? [];
  return columns.length === 1 && columns[0]?.field === field;
}
