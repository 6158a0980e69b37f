import { expect, test } from '@jest/globals';
import { isStandIn } from './stand-in-names.ts';

test.each(['User_old', 'tmp_import', 'users_backup_2024', 'legacyInvoices', 'oldUsers'])('%s', name => {
  expect(isStandIn(name)).toBe(true);
});

test.each([
  'User',
  'Archive',
  'GoldOrder',
  'BackupJob',
  'OrderArchive',
  'OldestUser',
  'Legacy',
  'temperature',
  'UserCopyright',
])('not %s', name => {
  expect(isStandIn(name)).toBe(false);
});
