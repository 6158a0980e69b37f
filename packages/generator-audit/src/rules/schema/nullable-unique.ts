import { defineRule, mentions, qualifiedName, quoteIdentifier, words, type Field, type Fix, type Index } from '@migrate-lint/core';

/** Names of what a row may lack by right: where it is NULL, there is nothing to be unique. */
const identifiers = [
  ...['external', 'provider', 'idempotency', 'dedup', 'dedupe', 'deduplication', 'slug', 'email', 'phone', 'username'],
  ...['handle', 'sku', 'barcode', 'code', 'number', 'hash', 'token', 'key', 'url', 'domain', 'alias', 'reference'],
];

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
      "An optional identifier of the row itself (`slug`, `externalId`, `idempotencyKey`): NULL means that it has none. `provider` as a required column beside an optional `providerAccountId` speaks all the same.",
      'A partial unique, and one whose required columns are unique by themselves.',
      'SQL Server and MongoDB, to which NULLs are equal.',
    ],
  },

  subjects: ({ schema }) => {
    if (schema.provider === 'sqlserver' || schema.provider === 'mongodb') return [];
    return schema.indexes.filter(
      ({ kind, columns, predicate, model }) =>
        kind === 'unique' && columns.length > 1 && predicate === undefined && !model.ignored,
    );
  },
  check: (index, { schema }) => {
    if (index.model.indexes.some(other => other.unique && holdsAlone(other, index))) return undefined;
    const columns = index.columns.map(({ field }) => field);
    const optional = columns.filter(column => !column.required && !column.list && !mayBeMissing(column, columns));
    if (optional.length === 0) return undefined;
    const names = optional.map(column => `\`${column.name}\``).join(' or ');
    const rest = columns.filter(column => !optional.includes(column)).map(column => `\`${column.name}\``);
    const repeated = rest.length > 0 ? `may repeat the same ${rest.join(', ')}` : 'may be the same';
    const fix = schema.provider === 'postgresql' ? nullsNotDistinct(index) : undefined;
    return {
      span: index.span,
      message: `Any number of rows of \`${index.model.name}\` with NULL in ${names} ${repeated}, because a unique never sees two NULLs as equal.`,
      ...(fix && { fix }),
    };
  },
});

/** Whether no two rows can agree in the required columns of `index` anyway. */
function holdsAlone(other: Index, index: Index): boolean {
  const columns = index.columns.map(({ field }) => field);
  return (
    other.predicate === undefined && other.columns.every(({ field }) => field.required && columns.includes(field))
  );
}

function mayBeMissing(column: Field, columns: readonly Field[]): boolean {
  if (column.type !== 'String' || column.model.foreignKeys.some(key => key.columns.includes(column))) return false;
  const [first = ''] = words(column.name);
  const system = columns.some(other => other.required && words(other.name).join() === first);
  return mentions(column.name, identifiers) && !system;
}

function nullsNotDistinct({ model, columns, map }: Index): Fix {
  const names = columns.map(({ field }) => field.dbName);
  const suffix = '_key';
  const name = map ?? [model.dbName, ...names].join('_').slice(0, 63 - suffix.length) + suffix;
  const table = qualifiedName(model.dbSchema, model.dbName);
  const keys = columns.map(({ field, sort }) => quoteIdentifier(field.dbName) + (sort === 'Desc' ? ' DESC' : ''));
  return {
    title: 'Treat NULLs as equal (Postgres 15 and later)',
    // It fails while there are rows that are duplicates by the new reading.
    safety: 'unsafe',
    sql:
      `DROP INDEX ${qualifiedName(model.dbSchema, name)};\n` +
      `CREATE UNIQUE INDEX ${quoteIdentifier(name)} ON ${table} (${keys.join(', ')}) NULLS NOT DISTINCT;`,
  };
}
