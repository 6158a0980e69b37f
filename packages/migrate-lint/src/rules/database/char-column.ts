import { defineRule, keyStem, mentions, phrases, type Catalog, type Column } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { canRetype, retype } from '../../edits/retype.ts';
import { code } from '../places.ts';
import { ownColumns } from '../scope.ts';

/** Values of one length each: nothing is ever padded. */
const fixed = phrases(
  'currency, country, nationality, language, lang, locale, iso, code, hash, digest, sha, sha1, sha256, sha512, md5, checksum',
  'fingerprint, uuid, guid, ulid, cuid, nanoid, hex, color, bic, iban, isbn, issn, ean, gtin, upc, vin, isin, lei, ssn, state',
  'province, initial, flag, sex, gender, letter, grade, pin, token, secret, key, salt, tx, blood type',
);

export default defineRule({
  id: 'database/char-column',
  level: 'low',
  category: 'integrity',
  needs: ['database'],
  uses: ['schema', 'comparison'],
  docs: {
    summary: 'A column that no model has is `char(n)`, which pads with blanks.',
    why: `A shorter value is filled up with blanks, and comes back to the client with them. Comparisons within \`char\` do not see them, LIKE, regular
expressions and comparisons with \`text\` do. It takes no less room than \`varchar(n)\`. The surprise is small, so the level is low.`,
    bad: `CREATE TABLE "products" ("id" bigint PRIMARY KEY, "label" char(20) NOT NULL);`,
    good: `CREATE TABLE "products" ("id" bigint PRIMARY KEY, "label" varchar(20) NOT NULL);`,
    guards: [
      'A column of a model: `schema/char-n`.',
      'Codes of one length, which are never padded: one character, countries, currencies, languages, hashes, ids (`country char(2)`, `sha256 char(64)`).',
      'Foreign keys and the columns that they refer to, which have to be what the other side is.',
      'A CHECK on the length of the column.',
    ],
  },

  subjects: scope => ownColumns(scope).filter(({ type }) => /^character(?:\(| varying|$)/.test(type)),
  check: (column, { database }) => {
    const { type, path, span } = column;
    const length = /^character\((\d+)\)/.exec(type)?.[1];
    if (length === undefined || length === '1' || hasOneLength(column) || isTied(column, database)) return undefined;
    const varying = type.replace('character', 'character varying');
    const title = `Make it ${code(`varchar(${length})`)}`;
    return {
      span,
      message: `${code(path)} is ${code(`char(${length})`)}, so shorter values are filled up with blanks that come back with them.`,
      // The blanks of the values that are there go, and the table is rewritten.
      fix: canRetype(column, database)
        ? sqlFix(title, 'unsafe', [retype(column, varying)])
        : { title: `${title}, with what reads it out of the way`, safety: 'unsafe' },
    };
  },
});

function hasOneLength({ name, table }: Column): boolean {
  const isMeasured = ({ definition }: { definition: string }): boolean =>
    definition.includes('length(') && definition.includes(name);
  return name === 'id' || keyStem(name) !== undefined || mentions(name, fixed) || table.checks.some(isMeasured);
}

function isTied({ name, table }: Column, { foreignKeys }: Catalog): boolean {
  return foreignKeys.some(
    key =>
      (key.table === table && key.columns.includes(name)) ||
      (key.referencedTable === table.path && key.referencedColumns.includes(name)),
  );
}
