import { defineRule } from '@migrate-lint/core';
import * as z from 'zod';
import { judgedFields } from '../judged.ts';
import { fitting, pattern } from '../naming.ts';

export default defineRule({
  id: 'schema/forbidden-field',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    forbid: z.array(pattern).default([]).describe('Names that no field may have, or regular expressions as `"/D6$/"`.'),
  }),
  docs: {
    summary: 'A field has a name that the project does not want.',
    why: `A project settles what things are called (\`uuid\` and not \`id\`, no \`priceD6\`), and a list in the configuration reminds whoever was
not there. It says nothing until the option \`forbid\` is given.`,
    options: { forbid: ['id', '/D6$/'] },
    bad: `model Product {
  id Int @id
}`,
    good: `model Product {
  uuid String @id @db.Uuid
}`,
    guards: [
      'Every field as long as none is forbidden.',
      'Ignored models and fields, and the fields of composite types.',
    ],
  },

  subjects: ({ schema }, { forbid }) => {
    return forbid.length === 0 ? [] : judgedFields(schema);
  },
  check: ({ name, path, nameSpan }, _facts, { forbid }) => {
    const found = fitting(name, forbid);
    if (found === undefined) return undefined;
    const by = String(found) === name ? '' : ` as it fits \`${String(found)}\``;
    return { span: nameSpan, message: `The configuration forbids the name of \`${path}\`${by}.` };
  },
});
