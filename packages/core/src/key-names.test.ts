import { expect, test } from '@jest/globals';
import {
  deniesForeignKey,
  deniesForeignKeysOfAll,
  deniesForeignKeysOfRows,
  isOutsideKey,
  isPolymorphicKey,
  keyStem,
  namesReferredTo,
  saysDeprecated,
} from './key-names.ts';

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

test.each([
  'no FK: the user may be gone',
  'Intentionally FK-LESS text so that the row survives',
  'The FK on this column is INTENTIONALLY ABSENT',
  'soft reference',
  'scalar FK (relation on the other side)',
  'Denormalised for the list',
  'lives in another database',
  'Plain column ref (relationMode="prisma"); the service validates the id',
])('“%s” denies a foreign key', comment => {
  expect(deniesForeignKey(comment)).toBe(true);
});

test.each(['', 'the user who made it', 'link to User', 'no longer than 20 characters', 'not null after the import'])(
  '“%s” does not',
  comment => {
    expect(deniesForeignKey(comment)).toBe(false);
  },
);

test.each([
  [deniesForeignKeysOfRows, 'parents cascade, but these rows have no FK; a worker deletes them', true],
  [deniesForeignKeysOfRows, 'This table is without foreign keys', true],
  [deniesForeignKeysOfRows, 'no FK: the user may be gone', false],
  [deniesForeignKeysOfRows, 'these rows are kept. No other relation leads here', false],
  [deniesForeignKeysOfAll, 'consistent with the no-foreign-key-constraints convention', true],
  [deniesForeignKeysOfAll, 'no FK, per the app-layer-integrity convention', true],
  [deniesForeignKeysOfAll, 'no foreign key, by the naming convention of the bank', false],
  [saysDeprecated, 'Deprecated in favor of BalanceView', true],
  [saysDeprecated, '@deprecated use createdAt only', true],
  [saysDeprecated, 'TODO: remove after migration to the new structure', true],
  [saysDeprecated, 'the column is deprecated', true],
  [saysDeprecated, 'Kept because no longer than 20 characters', false],
  [saysDeprecated, 'Replaces the deprecated balance', false],
  [saysDeprecated, 'DEPRECATED - TO BE REMOVED', true],
  [saysDeprecated, 'to be removed by an admin', false],
] as const)('%p of “%s” is %p', (judge, comment, verdict) => {
  expect(judge(comment)).toBe(verdict);
});

test('namesReferredTo finds the names behind the words', () => {
  expect(namesReferredTo('Link to ScheduledJob')).toEqual(['ScheduledJob']);
  expect(namesReferredTo('references the `User` and points to Team.id')).toEqual(['User', 'Team']);
  expect(namesReferredTo('FK -> User')).toEqual(['User']);
  expect(namesReferredTo('the user')).toEqual([]);
});
