import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './model-name-case.ts';

const model = (name: string, more = ''): string => `model ${name} {\n  id Int @id\n  ${more}\n}\n`;

describe('speaks', () => {
  test('of a model in another style, and says how it would be', () => {
    expect(say(rule, model('user_role'))).toEqual([
      'user_role: The model `user_role` is not in PascalCase, in which it would be `UserRole`.',
    ]);
  });
  test('in the style of the options', () => {
    expect(flagged(rule, model('UserRole') + model('user_role'), { options: { style: 'snake' } })).toEqual([
      'UserRole',
    ]);
  });
  test('of what stands behind the prefix', () => {
    expect(say(rule, model('tbl_user'), { options: { trimPrefix: 'tbl_' } })[0]).toContain('would be `tbl_User`.');
  });
});

test.each([
  ['the style', model('UserRole'), {}],
  ['an acronym', model('URLRecord'), {}],
  ['a name that is allowed', model('old_user'), { allowList: ['old_user'] }],
  ['names that are allowed', model('old_user'), { allowList: ['/^old_/'] }],
  ['a prefix that is not looked at', model('tbl_User'), { trimPrefix: ['/^tbl_/'] }],
  ['an ignored model', model('user_role', '@@ignore'), {}],
])('is silent with %s', (_, text, options) => {
  expect(flagged(rule, text, { options })).toEqual([]);
});
