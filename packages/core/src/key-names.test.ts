import { expect, test } from '@jest/globals';
import { isOutsideKey, isPolymorphicKey, keyStem } from './key-names.ts';

test.each([
  ['authorId', ['author']],
  ['author_id', ['author']],
  ['createdByUserID', ['created', 'by', 'user']],
  ['teamUuid', ['team']],
  ['id', undefined],
  ['uuid', undefined],
  ['paid', undefined],
  ['identity', undefined],
  ['userIds', undefined],
])('the stem of %s', (name, stem) => {
  expect(keyStem(name)).toEqual(stem);
});

test.each(['stripeCustomerId', 'providerAccountId', 'externalId', 'correlationId', 'deviceId', 'googleUserId'])(
  '%s is of another system',
  name => {
    expect(isOutsideKey(keyStem(name) ?? [])).toBe(true);
  },
);

test.each(['userId', 'organizationId', 'lineageId', 'metadataId'])('%s is not of another system', name => {
  expect(isOutsideKey(keyStem(name) ?? [])).toBe(false);
});

test('a type beside the key makes it polymorphic', () => {
  expect(isPolymorphicKey(['entity'], ['id', 'entityType'])).toBe(true);
  expect(isPolymorphicKey(['entity'], ['id', 'entity_kind'])).toBe(true);
  expect(isPolymorphicKey(['entity'], ['id', 'type', 'userType'])).toBe(false);
});
