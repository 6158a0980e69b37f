import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './field-order.ts';

const model = (fields: string): string =>
  `model User {\n  ${fields
    .split(' ')
    .map(name => `${name} Int${name === 'id' ? ' @id' : ''}`)
    .join('\n  ')}\n}\n`;
const ending = { order: ['tenantId', 'id', 'createdAt', 'updatedAt', '...'] };
const between = { order: ['tenantId', 'id', '...', 'createdAt', 'updatedAt'] };

describe('speaks', () => {
  test('of the first field that stands where another should', () => {
    expect(say(rule, model('id email tenantId'), { options: ending })).toEqual([
      'User: `id` is out of the order of the fields of `User`, which is `tenantId`, `id`, `...`.',
    ]);
  });
  test.each([
    ['id createdAt email', between],
    ['id createdAt updatedAt email', between],
    ['email id', between],
    ['id createdAt', { order: ['createdAt', '...'] }],
    ['id name', { order: ['id'] }],
  ])('of %s', (fields, options) => {
    expect(flagged(rule, model(fields), { options })).toEqual(['User']);
  });
});

test.each([
  ['tenantId id email', ending],
  ['tenantId id createdAt email', ending],
  ['tenantId id email createdAt updatedAt', between],
  ['tenantId id email createdAt', between],
  ['id email', between],
  ['id createdAt', between],
  ['id name', { order: ['id', 'name', 'more'] }],
  ['name id', {}],
])('is silent with %s', (fields, options) => {
  expect(flagged(rule, model(fields), { options })).toEqual([]);
});

test('is silent of an ignored model', () => {
  expect(flagged(rule, model('email id').replace('\n}', '\n  @@ignore\n}'), { options: between })).toEqual([]);
});
