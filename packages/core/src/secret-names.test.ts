import { describe, expect, test } from '@jest/globals';
import { headsProtected, isWitness, saysProtected, secretKind } from './secret-names.ts';

describe('secretKind', () => {
  test.each(['apiKey', 'stripe_api_keys', 'totpBackupCodes', 'clientSecret', 'refreshToken', 'pin', 'userPin', 'cvv'])(
    '%s is a credential',
    name => {
      expect(secretKind(name, 'Thing')).toBe('credential');
    },
  );
  test.each(['password', 'smtp_password', 'passwd', 'userPwd'])('%s is a password', name => {
    expect(secretKind(name, 'Thing')).toBe('password');
  });
  test.each([
    'apiKeyId',
    'passwordHash',
    'tokenFamily',
    'maxTokensPerDay',
    'encryptedApiKey',
    'pinned',
    'shipping',
    'key',
  ])('%s is neither', name => {
    expect(secretKind(name, 'Thing')).toBeUndefined();
  });
  test('a bare key or token is what its model is', () => {
    expect(secretKind('key', 'ApiKey')).toBe('credential');
    expect(secretKind('token', 'Invite')).toBe('credential');
    expect(secretKind('token', 'PushSubscription')).toBeUndefined();
  });
});

test('saysProtected takes a comment at its word', () => {
  expect(saysProtected('@encrypted')).toBe(true);
  expect(saysProtected('hashed with argon2id')).toBe(true);
  expect(saysProtected('stored in plaintext, to be encrypted')).toBe(false);
  expect(saysProtected('not hashed')).toBe(false);
  expect(saysProtected('the token of the user')).toBe(false);
});

test('headsProtected means several columns', () => {
  expect(headsProtected('Encrypted credentials')).toBe(true);
  expect(headsProtected('OAuth tokens (encrypted via the extension)')).toBe(true);
  expect(headsProtected('encrypted with AES')).toBe(false);
});

test('isWitness is about this secret', () => {
  expect(isWitness('algorithm', 'token')).toBe(true);
  expect(isWitness('tokenIv', 'token')).toBe(true);
  expect(isWitness('passwordSalt', 'totpSecret')).toBe(false);
  expect(isWitness('name', 'token')).toBe(false);
});
