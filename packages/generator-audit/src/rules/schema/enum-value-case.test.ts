import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './enum-value-case.ts';

const status = (value: string): string => `enum Status {\n  ${value}\n}\n`;

describe('speaks', () => {
  test('of a value in another style than most of its enum, and says how it would be', () => {
    expect(say(rule, status('ACTIVE\n  inReview\n  CLOSED'))).toEqual([
      'Status.inReview: The value `Status.inReview` is not in UPPER_SNAKE_CASE as most of its enum, in which it would be `IN_REVIEW`.',
    ]);
  });
  test('of a value in another style than the options say', () => {
    expect(say(rule, status('inReview'), { options: { style: 'snake' } })).toEqual([
      'Status.inReview: The value `Status.inReview` is not in snake_case, in which it would be `in_review`.',
    ]);
  });
  test.each([
    ['in_review', { style: 'snake', case: 'upper' }],
    ['InReview', { style: 'snake', case: 'upper' }],
    ['IN_REVIEW', { style: 'camel' }],
    ['InReview', { style: 'camel' }],
    ['in_review', { style: 'pascal' }],
    ['inReview', { style: 'pascal' }],
    ['GraphQLQuery', { style: 'pascal' }],
  ])('of %s with %j', (value, options) => {
    expect(flagged(rule, status(value), { options })).toHaveLength(1);
  });
});

test.each([
  ['ACTIVE\n  IN_REVIEW', {}],
  ['ACTIVE\n  inReview', {}],
  ['active\n  inReview\n  closed', {}],
  ['One\n  two\n  THREE_FOUR', {}],
  ['old_ONE\n  TWO\n  THREE', { trimPrefix: 'old_' }],
  ['one\n  TWO\n  THREE', { allowList: ['one'] }],
  ['VALUE1\n  VALUE_1', { style: 'snake', case: 'upper' }],
  ['in_review', { style: 'snake' }],
  ['value_1', { style: 'snake', case: 'lower' }],
  ['inReview', { style: 'camel' }],
  ['InReview1', { style: 'pascal' }],
  ['GraphQLQuery', { style: 'pascal', compoundWords: ['GraphQL'] }],
  ['inReview', { style: 'pascal', allowList: ['inReview'] }],
  ['x_REVIEW', { style: 'snake', case: 'upper', trimPrefix: 'x_' }],
])('is silent with %s and %j', (value, options) => {
  expect(flagged(rule, status(value), { options })).toEqual([]);
});
