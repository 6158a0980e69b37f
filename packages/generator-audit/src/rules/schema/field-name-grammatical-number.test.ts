import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './field-name-grammatical-number.ts';

const user = (lines: string): string => `model User {\n  id Int @id\n  ${lines}\n}\n`;

describe('speaks', () => {
  test('of a list in the singular', () => {
    expect(say(rule, user('email String[]'))).toEqual([
      'User.email: The list `User.email` is named in the singular, where the project says `emails`.',
    ]);
  });
  test('of a list in the plural where the singular is wanted', () => {
    expect(flagged(rule, user('emails String[]'), { options: { ifList: 'singular' } })).toEqual(['User.emails']);
  });
  test('of the many side of a relation', () => {
    const text =
      user('post Post[]') +
      'model Post {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}';
    expect(flagged(rule, text)).toEqual(['User.post']);
  });
});

test.each([
  ['a list in the plural', user('emails String[]'), {}],
  ['a list in the singular', user('email String[]'), { ifList: 'singular' }],
  ['a field that is no list', user('emails String'), { ifList: 'singular' }],
  ['a word that is both', user('data String[]'), {}],
  ['a plural in the middle', user('invitesSent String[]'), {}],
  ['a name that ends otherwise', user('sharedWith String[]'), {}],
  ['a name that is allowed', user('email String[]'), { ifListAllow: ['email'] }],
  ['an ignored field', user('email String[] @ignore'), {}],
])('is silent with %s', (_, text, options) => {
  expect(flagged(rule, text, { options })).toEqual([]);
});
