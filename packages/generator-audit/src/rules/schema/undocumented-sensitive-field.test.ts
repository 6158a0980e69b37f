import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './undocumented-sensitive-field.ts';

const user = (lines: string, above = ''): string => `${above}\nmodel User {\n  id Int @id\n  ${lines}\n}\n`;

describe('speaks', () => {
  test('of personal data without a comment', () => {
    expect(say(rule, user('email String'))).toEqual([
      'User.email: `User.email` holds personal data, and no comment says why it is kept and who may see it.',
    ]);
  });
  test('of a password without a comment', () => {
    expect(say(rule, user('password String?'))[0]).toContain('holds secret data');
  });
  test.each(['phone String?', 'dateOfBirth DateTime?', 'lastName String', 'ipAddress String'])('of %s', line => {
    expect(flagged(rule, user(line))).toHaveLength(1);
  });
  test('beside a comment on the model that is about something else', () => {
    expect(flagged(rule, user('email String', '/// Somebody who signs in.'))).toEqual(['User.email']);
  });
});

describe('is silent', () => {
  test.each([
    ['a comment above', '/// Login.\n  email String'],
    ['a plain comment above', '// login\n  email String'],
    ['a comment behind', 'email String // login'],
    ['what is about it only', 'emailVerified DateTime?'],
    ['a hash', 'passwordHash String'],
    ['a credential, which another rule asks about', 'apiKey String'],
    ['a flag', 'email Boolean'],
    ['an ignored column', 'email String @ignore'],
    ['an ignored model', 'email String\n  @@ignore'],
    ['another column', 'title String'],
  ])('with %s', (_, lines) => {
    expect(flagged(rule, user(lines))).toEqual([]);
  });
  test.each(['/// Personal data, deleted after 30 days.', '// PII', '/// @encrypted'])(
    'with %s on the model',
    above => {
      expect(flagged(rule, user('email String', above))).toEqual([]);
    },
  );
});
