import { describe, expect, test } from '@jest/globals';
import { fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './nullable-unique.ts';

const model = (...lines: readonly string[]): string => `
model Space {
  id       Int       @id
  accounts Account[]
}
model Account {
  id      Int    @id
  name    String
  spaceId Int?
  space   Space? @relation(fields: [spaceId], references: [id])
  ${lines.join('\n  ')}
}`;

describe('speaks', () => {
  test('of an optional column in a compound unique', () => {
    expect(say(rule, model('@@unique([spaceId, name])'))).toEqual([
      'Account.@@unique([spaceId, name]): Any number of rows of `Account` with NULL in `spaceId` may repeat the same `name`, because a unique never sees two NULLs as equal.',
    ]);
  });
  test('of an optional id beside the required provider that gave it, without a fix that would forbid a second row', () => {
    const text = model('provider String', 'providerAccountId String?', '@@unique([provider, providerAccountId])');
    expect(flagged(rule, text)).toEqual(['Account.@@unique([provider, providerAccountId])']);
    expect(fixesOf(rule, text)).toEqual([]);
  });
  test.each(['mysql', 'sqlite', 'cockroachdb'] as const)('on %s, without the fix for Postgres', provider => {
    expect(flagged(rule, model('@@unique([spaceId, name])'), { provider })).toHaveLength(1);
    expect(fixesOf(rule, model('@@unique([spaceId, name])'), { provider })).toEqual([]);
  });
});

test.each([
  ['required columns', ['kind String', '@@unique([kind, name])']],
  ['one column', ['code String? @unique']],
  ['a partial unique', ['@@unique([spaceId, name], where: raw("deleted_at IS NULL"))']],
  ['an identifier that the row may lack', ['slug String?', '@@unique([name, slug])']],
  ['an idempotency key', ['idempotencyKey String?', '@@unique([name, idempotencyKey])']],
  ['an id that is no relation', ['singleUseId String?', '@@unique([name, singleUseId])']],
  ['only optional columns', ['chapter Int?', '@@unique([spaceId, chapter])']],
  ['another unique on the required column', ['kind String', '@@unique([spaceId, name])', '@@unique([name, kind])']],
  ['two uniques for one choice', ['userId Int?', 'botId Int?', '@@unique([name, userId])', '@@unique([name, botId])']],
])('is silent with %s', (_, lines) => {
  expect(flagged(rule, model(...lines))).toEqual([]);
});

test.each(['sqlserver', 'mongodb'] as const)('is silent on %s', provider => {
  expect(flagged(rule, model('@@unique([spaceId, name])'), { provider })).toEqual([]);
});

describe('the fix', () => {
  test('replaces the index that Prisma made, under its name', () => {
    expect(fixesOf(rule, model('@@unique([spaceId, name])'))).toMatchObject([
      {
        safety: 'unsafe',
        sql: 'DROP INDEX "Account_spaceId_name_key";\nCREATE UNIQUE INDEX "Account_spaceId_name_key" ON "Account" ("spaceId", "name") NULLS NOT DISTINCT;',
      },
    ]);
  });
  test('takes the names of the database, quoted', () => {
    const text = model('@@unique([spaceId, name(sort: Desc)], map: "u\\"x")', '@@map("accounts")', '@@schema("app")');
    expect(fixesOf(rule, text)[0]?.sql).toBe(
      'DROP INDEX "app"."u""x";\nCREATE UNIQUE INDEX "u""x" ON "app"."accounts" ("spaceId", "name" DESC) NULLS NOT DISTINCT;',
    );
  });
});
