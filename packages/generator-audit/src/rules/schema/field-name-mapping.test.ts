import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './field-name-mapping.ts';

const required = { options: { requireMapping: true } };
const role = (lines: string): string => `model UserRole {\n  id Int @id\n  ${lines}\n}\n`;

describe('speaks', () => {
  test('of a column with capitals', () => {
    expect(say(rule, role('userId Int'), required)).toEqual([
      'UserRole.userId: The column of `UserRole.userId` is `userId`, and its name in snake_case is `user_id`.',
    ]);
  });
  test.each([
    ['userId Int @map("user_i_d")', {}],
    ['name String @map("title")', {}],
    ['graphQLId Int @map("graph_q_l_id")', { compoundWords: ['GraphQL'] }],
    ['kind Int @map("Kind")', {}],
  ])('of %s with %j', (lines, options) => {
    expect(flagged(rule, role(lines), { options })).toHaveLength(1);
  });
  test('of an id without an underscore where one is wanted', () => {
    expect(flagged(rule, role(''), { options: { requireUnderscorePrefixForIds: true } })).toEqual(['UserRole.id']);
  });
  test('of an enum', () => {
    expect(flagged(rule, `${role('roleType RoleType')}enum RoleType {\n  ONE\n}`, required)).toEqual([
      'UserRole.roleType',
    ]);
  });
});

test.each([
  ['a mapping', role('userId Int @map("user_id")'), {}],
  ['no mapping where none is asked for', role('userId Int'), {}],
  ['one word', role('name String'), {}],
  ['snake_case in the schema', role('user_id Int'), {}],
  ['a digit either way', role('line1 Int @map("line_1")\n  lineTwo2 Int @map("line_two2")'), {}],
  ['a compound word', role('graphQLId Int @map("graphql_id")'), { compoundWords: ['GraphQL'] }],
  ['an id with an underscore', 'model A {\n  id Int @id @map("_id")\n}', { requireUnderscorePrefixForIds: true }],
  ['an ignored field', role('userId Int @ignore'), {}],
  ['an ignored model', role('userId Int\n  @@ignore'), {}],
])('is silent with %s', (_, text, options) => {
  expect(flagged(rule, text, { options })).toEqual([]);
});

test('is silent of a relation', () => {
  const text =
    'model A {\n  id Int @id\n  topRow A? @relation("t", fields: [id], references: [id])\n  subRows A[] @relation("t")\n}';
  expect(flagged(rule, text, required)).toEqual([]);
});

test('leaves to schema/unmapped-name what that speaks of, and not what is mapped to another name', () => {
  const mapped = ['aOne', 'aTwo', 'aThree', 'aFour', 'aFive'].map(
    name => `${name} Int @map("a_${name.slice(1).toLowerCase()}")`,
  );
  expect(flagged(rule, role([...mapped, 'userId Int'].join('\n  ')), required)).toEqual([]);
  expect(flagged(rule, role([...mapped, 'userId Int @map("uid")'].join('\n  ')))).toEqual(['UserRole.userId']);
});
