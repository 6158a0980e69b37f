import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './field-name-case.ts';

const user = (lines: string): string => `model User {\n  id Int @id\n  ${lines}\n}\n`;

describe('speaks', () => {
  test('of a field in another style, and says how it would be', () => {
    expect(say(rule, user('first_name String'))).toEqual([
      'User.first_name: The field `User.first_name` is not in camelCase, in which it would be `firstName`.',
    ]);
  });
  test.each(['FirstName String', 'firstName_ String'])('of %s', line => {
    expect(flagged(rule, user(line))).toHaveLength(1);
  });
  test('of a relation', () => {
    expect(
      flagged(
        rule,
        user(
          'boss_id Int @ignore\n  The_boss User? @relation("b", fields: [id], references: [id])\n  all User[] @relation("b")',
        ),
      ),
    ).toEqual(['User.The_boss']);
  });
  test('in the style of the options', () => {
    expect(flagged(rule, user('firstName String'), { options: { style: 'snake' } })).toEqual(['User.firstName']);
  });
});

test.each([
  ['the style', user('firstName String'), {}],
  ['an acronym', user('profileURL String'), {}],
  ['a name that is allowed', user('access_token String'), { allowList: ['access_token'] }],
  ['a prefix that is not looked at', user('x_name String'), { trimPrefix: 'x_' }],
  ['an ignored field', user('first_name String @ignore'), {}],
  ['an ignored model', user('first_name String\n  @@ignore'), {}],
])('is silent with %s', (_, text, options) => {
  expect(flagged(rule, text, { options })).toEqual([]);
});
