import { describe, expect, test } from '@jest/globals';
import { mentions, nameKey, plural, singular, words } from './names.ts';

describe('words', () => {
  test.each([
    ['totpBackupCodes', ['totp', 'backup', 'codes']],
    ['totp_backup_codes', ['totp', 'backup', 'codes']],
    ['TOTPBackupCodes', ['totp', 'backup', 'codes']],
    ['userID', ['user', 'id']],
    ['memberIDs', ['member', 'ids']],
    ['APIKeys', ['api', 'keys']],
    ['OAuthToken', ['oauth', 'token']],
    ['oauth2Token', ['oauth2', 'token']],
    ['sha256Hash', ['sha256', 'hash']],
    ['SCREAMING_SNAKE', ['screaming', 'snake']],
    ['_leading__and_trailing_', ['leading', 'and', 'trailing']],
    ['address2', ['address2']],
    ['S3Key', ['s3', 'key']],
    ['', []],
  ])('of %s', (name, expected) => {
    expect(words(name)).toEqual(expected);
  });
});

describe('singular', () => {
  test.each([
    ['users', 'user'],
    ['categories', 'category'],
    ['statuses', 'status'],
    ['addresses', 'address'],
    ['boxes', 'box'],
    ['batches', 'batch'],
    ['houses', 'house'],
    ['people', 'person'],
    ['movies', 'movie'],
    ['keys', 'key'],
    ['status', 'status'],
    ['address', 'address'],
    ['analysis', 'analysis'],
    ['bus', 'bus'],
    ['schemas', 'schema'],
    ['alias', 'alias'],
    ['news', 'news'],
    ['user', 'user'],
  ])('of %s', (plural, expected) => {
    expect(singular(plural)).toBe(expected);
  });
});

test.each([
  ['user', 'users'],
  ['category', 'categories'],
  ['key', 'keys'],
  ['status', 'statuses'],
  ['box', 'boxes'],
  ['child', 'children'],
  ['series', 'series'],
])('plural of %s', (one, many) => {
  expect(plural(one)).toBe(many);
  expect(singular(many)).toBe(one);
});

test('nameKey is the same for another case style and for the plural', () => {
  expect(nameKey('user_profiles')).toBe(nameKey('UserProfile'));
  expect(nameKey(['user', 'profile'])).toBe(nameKey('UserProfiles'));
  expect(nameKey('User')).not.toBe(nameKey('UserProfile'));
});

describe('mentions', () => {
  test('whole words, in the plural too', () => {
    expect(mentions('stripeApiKeys', ['api key'])).toBe(true);
    expect(mentions('apikey', ['api key'])).toBe(true);
    expect(mentions(['pin'], ['pin'])).toBe(true);
    expect(mentions('priceChangePercent24h', ['percent'])).toBe(true);
  });
  test('never a part of a word', () => {
    expect(mentions('pinned', ['pin'])).toBe(false);
    expect(mentions('tokenizer', ['token'])).toBe(false);
    expect(mentions('keyApi', ['api key'])).toBe(false);
  });
});
