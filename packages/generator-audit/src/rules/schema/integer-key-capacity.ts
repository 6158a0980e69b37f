import { defineRule, qualifiedName, quoteIdentifier, type Edit, type Field, type ForeignKey } from '@migrate-lint/core';
import * as z from 'zod';
import { replaceType } from '../../edits.ts';
import { growsByTheEvent } from '../growing-models.ts';
import { judgedColumns } from '../judged.ts';

const capacities: Readonly<Record<string, number>> = {
  TinyInt: 127,
  SmallInt: 32_767,
  Int2: 32_767,
  UnsignedTinyInt: 255,
  UnsignedSmallInt: 65_535,
  MediumInt: 8_388_607,
  UnsignedMediumInt: 16_777_215,
  UnsignedInt: 4_294_967_295,
};

export default defineRule({
  id: 'schema/integer-key-capacity',
  level: 'low',
  category: 'lifecycle',
  needs: ['schema'],
  options: z.object({
    models: z
      .enum(['growing', 'all'])
      .default('growing')
      .describe(
        '`growing` judges models that get a row for each event by their name, `all` every model with such a key.',
      ),
  }),
  docs: {
    summary: 'The numbers of a key run out at 2,147,483,647.',
    why: `An \`Int\` with \`autoincrement()\` has 32 bits. When the sequence is at its end, every INSERT fails (“reached maximum value
of sequence”). Numbers are used up faster than rows: an \`upsert\` that finds its row takes one too, and so does an INSERT that fails or
is rolled back. Changing the type then rewrites the table and all that refer to it under an ACCESS EXCLUSIVE lock, and the client hands
out a \`bigint\`. It is cheap as long as the table is small.`,
    bad: `model PageView {
  id  Int    @id @default(autoincrement())
  url String
}`,
    good: `model PageView {
  id  BigInt @id @default(autoincrement())
  url String
}`,
    guards: [
      'Models that people fill by hand (`User`, `Country`, `EventType`), unless their key has fewer than 32 bits.',
      'SQLite, where the key has 64 bits, and MongoDB.',
    ],
  },

  subjects: ({ schema }) =>
    schema.provider === 'sqlite' || schema.provider === 'mongodb'
      ? []
      : judgedColumns(schema).filter(({ default: made }) => made?.kind === 'function' && isCounter(made)),
  check: (field, { schema }, { models }) => {
    const { model, path, span, type } = field;
    const capacity = capacities[field.nativeType?.name ?? ''] ?? 2_147_483_647;
    if (type !== 'Int' || (capacity > 1e9 && models === 'growing' && !growsByTheEvent(model.name))) return undefined;
    const columns = withReferences(field, schema.foreignKeys);
    return {
      span,
      message: `The numbers of \`${path}\` end at ${capacity.toLocaleString('en')}, and then every INSERT into \`${model.name}\` fails.`,
      fix: {
        title: 'Make it a BigInt, with the columns that refer to it',
        // The tables are rewritten, and the client hands out a bigint, which JSON.stringify refuses.
        safety: 'unsafe',
        edits: columns.flatMap(widen),
        sql: schema.provider === 'postgresql' ? alterTypes(columns) : undefined,
      },
    };
  },
});

function isCounter({ name }: { readonly name: string }): boolean {
  return name === 'autoincrement' || name === 'sequence';
}

/** A foreign key has to be of the type of the other side, and may be a key itself. */
function withReferences(field: Field, foreignKeys: readonly ForeignKey[]): readonly [Field, ...Field[]] {
  const found: [Field, ...Field[]] = [field];
  for (const target of found)
    for (const { columns, referencedColumns } of foreignKeys) {
      const column = columns[referencedColumns.indexOf(target)];
      if (column && !found.includes(column)) found.push(column);
    }
  return found;
}

function widen(field: Field): readonly Edit[] {
  return replaceType(field, 'BigInt', field.nativeType?.name.startsWith('Unsigned') ? '@db.UnsignedBigInt' : undefined);
}

/**
 * Prisma's own script says `SET DATA TYPE BIGSERIAL`, which is no type to Postgres; and the sequence keeps the end of the old type.
 */
function alterTypes(columns: readonly [Field, ...Field[]]): string {
  const [{ model, dbName }] = columns;
  const sequence = qualifiedName(model.dbSchema, `${model.dbName}_${dbName}_seq`);
  const types = columns.map(column => {
    const table = qualifiedName(column.model.dbSchema, column.model.dbName);
    return `ALTER TABLE ${table} ALTER COLUMN ${quoteIdentifier(column.dbName)} TYPE bigint;`;
  });
  return [...types, `ALTER SEQUENCE ${sequence} AS bigint;`].join('\n');
}
