import { describe, expect, test } from '@jest/globals';
import type { Catalog } from '@migrate-lint/core';
import { testRule } from '@migrate-lint/core/testing';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import { schemaFrom } from '../../testing.ts';
import rule from './soft-delete-unique.ts';

const model = (...lines: readonly string[]): string => `
model Space {
  id    Int    @id
  users User[]
}
model User {
  id      Int    @id
  name    String
  spaceId Int
  space   Space  @relation(fields: [spaceId], references: [id])
  ${lines.join('\n  ')}
}
`;
const deleted = 'deletedAt DateTime?';

describe('is silent with', () => {
  test.each([
    ['no mark', ['email String @unique']],
    ['an archive, in which a name stays taken', ['email String @unique', 'archivedAt DateTime?']],
    ['a part that is deleted', ['email String @unique', 'mediaDeletedAt DateTime?']],
    ['a table of deleted things', ['email String @unique', 'deletedAt DateTime']],
    ['who deleted it', ['email String @unique', 'deletedBy String?']],
    ['a unique that holds the mark', [deleted, '@@unique([name, deletedAt])']],
    ['a partial unique', [deleted, '@@unique([name], where: raw("\\"deletedAt\\" IS NULL"))']],
    ['a token', [deleted, 'token String @unique']],
    [
      'the id of a thing of the same name in another system',
      [deleted, 'providerUserId String', '@@unique([spaceId, providerUserId])'],
    ],
    ['its own id in another system', [deleted, 'userId String', '@@unique([spaceId, userId])']],
    ['a storage key', [deleted, 'storageKey String @unique']],
    ['the key of a bucket', [deleted, 'r2Key String @unique']],
    ['a generated slug', [deleted, 'slug String @unique @default(cuid())']],
    ['a confirmation code', [deleted, 'confirmationCode String', '@@unique([spaceId, confirmationCode])']],
    ['an id of another system', [deleted, 'stripeCustomerId String? @unique']],
    [
      'an id of another system beside its name',
      [deleted, 'source String', 'sourceId String', '@@unique([source, sourceId])'],
    ],
    ['a version, which only goes up', [deleted, 'version Int', '@@unique([spaceId, version])']],
    ['a column of which nothing is known', [deleted, 'blob String @unique']],
    ['a name that is to stay taken', [deleted, 'username String @unique // reserved for good']],
    ['an ignored model', [deleted, 'email String @unique', '@@ignore']],
  ])('%s', (_, lines) => {
    const text = lines.includes('@@ignore')
      ? model(...lines).replace('users User[]', 'users User[] @ignore')
      : model(...lines);
    expect(flagged(rule, text)).toEqual([]);
  });
  test('a one-to-one relation', () => {
    const text = model(deleted).replace('spaceId Int', 'spaceId Int @unique').replace('users User[]', 'user User?');
    expect(flagged(rule, text)).toEqual([]);
  });
  test('an index that is partial in the database', () => {
    const run = (predicate: string | null) => {
      const indexes = [{ unique: true, columns: ['email'], predicate }];
      const database = { tables: [{ name: 'User', schema: 'public', indexes }] } as unknown as Catalog;
      return testRule(rule, { facts: { schema: schemaFrom(model('email String @unique', deleted)), database } });
    };
    expect(run('("deletedAt" IS NULL)')).toEqual([]);
    expect(run(null)).toHaveLength(1);
  });
  test('the code of a short link', () => {
    expect(flagged(rule, `model ShortLink {\n  id Int @id\n  code String @unique\n  deletedAt DateTime?\n}`)).toEqual(
      [],
    );
  });
});

