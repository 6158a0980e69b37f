import { defineRule, flatMap, keyStem, type NativeType, type Provider } from '@migrate-lint/core';
import * as z from 'zod';
import { scalars } from '../judged.ts';

const unbounded = new Set(['Text', 'NText', 'TinyText', 'MediumText', 'LongText', 'Citext', 'Xml']);

export default defineRule({
  id: 'schema/unbounded-text',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    allowText: z
      .boolean()
      .default(false)
      .describe(
        'Accept a type without a limit where it is said, such as `@db.Text`, so that only a bare String is a finding.',
      ),
  }),
  docs: {
    summary: 'A text has no limit on its length.',
    why: `What a form or an API does not limit, the database takes: megabytes in a name, which every list then loads. A limit in the type
holds for every client. This is a policy; in Postgres a limit in a type is hard to change, and a project that would rather have a CHECK turns
on \`schema/varchar-n\` instead.`,
    bad: `model Person {
  id   Int    @id
  name String
}`,
    good: `model Person {
  id   Int    @id
  name String @db.VarChar(200)
}`,
    guards: [
      'Ids and foreign keys, and what has a generated default: nobody types them.',
      'MySQL and SQL Server, where a String without a native type is `varchar(191)` and `nvarchar(1000)`; a type without a limit is a finding there too.',
      'SQLite and MongoDB, which have no limits.',
    ],
  },

  subjects: ({ schema }) => {
    if (schema.provider === 'sqlite' || schema.provider === 'mongodb') return [];
    const keys = new Set(flatMap(schema.foreignKeys, ({ columns }) => columns));
    return scalars(schema, 'String').filter(
      field =>
        !keys.has(field) &&
        field.name !== 'id' &&
        keyStem(field.name) === undefined &&
        field.default?.kind !== 'function',
    );
  },
  check: ({ nativeType, path, span }, { schema }, { allowText }) => {
    const limited = schema.provider === 'mysql' || schema.provider === 'sqlserver';
    if (!nativeType && limited) return undefined;
    const said =
      nativeType &&
      (unbounded.has(nativeType.name) || nativeType.args[0] === 'Max' || isOpen(nativeType, schema.provider));
    if (nativeType && (!said || allowText)) return undefined;
    return { span, message: `\`${path}\` has no limit on its length, so the database takes whatever a client sends.` };
  },
});

/** A varchar without a length is a text on Postgres and CockroachDB, and one character on SQL Server. */
function isOpen({ name, args }: NativeType, provider: Provider): boolean {
  return (name === 'VarChar' || name === 'String') && args.length === 0 && provider !== 'sqlserver';
}
