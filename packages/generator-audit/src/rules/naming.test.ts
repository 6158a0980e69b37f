import { describe, expect, test } from '@jest/globals';
import { fitting, inNumber, inStyle, isIn, numberOf, pattern, withoutPrefix } from './naming.ts';

describe('patterns', () => {
  test.each([
    ['id', ['id'], 'id'],
    ['userId', ['id'], undefined],
    ['userId', ['name', '/Id$/'], '/Id$/'],
    ['userId', '/^user/', '/^user/'],
    ['a/b', ['a/b'], 'a/b'],
    ['id', [], undefined],
  ])('%s fits %j: %j', (name, wanted, expected) => {
    expect(fitting(name, wanted)).toBe(expected);
  });
  test('a RegExp fits again and again, whatever its flags', () => {
    const global = /Id$/g;
    expect([fitting('userId', global), fitting('postId', global)]).toEqual([global, global]);
  });
  test('an option is checked', () => {
    expect(['id', '/Id$/', /x/].map(value => pattern.safeParse(value).success)).toEqual([true, true, true]);
    expect(['/(/', 3].map(value => pattern.safeParse(value).success)).toEqual([false, false]);
  });
  test.each([
    ['DbUser', 'Db', 'User'],
    ['DbUser', ['Tbl', 'Db'], 'User'],
    ['DbUser', '/^[A-Z][a-z](?=[A-Z])/', 'User'],
    ['User', 'Db', 'User'],
    ['User', '', 'User'],
  ])('%s without %j is %s', (name, prefix, expected) => {
    expect(withoutPrefix(name, prefix)).toBe(expected);
  });
  test('a RegExp as a prefix', () => {
    expect(withoutPrefix('DbUser', [/^Db/])).toBe('User');
  });
});

describe('styles', () => {
  test.each([
    ['camel', ['userId', 'userID', 'x1'], ['UserId', 'user_id', '_x', '']],
    ['pascal', ['UserRole', 'URL', 'A1'], ['userRole', 'User_Role']],
    ['snake', ['user_role', 'value1', 'value_1', 'x'], ['userRole', 'USER', 'a__b', '_a', 'a_']],
    ['upper snake', ['USER_ROLE', 'VALUE_1', 'X'], ['user', 'User', 'A__B']],
  ] as const)('%s', (style, good, bad) => {
    expect(good.filter(name => !isIn(style, name))).toEqual([]);
    expect(bad.filter(name => isIn(style, name))).toEqual([]);
  });
  test.each([
    ['snake', 'graphQLId', ['GraphQL'], 'graphql_id'],
    ['snake', 'graphQLId', [], 'graph_ql_id'],
    ['snake', 'myGraphQLId', ['GraphQL'], 'my_graphql_id'],
    ['snake', 'S3Key', ['S3'], 's3_key'],
    ['snake', 'userID', [], 'user_id'],
    ['camel', 'user_role', [], 'userRole'],
    ['pascal', 'USER_ROLE', [], 'UserRole'],
    ['upper snake', 'userRole', [], 'USER_ROLE'],
  ] as const)('%s of %s with %j', (style, name, compound, expected) => {
    expect(inStyle(style, name, compound)).toBe(expected);
  });
});

describe('numbers', () => {
  test.each([
    ['User', 'singular'],
    ['UserRoles', 'plural'],
    ['Address', 'singular'],
    ['OrderStatus', 'singular'],
    ['Categories', 'plural'],
    ['UserData', 'either'],
    ['UserSettings', 'either'],
    ['ids', 'plural'],
  ])('%s is %s', (name, expected) => {
    expect(numberOf(name)).toBe(expected);
  });
  test.each([
    ['UserRole', 'plural', 'UserRoles'],
    ['Categories', 'singular', 'Category'],
    ['email', 'plural', 'emails'],
    ['user_tags', 'singular', 'user_tag'],
  ] as const)('%s in the %s is %s', (name, number, expected) => {
    expect(inNumber(name, number)).toBe(expected);
  });
});
