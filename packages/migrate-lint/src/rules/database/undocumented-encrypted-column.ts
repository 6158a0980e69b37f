import { defineRule, fieldOf, mentions, phrases, saysProtected, type Column, type Schema } from '@migrate-lint/core';
import { code } from '../places.ts';
import { isJoinTable, ownTables } from '../scope.ts';

/** What a column calls itself that holds no clear text. */
const sealed = phrases('encrypted, cipher, ciphertext, cyphertext, sealed, enc');
/** What stands beside such a column and tells of it. */
const about = phrases('at, by, is, has, version, algorithm, alg, key id, count, status, type, share');

export default defineRule({
  id: 'database/undocumented-encrypted-column',
  level: 'low',
  category: 'security',
  optIn: true,
  needs: ['database'],
  uses: ['schema', 'comparison'],
  docs: {
    summary: 'A column that by its name is encrypted has no comment that says so.',
    why: `Nothing in the database keeps anybody from writing clear text into \`encrypted_value\`, or from logging what comes out of it. A comment that says
how it is encrypted and who may read it is seen in every tool that shows the table. It changes no behaviour, so the rule is off in the
preset \`recommended\`.`,
    bad: `CREATE TABLE "credentials" ("id" bigint PRIMARY KEY, "encrypted_value" text NOT NULL);`,
    good: `CREATE TABLE "credentials" ("id" bigint PRIMARY KEY, "encrypted_value" text NOT NULL);
COMMENT ON COLUMN "credentials"."encrypted_value" IS 'Encrypted with AES-256-GCM; read it through the vault service only';`,
    guards: [
      'A comment of the field in the schema, `//` or `///`, or one on the table or the model that says what is encrypted.',
      'What is told of the encryption: `encrypted_at`, `is_encrypted`, `cipher_version`, and columns that hold no text or bytes.',
    ],
  },

  subjects: scope =>
    ownTables(scope)
      .filter(table => !isJoinTable(table))
      .flatMap(({ columns }) => columns.filter(isSealed)),
  check: (column, { schema }) => {
    if (isDocumented(column, schema)) return undefined;
    const field = fieldOf(schema, column);
    return {
      span: field?.nameSpan ?? column.span,
      message: `${code(column.path)} has no comment that says how it is encrypted, so clear text in it and a log of it look right to everybody.`,
      fix: {
        title: field
          ? 'Say in a `///` comment how it is encrypted, and who may read it'
          : `Say with COMMENT ON COLUMN how ${code(column.path)} is encrypted, and who may read it`,
        safety: 'safe',
      },
    };
  },
});

function isSealed({ name, type }: Column): boolean {
  return /^(?:text|character|bytea|jsonb?)/.test(type) && mentions(name, sealed) && !mentions(name, about);
}

function isDocumented(column: Column, schema: Schema | undefined): boolean {
  const field = fieldOf(schema, column);
  const own = [column.comment, field?.documentation, field?.comment].join('');
  const heading = [column.table.comment, field?.model.documentation, field?.model.comment].join('\n');
  return own.trim() !== '' || saysProtected(heading);
}
