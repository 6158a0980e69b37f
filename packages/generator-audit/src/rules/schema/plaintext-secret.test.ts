import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './plaintext-secret.ts';

const model = (lines: string | readonly string[], name = 'User'): string =>
  `model ${name} {\n  id Int @id\n  ${[lines].flat().join('\n  ')}\n}\nenum TokenKind {\n  A\n}\n`;

describe('speaks', () => {
  test('of a credential, and says what follows', () => {
    expect(say(rule, model('totpSecret String?'))).toEqual([
      'User.totpSecret: `User.totpSecret` holds a credential and nothing says that it is hashed or encrypted, so whoever reads the table or a backup can use it.',
    ]);
  });
  test.each([
    'totpBackupCodes String[]',
    'recovery_codes Json',
    'accessToken String',
    'refresh_token String? @db.Text',
    'apiKey String @unique',
    'apikey String',
    'stripeSecretKey String',
    'secret String',
    'clientSecret String',
    'webhookSigningSecret String',
    'privateKey Bytes',
    'sessionToken String @unique',
    'resetToken String?',
    'token String @default(uuid())',
    'pin String',
    'cardPin String',
    'ssn String',
    'cvv String',
    'smtpPassword String',
    'password String @default("changeme")',
    'password String @db.VarChar(32)',
    'encryptionKey Bytes',
    '/// not encrypted yet\n  apiSecret String',
  ])('of %s', line => {
    expect(flagged(rule, model(line))).toHaveLength(1);
  });
  test('of the key of an API key', () => {
    expect(flagged(rule, model('key String @unique', 'ApiKey'))).toEqual(['ApiKey.key']);
  });
  test('of a password that goes to another system', () => {
    expect(flagged(rule, model(['host String', 'password String'], 'Mailbox'))).toEqual(['Mailbox.password']);
  });
  test('of every password where it is asked to', () => {
    expect(flagged(rule, model('password String'), { options: { passwords: true } })).toEqual(['User.password']);
  });
});

test.each([
  'passwordHash String',
  'hashedPassword String',
  'refreshTokenHash String',
  'encryptedToken String',
  'encryptedCredentials Json',
  'tokenDigest String',
  'tokenCiphertext Bytes',
  'forgejoTokenEncrypted String',
  'tokenFamily String @unique',
  'tokenType String',
  'token_type String?',
  'tokenCount Int',
  'maxTokens Int',
  'tokens Int',
  'tokenExpiresAt DateTime',
  'resetTokenExpires DateTime',
  'secretRotatedAt DateTime',
  'token TokenKind',
  'passwordResetRequired Boolean',
  'hasPassword Boolean',
  'passwordChangedAt DateTime',
  'password String',
  'password String @db.VarChar(60)',
  'password String @default("")',
  'pinned Boolean',
  'pinCode String',
  'mapPin String',
  'apiKeyId String',
  'accessKeyId String',
  'publicKey String',
  'publicToken String',
  'displaySecretKey String',
  'idempotencyKey String',
  'pushToken String',
  'deviceToken String',
  'id_token String?',
  'csrfToken String',
  'nextPageToken String',
  'tokenUrl String',
  'tokenizer String',
  'secretary String',
  'keyboard String',
  'zipCode String',
  '/// @encrypted\n  totpSecret String',
  'totpBackupCodes String[] /// @hashed',
  'botToken String // Encrypted bot token',
  '// Encrypted credentials\n  host String\n  apiKey String',
  'token String\n  algorithm String',
  'token String\n  previewChars String',
  'secret String\n  @@ignore',
])('is silent with %s', line => {
  expect(flagged(rule, model(line))).toEqual([]);
});

test('the salt of one secret says nothing of another', () => {
  expect(flagged(rule, model(['passwordSalt String', 'totpSecret String']))).toEqual(['User.totpSecret']);
});

test('is silent when the model says it', () => {
  expect(flagged(rule, `/// All values are encrypted.\n${model('secret String')}`)).toEqual([]);
});

test.each([
  ['VerificationToken', ['identifier String', 'token String', 'expires DateTime']],
  ['TwoFactor', ['userId Int', 'secret String', 'backupCodes String']],
  ['Jwks', ['publicKey String', 'privateKey String', 'createdAt DateTime']],
  ['User', ['twoFactorEnabled Boolean', 'twoFactorSecret String?', 'backupCodes String?']],
])('is silent of %s as a library writes it', (name, lines) => {
  expect(flagged(rule, model(lines, name))).toEqual([]);
});

test.each([
  ['MobilePushToken', 'token String'],
  ['ShareLink', 'token String'],
  ['VerifiedDomain', 'verificationToken String'],
  ['Setting', 'key String'],
  ['Coupon', 'code String'],
])('is silent of %s.%s', (name, line) => {
  expect(flagged(rule, model(line, name))).toEqual([]);
});
