import {
  defineRule,
  qualifiedName,
  quoteIdentifier,
  type Catalog,
  type Field,
  type Fix,
  type Index,
  type Schema,
} from '@migrate-lint/core';
import { removeIndex } from '../../edits.ts';
import { judgedIndexes } from '../judged.ts';
import { isReferenced } from '../references.ts';
import { deletionMark, isReusable } from '../soft-deletes.ts';

export default defineRule({
  id: 'schema/soft-delete-unique',
  level: 'medium',
  category: 'lifecycle',
  needs: ['schema'],
  uses: ['database'],
  docs: {
    summary: 'A row that is only marked as deleted still blocks a new one.',
    why: `A soft delete leaves the row in the table, and its unique values with it: who deleted an account cannot sign up with the same email,
and a deleted label's name cannot be used again. A partial unique index counts only the rows that are not deleted. Postgres does not take
such an index for \`ON CONFLICT (email)\`, and two rows may have the value now, so the unique
leaves the schema (or gets a \`where\` there, with the preview feature \`partialIndexes\`) and \`findUnique\` becomes
\`findFirst\` with the mark as a filter. The level is medium, because now and then a deleted name is to stay taken.`,
    bad: `model User {
  id        Int       @id
  email     String    @unique
  deletedAt DateTime?
}`,
    good: `// In a migration: CREATE UNIQUE INDEX "User_email_key" ON "User" ("email") WHERE "deletedAt" IS NULL;
model User {
  id        Int       @id
  email     String
  deletedAt DateTime?
}`,
    guards: [
      'A partial unique, in the schema or, where a database is looked at, there (`drift/weak-unique` reports that one), and a unique that holds the mark itself.',
      'What is made up for one row (tokens, hashes, storage keys, generated ids, versions) and ids of other systems, which a new row does not repeat.',
      'One-to-one relations, for which Prisma needs the unique.',
      'A model that is archived or of which a part is deleted (`archivedAt`, `mediaDeletedAt`), and a table of deleted things, where the time is required.',
      'A comment that says that the value stays taken (`reserved`, `never reused`).',
    ],
  },

  subjects: ({ schema }) =>
    judgedIndexes(schema).filter(
      index =>
        index.kind === 'unique' &&
        deletionMark(index.model) !== undefined &&
        !index.model.foreignKeys.some(({ columns }) => isOn(index, columns)),
    ),
  check: (index, { schema, database }) => {
    const { model, span, predicate } = index;
    const mark = deletionMark(model);
    const columns = index.columns.map(({ field }) => field);
    if (!mark || predicate !== undefined || columns.includes(mark) || !isReusable(index, schema)) return undefined;
    if (isPartial(index, database)) return undefined;
    const names = columns.map(({ name }) => name).join(', ');
    const fix = partialUnique(index, mark, schema);
    return {
      span,
      message: `The unique on \`${names}\` counts the rows of \`${model.name}\` that are marked as deleted too, so a new row with the values of such a row is refused.`,
      related: [{ message: 'What marks a row as deleted.', span: mark.span }],
      fix,
    };
  },
});

/** Whether the database has it as a partial index already, which `drift/weak-unique` reports. */
function isPartial({ model, columns }: Index, database?: Catalog): boolean {
  const { dbName, dbSchema = 'public' } = model;
  const table = database?.tables.find(({ name, schema }) => name === dbName && schema === dbSchema);
  const names = columns
    .map(({ field }) => field.dbName)
    .sort()
    .join();
  const same = (table?.indexes ?? []).filter(index => index.unique && [...index.columns].sort().join() === names);
  return same.length > 0 && same.every(({ predicate }) => predicate !== null);
}

function isOn(index: Index, columns: readonly Field[]): boolean {
  return columns.length === index.columns.length && index.columns.every(({ field }) => columns.includes(field));
}

function partialUnique(index: Index, mark: Field, schema: Schema): Fix | undefined {
  const { model, columns, span } = index;
  if (schema.provider !== 'postgresql' || !model.primaryKey) return undefined;
  const mayBeTarget = columns.every(({ field }) => isReferenced(field, schema));
  if (mayBeTarget && schema.foreignKeys.some(({ referencedColumns }) => isOn(index, referencedColumns)))
    return undefined;
  const title = 'Make it unique among the rows that are not deleted (queries by it become `findFirst`)';
  const column = quoteIdentifier(mark.dbName);
  const kept =
    mark.type === 'DateTime' ? `${column} IS NULL` : mark.required ? `NOT ${column}` : `${column} IS NOT TRUE`;
  if (schema.previewFeatures.includes('partialIndexes')) {
    const value = mark.type === 'DateTime' ? 'null' : 'false';
    const isNullable = mark.type === 'Boolean' && !mark.required;
    const where = `where: ${isNullable ? `raw(${JSON.stringify(kept)})` : `{ ${mark.name}: ${value} }`}`;
    const bare = span.end - span.start === '@unique'.length;
    const at = bare ? span.end : span.end - 1;
    const text = bare ? `(${where})` : `, ${where}`;
    return { title, safety: 'unsafe', edits: [{ ...span, start: at, end: at, text }] };
  }
  const names = columns.map(({ field }) => field.dbName);
  const keys = columns.map(({ field, sort }) => quoteIdentifier(field.dbName) + (sort === 'Desc' ? ' DESC' : ''));
  // Postgres cuts names at 63 bytes, and Prisma keeps the ending.
  const name = index.map ?? `${[model.dbName, ...names].join('_').slice(0, 59)}_key`;
  return {
    title,
    // The client loses the unique; the index itself fits all rows that are there.
    safety: 'unsafe',
    edits: removeIndex(index),
    sql:
      `DROP INDEX ${qualifiedName(model.dbSchema, name)};\n` +
      `CREATE UNIQUE INDEX ${quoteIdentifier(name)} ON ${qualifiedName(model.dbSchema, model.dbName)} (${keys.join(', ')}) WHERE ${kept};`,
  };
}
