import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './foreign-key-type-mismatch.ts';

const models = (key: string, column: string): string => `
model User {
  id    ${key} @id
  posts Post[]
}
model Post {
  id       Int  @id
  author   User @relation(fields: [authorId], references: [id])
  authorId ${column}
}`;

test.each([
  ['the same type', 'String @db.Uuid', 'String @db.Uuid'],
  ['none', 'String @default(cuid())', 'String'],
  ['what is implied', 'Int', 'Int @db.Integer'],
  ['a text that holds more', 'String @db.VarChar(36)', 'String'],
  ['a char for a varchar', 'String @db.VarChar(36)', 'String @db.Char(36)'],
  ['a shorter text that is long enough for a uuid', 'String @default(uuid()) @db.Text', 'String @db.VarChar(36)'],
  ['a shorter text that is long enough for a nanoid', 'String @default(nanoid(10))', 'String @db.VarChar(10)'],
  ['text without regard to case', 'String @db.Citext', 'String @db.Text'],
  ['a larger integer', 'Int @db.SmallInt', 'Int'],
  ['another precision', 'DateTime @db.Timestamptz(6)', 'DateTime'],
  ['a wider number', 'Decimal @db.Decimal(10, 0)', 'Decimal @db.Decimal(12, 0)'],
])('is silent with %s', (_, key, column) => {
  expect(flagged(rule, models(key, column))).toEqual([]);
});

test('is silent on SQLite, and of ignored models', () => {
  expect(flagged(rule, models('String @db.Uuid', 'String'), { provider: 'sqlite' })).toEqual([]);
  expect(flagged(rule, models('String @db.Uuid', 'String\n  @@ignore'))).toEqual([]);
});

describe('speaks', () => {
  test('of a uuid and a text, which Postgres does not compare', () => {
    expect(say(rule, models('String @db.Uuid', 'String'))).toEqual([
      'Post.author: `Post.authorId` is `Text` and refers to `User.id`, which is `Uuid`, so the database refuses the foreign key.',
    ]);
    expect(flagged(rule, models('String', 'String? @db.Uuid').replace('User @', 'User? @'))).toEqual(['Post.author']);
  });
  test('of a join, where there are no foreign keys', () => {
    expect(say(rule, models('String @db.Uuid', 'String'), { relationMode: 'prisma' })[0]).toContain('to join them');
  });
  test('of a text that is too short', () => {
    expect(say(rule, models('String @db.VarChar(64)', 'String @db.VarChar(36)'))[0]).toContain(
      'so no key of more than 36 characters can be referred to.',
    );
    expect(flagged(rule, models('String @default(uuid())', 'String @db.VarChar(32)'))).toHaveLength(1);
    expect(flagged(rule, models('String', 'String @db.Char'))).toHaveLength(1);
  });
  test('of an integer that is too small', () => {
    expect(say(rule, models('Int', 'Int @db.SmallInt'))[0]).toContain('so no key above its range');
  });
  test.each([
    ['mysql', 'Int @db.UnsignedInt', 'Int'],
    ['mysql', 'Int @db.SmallInt', 'Int'],
    ['sqlserver', 'String @db.VarChar(36)', 'String'],
    ['cockroachdb', 'String @db.Uuid', 'String'],
    ['mongodb', 'String @map("_id") @db.ObjectId', 'String'],
  ] as const)('on %s of %s and %s', (provider, key, column) => {
    expect(flagged(rule, models(key, column), { provider })).toEqual(['Post.author']);
  });
  test('of the second column of a compound key', () => {
    const text = `model User {
  org   Int
  id    String @db.Uuid
  posts Post[]

  @@id([org, id])
}
model Post {
  id     Int    @id
  org    Int
  userId String
  user   User   @relation(fields: [org, userId], references: [org, id])
}`;
    expect(say(rule, text)[0]).toContain('`Post.userId` is `Text`');
  });
});

describe('the fix', () => {
  test('takes the type of the key', async () => {
    expect(await fixed(rule, models('String @db.Uuid', 'String'))).toContain('  authorId String @db.Uuid\n');
    expect(await fixed(rule, models('String', 'String @db.Uuid'))).toContain('  authorId String\n');
    expect(await fixed(rule, models('String @db.VarChar(64)', 'String @db.VarChar(36)'))).toContain(
      '  authorId String @db.VarChar(64)\n',
    );
  });
  test('is safe only for a longer text', () => {
    expect(fixesOf(rule, models('String @db.VarChar(64)', 'String @db.VarChar(36)'))[0]?.safety).toBe('safe');
    expect(fixesOf(rule, models('String @db.Uuid', 'String'))[0]?.safety).toBe('unsafe');
  });
});
