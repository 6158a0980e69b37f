import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './model-without-id.ts';

const model = (...lines: readonly string[]): string => `model Token {\n  ${lines.join('\n  ')}\n}\n`;

describe('is silent', () => {
  test.each([
    ['an id', ['id Int @id']],
    ['a compound id', ['a Int', 'b Int', '@@id([a, b])']],
    ['a unique beside an id', ['id Int @id', 'a Int @unique']],
    ['an ignored model', ['a Int', '@@ignore']],
  ])('with %s', (_, lines) => {
    expect(flagged(rule, model(...lines))).toEqual([]);
  });
  test('of views', () => {
    expect(flagged(rule, `/// @view\n${model('a Int @unique')}`)).toEqual([]);
    expect(flagged(rule, model('a Int @unique').replace('model', 'view'))).toEqual([]);
  });
});

test.each(['sqlite', 'cockroachdb', 'mongodb'] as const)('is silent on %s', provider => {
  expect(flagged(rule, model('a Int @unique'), { provider })).toEqual([]);
});

describe('speaks', () => {
  test('of a model that has only a unique', () => {
    expect(say(rule, model('identifier String', 'value String', '@@unique([identifier, value])'))).toEqual([
      'Token: `Token` has a unique on `identifier, value` but no id, so its table has no primary key, and once it is in a logical replication Postgres refuses to update or delete its rows.',
    ]);
  });
  test.each(['mysql', 'sqlserver'] as const)('on %s, in other words', provider => {
    expect(say(rule, model('a Int @unique'), { provider })[0]).toMatch(/by which replication .* tell rows apart\.$/);
  });
});

describe('the fix', () => {
  test('makes the shortest unique the id, and is safe', async () => {
    const text = model('identifier String', 'token String @unique', '@@unique([identifier, token])');
    expect(fixesOf(rule, text)).toMatchObject([{ safety: 'safe' }]);
    expect(await fixed(rule, text)).toBe(
      model('identifier String', 'token String @id', '@@unique([identifier, token])'),
    );
  });
  // Run on Postgres 15: the index keeps its file, and a foreign key that leads to it stays.
  test('gives the index that is there to the primary key', () => {
    const text = model('a Int @map("x\\"a")', 'b Int', '@@unique([a, b])', '@@map("tokens")', '@@schema("app")');
    expect(fixesOf(rule, text)[0]?.sql).toBe(
      'ALTER TABLE "app"."tokens" ADD CONSTRAINT "tokens_pkey" PRIMARY KEY USING INDEX "tokens_x""a_b_key";',
    );
    expect(fixesOf(rule, model('a Int @unique(map: "same")'))[0]?.sql).toBe(
      'ALTER TABLE "Token" ADD CONSTRAINT "same" PRIMARY KEY USING INDEX "same";',
    );
  });
  test('is missing elsewhere where the script of Prisma would fail', async () => {
    const referred = `${model('a Int @unique', 'uses Use[]')}model Use {
  id    Int   @id
  a     Int
  token Token @relation(fields: [a], references: [a])
}`;
    const provider = 'mysql';
    expect(fixesOf(rule, referred, { provider })).toEqual([]);
    expect(fixesOf(rule, model('a Int @unique(map: "x")'), { provider })).toEqual([]);
    expect(await fixed(rule, model('a Int @unique'), { provider })).toBe(model('a Int @id'));
    expect(fixesOf(rule, referred)).toHaveLength(1);
  });
  test('keeps the arguments', async () => {
    expect(await fixed(rule, model('a Int', 'b Int', '@@unique([a, b], name: "both", map: "ab")'))).toBe(
      model('a Int', 'b Int', '@@id([a, b], name: "both", map: "ab")'),
    );
  });
  test('passes over optional columns', async () => {
    const text = model('a Int? @unique', 'b Int', 'c Int', '@@unique([b, c])');
    expect(await fixed(rule, text)).toContain('@@id([b, c])');
  });
  test('works with a one-to-one relation', async () => {
    const text = `
model User {
  id     Int     @id
  config Config?
}
model Config {
  user   User @relation(fields: [userId], references: [id])
  userId Int  @unique
}`;
    expect(await fixed(rule, text)).toContain('userId Int  @id');
  });
});
