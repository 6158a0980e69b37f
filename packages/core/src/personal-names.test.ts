import { describe, expect, test } from '@jest/globals';
import type { Field } from './facts/index.ts';
import { isPersonal } from './personal-names.ts';

const field = (name: string, type = 'String', kind = 'scalar'): Field => ({ name, type, kind }) as Field;

describe('data about a person', () => {
  test.each([
    'email',
    'guestEmail',
    'emails',
    'phone_number',
    'lastName',
    'ipAddress',
    'userAgent',
    'addressLine1',
    'taxId',
  ])('is %s', name => {
    expect(isPersonal(field(name))).toBe(true);
  });
  test('is a date of birth, a salary and a gender that is an enum', () => {
    expect([field('dateOfBirth', 'DateTime'), field('salary', 'Decimal')].map(isPersonal)).toEqual([true, true]);
    expect(isPersonal(field('gender', 'Gender', 'enum'))).toBe(true);
  });
});

test.each([
  'emailVerified',
  'emailTemplateId',
  'supportEmail',
  'name',
  'phoneNumberId',
  'companyPhone',
  'ipRange',
  'zip',
  'hashedEmail',
])('is not %s', name => {
  expect(isPersonal(field(name))).toBe(false);
});

test('is neither a flag, nor a time, nor a relation', () => {
  expect([field('email', 'Boolean'), field('readInEmail', 'DateTime')].map(isPersonal)).toEqual([false, false]);
  expect(isPersonal(field('email', 'Email', 'relation'))).toBe(false);
});
