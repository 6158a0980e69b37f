import { defineRule, qualifiedName, quoteIdentifier, type Field } from '@migrate-lint/core';
import { scalars } from '../judged.ts';
import { holdsKey, isReferenced } from '../references.ts';

export default defineRule({
  id: 'schema/varchar-n',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  docs: {
    summary: 'A text has its limit in the type, where it is hard to change.',
    why: `In Postgres \`varchar(n)\` is stored as \`text\` is, and is no faster. To make the limit smaller, or to make it depend on
something, the type of the column has to change, which rewrites the table under an ACCESS EXCLUSIVE lock; a CHECK can be exchanged
without. A project that prefers limits in types turns on \`schema/unbounded-text\` instead: the two are opposite policies.`,
    bad: `model Person {
  id   Int    @id
  name String @db.VarChar(50)
}`,
    good: `model Person {
  id   Int    @id
  name String
}`,
    guards: [
      '`@db.VarChar` without a length.',
      'Foreign keys, which have to be what the other side is.',
      'Databases other than Postgres.',
    ],
  },

  subjects: ({ schema }) => (schema.provider === 'postgresql' ? scalars(schema, 'String') : []),
  check: (field, { schema }) => {
    const { nativeType, path, span } = field;
    const length = nativeType?.args[0];
    if (nativeType?.name !== 'VarChar' || length === undefined) return undefined;
    if (holdsKey(field)) return undefined;
    return {
      span,
      message: `\`${path}\` has its limit of ${length} characters in the type, so a smaller one rewrites the table, where a CHECK could be exchanged.`,
      fix: !isReferenced(field, schema)
        ? {
            title: field.list ? 'Make it `@db.Text`' : 'Make it `@db.Text`, with the limit in a CHECK',
            // A client that caught the error of the type gets the one of the CHECK; a list loses its limit.
            safety: 'unsafe',
            edits: [{ ...nativeType.span, text: '@db.Text' }],
            sql: field.list ? undefined : limitByCheck(field, length),
          }
        : undefined,
    };
  },
});

function limitByCheck({ model, dbName }: Field, length: string): string {
  const table = qualifiedName(model.dbSchema, model.dbName);
  const column = quoteIdentifier(dbName);
  // Postgres cuts names at 63 bytes.
  const name = quoteIdentifier(`${`${model.dbName}_${dbName}`.slice(0, 52)}_length`);
  const condition = `char_length(${column}) <= ${length}`;
  return [
    `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE text;`,
    // A name may hold a line end, which would end the comment.
    `-- Rows that break it: SELECT * FROM ${table} WHERE NOT (${condition});`.replace(/[\n\r]+/g, ' '),
    `ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${condition}) NOT VALID;`,
    `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name};`,
  ].join('\n');
}
