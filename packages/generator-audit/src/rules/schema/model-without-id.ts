import { defineRule, qualifiedName, quoteIdentifier, type Fix, type Index, type Schema } from '@migrate-lint/core';

export default defineRule({
  id: 'schema/model-without-id',
  level: 'medium',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'A model has no id, so its table has no primary key.',
    why: `Prisma is content with any unique on required columns, the rest of the world asks for a primary key. With logical replication, which
managed databases use for upgrades, read copies and change feeds, Postgres refuses the first UPDATE or DELETE on such a table (“does not
have a replica identity and publishes updates”). The unique is already all that a primary key needs to be.`,
    bad: `model VerificationToken {
  identifier String
  token      String

  @@unique([identifier, token])
}`,
    good: `model VerificationToken {
  identifier String
  token      String

  @@id([identifier, token])
}`,
    guards: [
      'Views, a database view that is written as a model (`/// @view`), and models with `@@ignore`.',
      'MongoDB, where every model has an id, and SQLite and CockroachDB, which give every row one that is hidden.',
    ],
  },

  subjects: ({ schema }) =>
    ['mongodb', 'cockroachdb', 'sqlite'].includes(schema.provider)
      ? []
      : schema.models.filter(({ ignored, documentation }) => !ignored && !/@view\b/.test(documentation)),
  check: ({ name, nameSpan, primaryKey, indexes }, { schema }) => {
    if (primaryKey) return undefined;
    const [unique] = indexes.filter(isKey).sort((one, other) => one.columns.length - other.columns.length);
    const columns = unique?.columns.map(({ field }) => field.name).join(', ') ?? '';
    const has = unique ? `has a unique on \`${columns}\` but no id` : 'has no id';
    const fix = unique && toId(unique, schema);
    const consequence =
      schema.provider === 'postgresql'
        ? 'and once it is in a logical replication Postgres refuses to update or delete its rows'
        : 'by which replication and change feeds tell rows apart';
    return {
      span: nameSpan,
      message: `\`${name}\` ${has}, so its table has no primary key, ${consequence}.`,
      fix,
    };
  },
});

function toId(unique: Index, { provider, foreignKeys }: Schema): Fix | undefined {
  const { model, columns, map, span, path } = unique;
  const referenced = foreignKeys.some(key => columns.every(({ field }) => key.referencedColumns.includes(field)));
  const isPostgres = provider === 'postgresql';
  // Prisma's own script drops the index of the unique, which a foreign key needs, and makes the new one before, under the same `map`.
  if (!isPostgres && (referenced || map !== undefined)) return undefined;
  const at = span.start + (path.includes('@@') ? 2 : 1);
  // Postgres cuts names at 63 bytes, and Prisma keeps the ending.
  const index = map ?? `${[model.dbName, ...columns.map(({ field }) => field.dbName)].join('_').slice(0, 59)}_key`;
  const name = quoteIdentifier(map ?? `${model.dbName.slice(0, 58)}_pkey`);
  const table = qualifiedName(model.dbSchema, model.dbName);
  return {
    title: `Make the unique on \`${columns.map(({ field }) => field.name).join(', ')}\` the id`,
    // The columns are NOT NULL and unique whatever the rows are, the index stays, and the client finds rows by the same names.
    safety: 'safe',
    // `@unique` and `@@unique` take the same arguments as `@id` and `@@id`.
    edits: [{ ...span, start: at, end: at + 'unique'.length, text: 'id' }],
    sql: isPostgres
      ? `ALTER TABLE ${table} ADD CONSTRAINT ${name} PRIMARY KEY USING INDEX ${quoteIdentifier(index)};`
      : undefined,
  };
}

function isKey({ unique, predicate, columns }: Index): boolean {
  return (
    unique &&
    predicate === undefined &&
    columns.every(
      ({ field, sort, length }) => field.required && !field.list && sort === undefined && length === undefined,
    )
  );
}
