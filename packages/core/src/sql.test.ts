import { expect, test } from '@jest/globals';
import { qualifiedName, quoteIdentifier } from './sql.ts';

test('a quote in a name cannot end it', () => {
  expect(quoteIdentifier('users"; DROP TABLE x; --')).toBe('"users""; DROP TABLE x; --"');
});

test('the schema is named when it is said', () => {
  expect(qualifiedName(undefined, 'users')).toBe('"users"');
  expect(qualifiedName('auth', 'users')).toBe('"auth"."users"');
});
