import { defineRule, type Catalog, type Field, type Fix, type Index } from '@migrate-lint/core';
import * as z from 'zod';
import { judgedIndexes } from '../judged.ts';
import { isLong } from '../long-texts.ts';

/** Bytes that nothing compresses, alone in an index (measured on Postgres 15: an entry may have 2,704). */
const limit = 2692;

export default defineRule({
  id: 'schema/index-on-unbounded-text',
  level: 'high',
  category: 'integrity',
  needs: ['schema'],
  uses: ['database'],
  options: z.object({
    columns: z
      .array(z.string())
      .default([])
      .describe('Further names, or last words of names, of columns that hold long text, such as `lyrics`.'),
  }),
  docs: {
    summary: 'An index is on a text that may be too long for it, and then the INSERT fails.',
    why: `An entry of a B-tree has at most 2,704 bytes. A longer one is refused, and the row with it: “index row size 3016 exceeds
btree version 4 maximum 2704”. Postgres compresses first: measured, of English prose 3,800 to 5,600 letters fit, of letters at random, as in
addresses, tokens and hashes, 2,692, and of Chinese characters at random 897. So it works in every test, and fails on the one long value
in production, as in icoretech/airbroke#6 (an \`upsert\` by a unique on \`message\`) and mastodon/mastodon#18965 (the address of a preview).
A Hash index has no such limit and answers equality; a unique belongs on a hash of the value in a column of its own; for searching in
text there is Gin.`,
    bad: `model ErrorLog {
  id      Int    @id
  message String

  @@index([message])
}`,
    good: `model ErrorLog {
  id      Int    @id
  message String

  @@index([message], type: Hash)
}`,
    guards: [
      'Hash, Gin, Gist and Brin indexes, and a partial index with a condition on the length.',
      '`@db.VarChar(n)` up to 2,692. With a larger `n` every column is judged, whatever its name.',
      'An address that the project makes or configures itself (`Team.url`, `websiteUrl`, `webhookUrl`); one that comes from outside (`Click.url`, `sourceUrl`) is judged.',
      'Tags, roles, categories and other lookup tables, keys of relations, generated values, and a comment or, where a database is looked at, a CHECK that tells a limit.',
      'Other databases: MySQL makes `varchar(191)` of a String and asks for a prefix length where it is longer.',
    ],
  },

  subjects: ({ schema }) =>
    schema.provider === 'postgresql' ? judgedIndexes(schema).filter(({ type }) => type === 'BTree') : [],
  check: (index, { database }, { columns: further }) => {
    if (/length\s*\(/i.test(index.predicate ?? '')) return undefined;
    const field = index.columns.map(column => column.field).find(column => mayBeTooLong(column, further));
    if (!field || isChecked(field, database)) return undefined;
    const characters = field.nativeType?.args[0];
    const fix = toHash(index);
    return {
      span: index.span,
      // Beside other columns it is mostly the key of a cache or a list, whose values the code keeps short.
      level: index.columns.length > 1 ? 'medium' : undefined,
      message:
        `\`${field.path}\` ${characters === undefined ? 'has no limit in the database' : `may have ${characters} characters`}, and a value that has more than ` +
        `2,692 bytes after compression makes the INSERT fail, because the ${index.unique ? 'unique' : 'index'} takes no more.`,
      fix,
    };
  },
});

function mayBeTooLong(field: Field, further: readonly string[]): boolean {
  const { type, kind, list, nativeType, model } = field;
  if (type !== 'String' || kind !== 'scalar' || list || field.default?.kind === 'function') return false;
  if (model.foreignKeys.some(({ columns }) => columns.includes(field))) return false;
  const characters = nativeType?.name === 'VarChar' ? nativeType.args[0] : undefined;
  if (characters !== undefined) return Number(characters) > limit;
  if (nativeType && !['Text', 'Citext', 'VarChar'].includes(nativeType.name)) return false;
  return isLong(field, further);
}

/** Whether a CHECK in the database limits the length. */
function isChecked({ dbName, model }: Field, database?: Catalog): boolean {
  const { dbName: name, dbSchema = 'public' } = model;
  const table = database?.tables.find(other => other.name === name && other.schema === dbSchema);
  return (table?.checks ?? []).some(
    ({ definition }) => /length\s*\(/i.test(definition) && definition.split(/\W+/).includes(dbName),
  );
}

function toHash({ kind, columns, predicate, map, span }: Index): Fix | undefined {
  const [only] = columns;
  if (!only || kind !== 'index' || columns.length > 1 || predicate !== undefined || only.operatorClass || only.sort)
    return undefined;
  const name = map === undefined ? '' : `, map: ${JSON.stringify(map)}`;
  return {
    title: 'Make it a Hash index, which keeps no more of the value than its hash',
    // It answers equality, and neither ORDER BY nor ranges nor beginnings of the text.
    safety: 'unsafe',
    edits: [{ ...span, text: `@@index([${only.field.name}]${name}, type: Hash)` }],
  };
}
