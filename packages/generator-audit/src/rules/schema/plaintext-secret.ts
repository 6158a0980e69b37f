import {
  commentsOn,
  defineRule,
  headsProtected,
  isWitness,
  mentions,
  nameKey,
  phrases,
  saysProtected,
  secretKind,
  type Field,
} from '@migrate-lint/core';
import * as z from 'zod';
import { judgedColumns } from '../judged.ts';

/** Values of these types can hold a secret; a number, a date or a Boolean only tells something about one. */
const types: ReadonlySet<string> = new Set(['String', 'Bytes', 'Json']);
/** Where a password is for another system, the application has to send it on and cannot hash it. */
const addresses = phrases('host, hostname, server, port, smtp, imap, proxy, protocol, connection string');
const systems = phrases('smtp, imap, ftp, sftp, db, database, proxy, wifi, ldap, mail, redis, ssh');
/** Tables as libraries make them, by columns that are enough to know them; the library hashes or encrypts what is in them. */
const libraries: readonly (readonly string[])[] = [
  ['identifier', 'token', 'expires'], // Auth.js, verification tokens
  ['secret', 'backupCodes', 'userId'], // Better Auth, second factors
  ['id', 'publicKey', 'privateKey', 'createdAt'], // Better Auth, key pairs
  ['twoFactorEnabled', 'twoFactorSecret', 'backupCodes'], // cal.com, and what was made after it
  ['twoFactorEnabled', 'twoFactorSecret', 'twoFactorBackupCodes'],
].map(columns => columns.map(nameKey));
export default defineRule({
  id: 'schema/plaintext-secret',
  level: 'medium',
  category: 'security',
  needs: ['schema'],
  options: z.object({
    passwords: z
      .boolean()
      .default(false)
      .describe('Also report a `password` that nothing shows to be more than the name of a hash.'),
  }),
  docs: {
    summary: 'A credential is stored as it is.',
    why: `Whoever reads the table, a backup, a replica or a log of slow queries can use it: sign in as the user, pass the second
factor, call the other system. What is only compared (tokens, backup codes, passwords) can be hashed; what has to be used
again (API keys, TOTP secrets, refresh tokens) can be encrypted by the application with a key that is not in the database.
The level is medium, because many projects hash or encrypt in the code under a plain name, and the schema alone cannot tell.
When it is done, say so in the name (\`tokenHash\`, \`encryptedToken\`) or with \`/// @hashed\` or \`/// @encrypted\` on the field or the model.`,
    bad: `model User {
  id              Int      @id
  totpSecret      String?
  totpBackupCodes String[]
}`,
    good: `model User {
  id                   Int      @id
  /// @encrypted
  totpSecret           String?
  totpBackupCodeHashes String[]
}`,
    guards: [
      'Names that say it (`passwordHash`, `encryptedToken`, `tokenCiphertext`, `hashedKey`) and comments that do (`/// @encrypted`, `/// @hashed`, “encrypted with AES”), at the head of the columns too.',
      'Words about a secret: `tokenFamily`, `tokenType`, `tokenCount`, `maxTokens`, `apiKeyId`, `passwordChangedAt`, `tokenExpiresAt`, `publicKey`; and numbers, dates, Booleans, enums and relations.',
      'Tokens that open nothing: push, device, page, share, CSRF and idempotency tokens, `id_token`.',
      'A plain `password`, which most projects use for a hash, unless it is for another system (`smtpPassword`, or a `host` beside it), has a literal default, or is too short for a hash. The option `passwords` reports every one.',
      'A column beside it that would make no sense with the value itself there: `algorithm`, `salt`, `iv`, `preview`, `lastFour`.',
      'Tables that a library is known to write hashed or encrypted: verification tokens of Auth.js, two factors and key pairs of Better Auth.',
    ],
  },

  subjects: ({ schema }) =>
    judgedColumns(schema).filter(
      field =>
        (field.kind === 'unsupported' || field.kind === 'scalar') &&
        types.has(field.type) &&
        secretKind(field.name, field.model.name) !== undefined,
    ),
  check: (field, _facts, { passwords }) => {
    if (isProtected(field)) return undefined;
    if (secretKind(field.name, field.model.name) === 'password' && !passwords && !isPlainPassword(field))
      return undefined;
    return {
      span: field.span,
      message: `\`${field.path}\` holds a credential and nothing says that it is hashed or encrypted, so whoever reads the table or a backup can use it.`,
    };
  },
});

function isProtected(field: Field): boolean {
  const { name, model, list } = field;
  if (saysProtected(commentsOn(field)) || saysProtected(commentsOn(model))) return true;
  const before = model.fields.slice(0, model.fields.indexOf(field));
  if (before.some(other => headsProtected(commentsOn(other)))) return true;
  if (model.columns.some(column => column !== field && isWitness(column.name, name))) return true;
  const names = new Set(model.columns.map(column => nameKey(column.name)));
  const own = nameKey(name);
  return !list && libraries.some(known => known.includes(own) && known.every(column => names.has(column)));
}

function isPlainPassword({ name, model, nativeType, default: value }: Field): boolean {
  const length = Number(nativeType?.args[0]);
  // The shortest hash in use, bcrypt's, has 60 characters.
  if (value?.kind === 'literal' ? value.value !== '' : length < 60) return true;
  return mentions(name, systems) || model.columns.some(column => mentions(column.name, addresses));
}
