import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './model-name-mapping.ts';

const required = { options: { requireMapping: true } };
const model = (name: string, map?: string): string =>
  `model ${name} {\n  id Int @id\n  ${map === undefined ? '' : `@@map("${map}")`}\n}\n`;

describe('speaks', () => {
  test('of a table with capitals', () => {
    expect(say(rule, model('UserRole'), required)).toEqual([
      'UserRole: The table of `UserRole` is `UserRole`, and its name in snake_case is `user_role` or `user_roles`.',
    ]);
  });
  test.each([
    ['UserRole', 'role', {}],
    ['UserRole', 'user_roles', { pluralize: false }],
    ['UserRole', 'user_role', { pluralize: true }],
    ['DbUserRole', 'db_user_role', { trimPrefix: 'Db' }],
    ['GraphQLQuery', 'graph_q_l_query', { compoundWords: ['GraphQL'] }],
  ])('of %s in %s with %j', (name, map, options) => {
    expect(flagged(rule, model(name, map), { options })).toEqual([name]);
  });
});

test.each([
  ['UserRole', 'user_role', {}],
  ['UserRole', 'user_roles', {}],
  ['UserRole', 'user_role', { pluralize: false }],
  ['Category', 'categories', { pluralize: true }],
  ['UserData', 'user_data', { pluralize: true }],
  ['UserBox', 'user_boxen', { pluralize: true, irregularPlurals: { box: 'boxen' } }],
  ['DbUserRole', 'user_role', { trimPrefix: 'Db' }],
  ['GraphQLQuery', 'graphql_queries', { compoundWords: ['GraphQL'] }],
  ['user', undefined, { requireMapping: true }],
  ['UserRole', undefined, {}],
])('is silent with %s in %s and %j', (name, map, options) => {
  expect(flagged(rule, model(name, map), { options })).toEqual([]);
});

test('is silent of an ignored model', () => {
  expect(flagged(rule, model('UserRole').replace('\n}', '@@ignore\n}'), required)).toEqual([]);
});

test('leaves to schema/unmapped-name what that speaks of', () => {
  const mapped = ['One', 'Two', 'Three', 'Four', 'Five'].map(name => model(name, name.toLowerCase())).join('');
  expect(flagged(rule, mapped + model('UserRole'), required)).toEqual([]);
  expect(flagged(rule, mapped + model('UserRole', 'roles'))).toEqual(['UserRole']);
});
