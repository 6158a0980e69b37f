import { expect, test } from '@jest/globals';
import { mayBeRenamed } from './name-likeness.ts';

test.each([
  ['phone', 'phoneNumber'],
  ['user_id', 'userId'],
  ['category', 'categories'],
  ['adress', 'address'],
  ['colour', 'color'],
  ['isActive', 'active'],
  ['image', 'imageUrl'],
  ['resource_type', 'resource'],
])('%s may be %s', (from, to) => {
  expect(mayBeRenamed(from, to)).toBe(true);
  expect(mayBeRenamed(to, from)).toBe(true);
});

test.each([
  ['category', 'categoryId'],
  ['token', 'encryptedToken'],
  ['password', 'passwordHash'],
  ['image', 'imagePath'],
  ['bio', 'motto'],
  ['name', 'firstName'],
  ['status', 'orderStatus'],
  ['type', 'tape'],
  ['createdAt', 'createdBy'],
  ['firstName', 'lastName'],
  ['startsAt', 'endsAt'],
  ['price', 'netPriceTotal'],
  ['userName', 'userEmail'],
])('%s is not %s', (from, to) => {
  expect(mayBeRenamed(from, to)).toBe(false);
  expect(mayBeRenamed(to, from)).toBe(false);
});
