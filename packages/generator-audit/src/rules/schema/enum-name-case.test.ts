import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './enum-name-case.ts';

const named = (name: string): string => `enum ${name} {\n  ONE\n}\n`;

describe('speaks', () => {
  test('of an enum in another style, and says how it would be', () => {
    expect(say(rule, named('user_role'))).toEqual([
      'user_role: The enum `user_role` is not in PascalCase, in which it would be `UserRole`.',
    ]);
  });
  test('in the style of the options', () => {
    expect(flagged(rule, named('UserRole'), { options: { style: 'camel' } })).toEqual(['UserRole']);
  });
});

test.each([
  ['the style', named('UserRole'), {}],
  ['an acronym', named('URLKind'), {}],
  ['a name that is allowed', named('user_role'), { allowList: [/^user_/] }],
  ['a prefix that is not looked at', named('e_Role'), { trimPrefix: 'e_' }],
  ['models in any style', 'model user_role {\n  id Int @id\n}', {}],
])('is silent with %s', (_, text, options) => {
  expect(flagged(rule, text, { options })).toEqual([]);
});