describe('speaks', () => {
  test('of a value that a new row may want', () => {
    expect(say(rule, model(deleted, 'email String @unique'))).toEqual([
      'User.email @unique: The unique on `email` counts the rows of `User` that are marked as deleted too, so a new row with the values of such a row is refused.',
    ]);
  });
  test.each([
    ['a name within a space', [deleted, '@@unique([spaceId, name])']],
    [
      'a membership',
      [
        'teamId Int',
        'team Team @relation(fields: [teamId], references: [id])',
        'isDeleted Boolean',
        '@@unique([spaceId, teamId])',
      ],
    ],
    ['a day within a space', ['is_deleted Boolean?', 'day DateTime @db.Date', '@@unique([spaceId, day])']],
    ['a time under another name', ['deletedTime DateTime?', 'phone String? @unique']],
    ['a key', [deleted, 'key String @unique']],
    ['a date', ['date_deleted DateTime?', 'slug String @unique']],
  ])('of %s', (_, lines) => {
    expect(flagged(rule, `${model(...lines)}model Team {\n  id Int @id\n  users User[]\n}\n`)).toHaveLength(1);
  });
  test.each(['mysql', 'sqlite', 'sqlserver'] as const)('on %s, without the fix for Postgres', provider => {
    expect(flagged(rule, model(deleted, 'email String @unique'), { provider })).toHaveLength(1);
    expect(fixesOf(rule, model(deleted, 'email String @unique'), { provider })).toEqual([]);
  });
});

// The SQL was run on Postgres 15 on a table that holds deleted and other rows.
describe('the fix', () => {
  test('makes the index partial and takes the unique out of the schema, because the client loses it', async () => {
    const text = model('email String @unique', deleted, '@@unique([spaceId, name])');
    expect(fixesOf(rule, text).map(({ safety, sql }) => ({ safety, sql }))).toEqual([
      {
        safety: 'unsafe',
        sql: 'DROP INDEX "User_email_key";\nCREATE UNIQUE INDEX "User_email_key" ON "User" ("email") WHERE "deletedAt" IS NULL;',
      },
      {
        safety: 'unsafe',
        sql: 'DROP INDEX "User_spaceId_name_key";\nCREATE UNIQUE INDEX "User_spaceId_name_key" ON "User" ("spaceId", "name") WHERE "deletedAt" IS NULL;',
      },
    ]);
    expect(await fixed(rule, text)).toBe(model('email String', deleted));
  });
  test('takes the names of the database, quoted, and reads a Boolean', () => {
    const lines = [
      'gone Boolean @map("is\\"gone")',
      '@@unique([name(sort: Desc)], map: "u\\"x")',
      '@@map("users")',
      '@@schema("app")',
    ];
    const sql = (type: string) =>
      fixesOf(rule, model(...lines).replace('gone Boolean', `isDeleted ${type}`))[0]?.sql?.split('\n')[1];
    expect(sql('Boolean')).toBe('CREATE UNIQUE INDEX "u""x" ON "app"."users" ("name" DESC) WHERE NOT "is""gone";');
    expect(sql('Boolean?')).toContain('WHERE "is""gone" IS NOT TRUE;');
  });
  test('says it in the schema where partial indexes are a preview feature', async () => {
    const preview =
      'generator client {\n  provider = "prisma-client"\n  output = "x"\n  previewFeatures = ["partialIndexes"]\n}\n';
    const text = preview + model('email String @unique', deleted, '@@unique([spaceId, name], map: "x")');
    const result = await fixed(rule, text);
    expect(result).toContain('email String @unique(where: { deletedAt: null })\n');
    expect(result).toContain('@@unique([spaceId, name], map: "x", where: { deletedAt: null })\n');
    const nullable = preview + model('email String @unique', 'isDeleted Boolean?');
    expect(await fixed(rule, nullable)).toContain('email String @unique(where: raw("\\"isDeleted\\" IS NOT TRUE"))\n');
  });
  test('is missing where a foreign key needs the unique, and where the model has no other key', () => {
    const referred = `${model(deleted, 'email String @unique', 'logins Login[]')}
model Login {
  id    Int    @id
  email String
  user  User   @relation(fields: [email], references: [email])
}`;
    expect(flagged(rule, referred)).toHaveLength(1);
    expect(fixesOf(rule, referred)).toEqual([]);
    expect(fixesOf(rule, `model User {\n  email String @unique\n  deletedAt DateTime?\n}`)).toEqual([]);
  });
});
