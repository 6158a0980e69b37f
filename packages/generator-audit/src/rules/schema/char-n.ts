import { defineRule, keyStem, mentions, phrases, type Field } from '@migrate-lint/core';
import { scalars } from '../judged.ts';
import { holdsKey, isReferenced } from '../references.ts';
import { madeLength } from '../native-types.ts';

/** Values that all have the same length, so that none is padded. */
const fixedLength = phrases(
  'currency, country, nationality, language, lang, locale, iso, code, hash, digest, sha, sha1, sha256, sha512, md5, checksum',
  'fingerprint, uuid, guid, ulid, cuid, nanoid, hex, color, bic, isbn, issn, ean, gtin, upc, cpf, cnpj, siret, siren, nir',
  'ssn, state, initial, flag, sex, gender, letter, grade, pin, token, secret, key, salt, address hash, tx, blood type',
);
export default defineRule({
  id: 'schema/char-n',
  level: 'low',
  category: 'conventions',
  needs: ['schema'],
  docs: {
    summary: 'A text of varying length is a `char(n)`, which is padded with blanks.',
    why: `Postgres fills a \`char(n)\` up with blanks and stores them. Prisma Client reads \`"abc       "\` and finds it
different from \`"abc"\`; in SQL some functions see the blanks and some do not (\`LIKE '%c'\` finds nothing, \`||\` drops them). It is neither
faster nor smaller than \`varchar(n)\`: the three letters in a \`char(10)\` take 11 bytes.`,
    bad: `model Person {
  id   Int    @id
  name String @db.Char(50)
}`,
    good: `model Person {
  id       Int    @id
  name     String @db.VarChar(50)
  currency String @db.Char(3)
}`,
    guards: [
      'Codes, hashes and ids, whose values all have the same length (`currency`, `countryCode`, `sha256`, `id`), unless Prisma makes shorter ones: a `cuid()` has 25 letters, and in a `Char(36)` it gets 11 blanks.',
      'Up to three characters, which are a code whatever their name (`uf`, `sex`).',
      'Foreign keys, which have to be what the other side is.',
      'Databases other than Postgres.',
    ],
  },

  subjects: ({ schema }) =>
    schema.provider === 'postgresql'
      ? scalars(schema, 'String').filter(({ nativeType }) => nativeType?.name === 'Char')
      : [],
  check: (field, { schema }) => {
    const { nativeType, path, span } = field;
    const length = Number(nativeType?.args[0] ?? 1);
    const made = madeLength(field);
    if (!nativeType || (made >= length && (length <= 3 || isFixed(field)))) return undefined;
    if (holdsKey(field)) return undefined;
    const type = `@db.VarChar(${length})`;
    const what = made < length ? `the ${made} characters of its default` : 'shorter values';
    return {
      span,
      message: `\`${path}\` is filled up with blanks to ${length} characters, so ${what} come back longer than they were written.`,
      // The foreign keys that lead here would have to change with it.
      fix: !isReferenced(field, schema)
        ? // The table is rewritten, and the blanks at the ends are gone.
          { title: `Make it \`${type}\``, safety: 'unsafe', edits: [{ ...nativeType.span, text: type }] }
        : undefined,
    };
  },
});

function isFixed(field: Field): boolean {
  const { name } = field;
  return name === 'id' || keyStem(name) !== undefined || mentions(name, fixedLength) || madeLength(field) !== Infinity;
}
