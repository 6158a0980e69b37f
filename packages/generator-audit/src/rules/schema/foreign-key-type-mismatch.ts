import { defineRule, type Field, type ForeignKey, type Schema } from '@migrate-lint/core';
import { replaceType } from '../../edits.ts';
import { attributeOf, familyOf, madeLength, typeOf } from '../native-types.ts';

export default defineRule({
  id: 'schema/foreign-key-type-mismatch',
  level: 'high',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'A foreign key has another database type than the key that it refers to.',
    why: `Prisma only compares the types of its own: a \`String @db.Uuid\` and a \`String\` are both a String. The database is
stricter. Postgres and CockroachDB refuse a foreign key between \`uuid\` and \`text\`, so the migration fails on the deploy;
without foreign keys (\`relationMode = "prisma"\`) the joins fail instead. MySQL refuses integers of another size or sign, SQL
Server any other type or length. Where the foreign key is accepted and its column is the shorter one, every row whose key is
longer can never be referred to.`,
    bad: `model User {
  id    String @id @default(uuid()) @db.Uuid
  posts Post[]
}

model Post {
  id       String @id @default(uuid()) @db.Uuid
  author   User   @relation(fields: [authorId], references: [id])
  authorId String
}`,
    good: `model User {
  id    String @id @default(uuid()) @db.Uuid
  posts Post[]
}

model Post {
  id       String @id @default(uuid()) @db.Uuid
  author   User   @relation(fields: [authorId], references: [id])
  authorId String @db.Uuid
}`,
    guards: [
      'Texts that hold at least what the key holds: `@db.Text` beside `@db.VarChar(36)`, `@db.Char(36)` beside `@db.VarChar(36)`.',
      'A shorter text that is long enough for the ids that Prisma makes: `@db.VarChar(36)` for a key with `@default(uuid())`.',
      'A larger integer for a smaller key, except on MySQL and SQL Server, which want the same.',
      'Dates and times, which compare across their types; SQLite, which has no native types.',
    ],
  },

  subjects: ({ schema }) => (schema.provider === 'sqlite' ? [] : schema.foreignKeys.filter(isJudged)),
  check: ({ columns, referencedColumns, span }, { schema }) => {
    const pairs = columns.flatMap((column, at) => {
      const key = referencedColumns[at];
      if (!key) return [];
      const problem = conflict(column, key, schema);
      return problem === undefined ? [] : [{ column, key, problem }];
    });
    const [first] = pairs;
    if (!first) return undefined;
    const { column, key, problem } = first;
    return {
      span,
      message: `\`${column.path}\` is \`${typeOf(column, schema.provider)}\` and refers to \`${key.path}\`, which is \`${typeOf(key, schema.provider)}\`, so ${problem}.`,
      related: [
        { message: 'The column.', span: column.span },
        { message: 'The key.', span: key.span },
      ],
      fix: {
        title: `Give \`${column.path}\` the type of \`${key.path}\``,
        // A longer text takes all that there is; other values may be none of the new type, and then the migration stops.
        safety: pairs.every(({ problem }) => problem.includes('characters')) ? 'safe' : 'unsafe',
        edits: pairs.flatMap(({ column, key }) => replaceType(column, column.type, attributeOf(key))),
      },
    };
  },
});

function isJudged({ model, referencedModel }: ForeignKey): boolean {
  return !model.ignored && !referencedModel.ignored;
}

/** What goes wrong between the two columns, or undefined. */
function conflict(column: Field, key: Field, { provider, relationMode }: Schema): string | undefined {
  const own = typeOf(column, provider);
  const other = typeOf(key, provider);
  if (provider === 'mongodb') {
    const objects = [own, other].filter(type => type === 'ObjectId').length;
    return objects === 1 ? 'the two are never equal and the relation finds nothing' : undefined;
  }
  const [family, size] = familyOf(own);
  const [otherFamily, otherSize] = familyOf(other);
  const strict = provider === 'sqlserver' || (provider === 'mysql' && family === 'integer');
  if (family !== otherFamily || (strict && own !== other))
    return `the database refuses ${relationMode === 'prisma' ? 'to join them' : 'the foreign key'}`;
  if (size >= Math.min(otherSize, madeLength(key))) return undefined;
  return family === 'text'
    ? `no key of more than ${String(size)} characters can be referred to`
    : 'no key above its range can be referred to';
}
