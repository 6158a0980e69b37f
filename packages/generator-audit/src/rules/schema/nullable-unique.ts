import {
  defineRule,
  phrases,
  keyStem,
  mentions,
  qualifiedName,
  quoteIdentifier,
  type Field,
  type Fix,
  type Index,
} from '@migrate-lint/core';
import { judgedIndexes } from '../judged.ts';

/** Names of what a row may lack by right: where it is NULL, there is nothing to be unique. */
const identifiers = phrases(
  'external, provider, idempotency, dedup, dedupe, deduplication, slug, email, phone, username, handle, sku',
  'barcode, code, number, hash, token, key, url, domain, alias, reference',
);
/** Who gave the id; where this is required, the id should be too. */
const systems = phrases('provider, vendor, issuer, platform');

export default defineRule({
  id: 'schema/nullable-unique',
  level: 'medium',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'A compound unique does not hold for rows in which an optional column is NULL.',
    why: `To a unique, NULL is different from every other NULL. Two rows that agree in all other columns are not duplicates as
long as one optional column is NULL, however many there are, and an \`upsert\` adds one more each time. Postgres 15 can
treat NULLs as equal (\`NULLS NOT DISTINCT\`), other databases need a partial unique index for the rows with NULL. The
level is medium, because now and then many such rows are wanted.`,
    bad: `model Label {
  id       Int     @id
  name     String
  parentId Int?
  parent   Label?  @relation("tree", fields: [parentId], references: [id])
  children Label[] @relation("tree")

  @@unique([parentId, name])
}`,
    good: `model Label {
  id       Int     @id
  name     String
  parentId Int
  parent   Label   @relation("tree", fields: [parentId], references: [id])
  children Label[] @relation("tree")

  @@unique([parentId, name])
}`,
    guards: [
      'An optional identifier of the row itself (`slug`, `externalId`, `idempotencyKey`): NULL means that it has none. An id beside the required name of the system that gave it (`provider`, `providerAccountId`) speaks all the same.',
      'A partial unique.',
      'A model with another unique on required columns, some of them the same, which keeps the rows with NULL apart, and two uniques that differ only in which optional column they have (`[chatId, userId]`, `[chatId, botId]`).',
      'A unique whose columns are all optional.',
      'SQL Server and MongoDB, to which NULLs are equal.',
    ],
  },

  subjects: ({ schema }) => {
    if (schema.provider === 'sqlserver' || schema.provider === 'mongodb') return [];
    return judgedIndexes(schema).filter(
      ({ kind, columns, predicate }) => kind === 'unique' && columns.length > 1 && predicate === undefined,
    );
  },
  check: (index, { schema }) => {
    const columns = index.columns.map(({ field }) => field);
    const optional = columns.filter(column => !column.required && !column.list && !mayBeMissing(column, columns));
    if (optional.length === 0 || !columns.some(isRequired)) return undefined;
    if (index.model.indexes.some(other => other !== index && settles(other, index))) return undefined;
    const names = optional.map(column => `\`${column.name}\``).join(' or ');
    const rest = columns.filter(column => !optional.includes(column)).map(column => `\`${column.name}\``);
    // Where an id is missing from its system's rows, it should be required; many rows may have none by right.
    const wanted = optional.some(column => keyStem(column.name) && isLoose(column));
    const fix = schema.provider === 'postgresql' && !wanted ? nullsNotDistinct(index) : undefined;
    return {
      span: index.span,
      message: `Any number of rows of \`${index.model.name}\` with NULL in ${names} may repeat the same ${rest.join(', ')}, because a unique never sees two NULLs as equal.`,
      fix,
    };
  },
});

/** Whether another unique keeps the rows with NULL apart, or shows that NULL is the other of two choices. */
function settles(other: Index, index: Index): boolean {
  if (other.kind !== 'unique' || other.predicate !== undefined) return false;
  const columns = other.columns.map(({ field }) => field);
  const required = index.columns.map(({ field }) => field).filter(isRequired);
  if (columns.every(isRequired)) return columns.some(field => required.includes(field));
  return columns.length === index.columns.length && required.every(field => columns.includes(field));
}

function isRequired({ required, list }: Field): boolean {
  return required || list;
}

function mayBeMissing(column: Field, columns: readonly Field[]): boolean {
  if (column.type !== 'String' || !isLoose(column)) return false;
  if (columns.some(({ name, required }) => required && mentions(name, systems))) return false;
  return keyStem(column.name) !== undefined || mentions(column.name, identifiers);
}

function isLoose(column: Field): boolean {
  return !column.model.foreignKeys.some(key => key.columns.includes(column));
}

function nullsNotDistinct({ model, columns, map }: Index): Fix {
  const names = columns.map(({ field }) => field.dbName);
  // Postgres cuts names at 63 bytes, and Prisma keeps the ending.
  const name = map ?? `${[model.dbName, ...names].join('_').slice(0, 59)}_key`;
  const keys = columns.map(({ field, sort }) => quoteIdentifier(field.dbName) + (sort === 'Desc' ? ' DESC' : ''));
  return {
    title: 'Treat NULLs as equal (Postgres 15 and later)',
    // It fails while there are rows that are duplicates by the new reading.
    safety: 'unsafe',
    sql:
      `DROP INDEX ${qualifiedName(model.dbSchema, name)};\n` +
      `CREATE UNIQUE INDEX ${quoteIdentifier(name)} ON ${qualifiedName(model.dbSchema, model.dbName)} (${keys.join(', ')}) NULLS NOT DISTINCT;`,
  };
}
