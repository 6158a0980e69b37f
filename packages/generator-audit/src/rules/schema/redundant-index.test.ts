import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './redundant-index.ts';

const model = (...lines: readonly string[]): string => `
model Session {
  id   Int     @id
  a    Int
  b    Int
  text String
  ${lines.join('\n  ')}
}`;

describe('speaks', () => {
  test('of an index on a unique column, and points at the unique', () => {
    expect(say(rule, model('family String @unique', '@@index([family])'))).toEqual([
      'Session.@@index([family]): The index on `family` of `Session` does the same as the unique on `family`, so it only costs time on every write.',
    ]);
  });
  test.each([
    ['the beginning of a longer index', ['@@index([a])', '@@index([a, b])'], ['Session.@@index([a])']],
    ['the beginning of a unique', ['@@unique([a, b])', '@@index([a])'], ['Session.@@index([a])']],
    ['the beginning of the id', ['@@index([id])'], ['Session.@@index([id])']],
    ['the second of two equal ones', ['@@index([a, b])', '@@index([a, b], map: "x")'], ['Session.@@index([a, b])#2']],
    [
      'all directions turned round',
      ['@@index([a, b])', '@@index([a(sort: Desc), b(sort: Desc)])'],
      ['Session.@@index([a, b])#2'],
    ],
    [
      'a unique backwards',
      ['@@unique([a, b])', '@@index([a(sort: Desc), b(sort: Desc)])'],
      ['Session.@@index([a, b])'],
    ],
    [
      'a unique column backwards',
      ['family String @unique', '@@index([family(sort: Desc)])'],
      ['Session.@@index([family])'],
    ],
    ['one column turned round', ['@@index([a])', '@@index([a(sort: Desc), b])'], ['Session.@@index([a])']],
    ['a unique on the id', ['@@unique([id])'], ['Session.@@unique([id])']],
    [
      'a second Hash index',
      ['@@index([a], type: Hash)', '@@index([a], type: Hash, map: "x")'],
      ['Session.@@index([a])#2'],
    ],
  ])('of %s', (_, lines, subjects) => {
    expect(flagged(rule, model(...lines))).toEqual(subjects);
  });
  test('of each link of a chain, and names the one that stays', () => {
    const said = say(rule, model('@@index([a])', '@@index([a, b])', '@@index([a, b, id])'));
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('the beginning of the index on `a, b, id`');
  });
});

test.each([
  ['the same columns in another order', ['@@index([a, b])', '@@index([b, a])']],
  ['one of two directions turned round', ['@@index([a, b])', '@@index([a, b(sort: Desc)])']],
  ['another type', ['@@index([a])', '@@index([a], type: Hash)']],
  ['a partial index beside a full one', ['@@index([a])', '@@index([a], where: raw("b > 0"))']],
  ['another operator class', ['@@index([text])', '@@index([text(ops: raw("text_pattern_ops"))])']],
  ['a Gin index on fewer columns', ['@@index([text], type: Gin)', '@@index([text, a], type: Gin)']],
  ['a unique on more columns than the id, the target of a compound key', ['@@unique([id, a])']],
  ['a unique that is the beginning of an index', ['@@unique([a])', '@@index([a, b])']],
  ['a unique on fewer columns than another', ['@@unique([a])', '@@unique([a, b])']],
  ['an index on the second column of another', ['@@index([b])', '@@index([a, b])']],
])('is silent with %s', (_, lines) => {
  expect(flagged(rule, model(...lines))).toEqual([]);
});

test('is silent with another prefix length on MySQL', () => {
  expect(
    flagged(rule, model('@@index([text(length: 10)])', '@@index([text(length: 20)])'), { provider: 'mysql' }),
  ).toEqual([]);
});

describe('the fix', () => {
  test('removes indexes', async () => {
    const text = model('family String @unique', '@@index([family])', '@@index([a])', '@@index([a, b])');
    expect(await fixed(rule, text)).toBe(
      model('family String @unique', '@@index([a, b])').replace('@unique\n', '@unique\n'),
    );
  });
  test('removes a unique beside an id, which is not safe', async () => {
    const text = 'model A {\n  id Int @id @unique\n}\n';
    expect(fixesOf(rule, text).map(({ safety }) => safety)).toEqual(['unsafe']);
    expect(await fixed(rule, text)).toBe('model A {\n  id Int @id\n}\n');
  });
});
