import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './required-ignored-field.ts';

const model = (...lines: readonly string[]): string => `model User {\n  id Int @id\n  ${lines.join('\n  ')}\n}\n`;

test.each([
  ['an optional field', ['code String? @ignore']],
  ['a list', ['codes String[] @ignore']],
  ['a default', ['code String @default("x") @ignore']],
  ['a default of the database', ['code String @default(dbgenerated("next_code()")) @ignore']],
  ['an @updatedAt', ['at DateTime @updatedAt @ignore']],
  ['a field that is not ignored', ['code String']],
  ['an ignored model', ['code String @ignore', '@@ignore']],
  ['a trigger', ['// filled by a trigger', 'search String @ignore']],
  ['a generated column', ['/// generated in SQL', 'search String @ignore']],
])('is silent with %s', (_, lines) => {
  expect(flagged(rule, model(...lines))).toEqual([]);
});

test('is silent of an ignored relation', () => {
  expect(flagged(rule, model('pets Pet[] @ignore') + 'model Pet {\n  id Int @id\n}\n')).toEqual([]);
});

describe('speaks', () => {
  test('of what no insert can give a value', () => {
    expect(say(rule, model('code String @ignore'))).toEqual([
      'User.code: `User.code` is required and has no default, but `@ignore` hides it from Prisma Client, so every insert into `User` fails.',
    ]);
  });
  test.each(['sqlite', 'mysql', 'mongodb'] as const)('on %s', provider => {
    expect(flagged(rule, model('code String @ignore'), { provider })).toEqual(['User.code']);
  });
});

describe('the fix', () => {
  test('makes it optional, in line with its neighbours', async () => {
    const text = await fixed(rule, 'model User {\n  id Int     @id\n  a  String  @ignore\n  b  String? @ignore\n}\n');
    expect(text).toBe('model User {\n  id Int     @id\n  a  String? @ignore\n  b  String? @ignore\n}\n');
  });
  test('is not there for a key, which cannot be optional, and is not safe', () => {
    const key = 'model User {\n  a Int\n  b Int @ignore\n\n  @@id([a, b])\n}\n';
    expect(fixesOf(rule, key)).toEqual([]);
    expect(flagged(rule, key)).toEqual(['User.b']);
    expect(fixesOf(rule, model('code String @ignore'))[0]?.safety).toBe('unsafe');
  });
});
