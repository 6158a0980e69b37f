import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './model-name-grammatical-number.ts';

const model = (name: string, more = ''): string => `model ${name} {\n  id Int @id\n  ${more}\n}\n`;

describe('speaks', () => {
  test('of a plural', () => {
    expect(say(rule, model('UserRoles'))).toEqual([
      'UserRoles: The model `UserRoles` is named in the plural, where the project says `UserRole`.',
    ]);
  });
  test('of a singular where the plural is wanted', () => {
    expect(say(rule, model('Category'), { options: { style: 'plural' } })).toEqual([
      'Category: The model `Category` is named in the singular, where the project says `Categories`.',
    ]);
  });
});

test.each([
  ['User', {}],
  ['OrderStatus', {}],
  ['Address', {}],
  ['Users', { style: 'plural' }],
  ['UserData', { style: 'plural' }],
  ['UserData', {}],
  ['UserSettings', {}],
  ['Users', { allowList: ['Users'] }],
  ['OldUsers', { allowList: ['/^Old/'] }],
])('is silent with %s and %j', (name, options) => {
  expect(flagged(rule, model(name), { options })).toEqual([]);
});

test('is silent with an ignored model', () => {
  expect(flagged(rule, model('Users', '@@ignore'))).toEqual([]);
});
