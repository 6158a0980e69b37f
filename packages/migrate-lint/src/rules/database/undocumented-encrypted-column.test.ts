import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './undocumented-encrypted-column.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const table = (columns: string, name = 'credentials'): string =>
  `CREATE TABLE "${name}" ("id" bigint PRIMARY KEY, ${columns});`;
const value = table('"encrypted_value" text NOT NULL');

test.each([
  ['a comment on the column', `${value} COMMENT ON COLUMN "credentials"."encrypted_value" IS 'AES-256-GCM';`],
  [
    'a comment on the table that says so',
    `${value} COMMENT ON TABLE "credentials" IS 'Values are encrypted by the vault';`,
  ],
  [
    'what is told of it',
    table('"encrypted_at" timestamptz, "is_encrypted" boolean, "cipher_version" text, "encrypted_by" text'),
  ],
  ['columns that hold clear text', table('"value" text, "token" text')],
])('is silent on %s', async (_, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('accepts a comment of the schema', async () => {
  const schema = (comment: string): string =>
    `model credentials {\n  id BigInt @id\n  ${comment}\n  encrypted_value String\n}\n`;
  expect(await database.flagged(value, { schema: schema('/// AES-256-GCM') })).toEqual([]);
  expect(await database.flagged(value, { schema: schema('// AES-256-GCM') })).toEqual([]);
  expect(await database.findings(value, { schema: schema('') })).toMatchObject([
    { subject: 'credentials.encrypted_value', location: { file: 'prisma/schema.prisma', line: 4 } },
  ]);
});

test.each(['"encrypted_value" text', '"token_cipher" bytea', '"ciphertext" jsonb', '"api_key_enc" varchar(200)'])(
  'tells %s',
  async column => {
    expect(await database.findings(table(column))).toMatchObject([
      { level: 'low', fix: { title: expect.stringContaining('Say with COMMENT ON COLUMN') } },
    ]);
  },
);
