import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './default-grant.ts';

const model = (line: string, name = 'User', enums = ''): string =>
  `model ${name} {\n  id Int @id\n  ${line}\n}\n${enums && `enum Role {\n  ${enums.split(' ').join('\n  ')}\n}\n`}`;

test.each([
  'isActive Boolean @default(true)',
  'enabled Boolean @default(true)',
  'isPublic Boolean @default(true)',
  'emailNotifications Boolean @default(true)',
  'notifyAdmin Boolean @default(true)',
  'memberApprovalRequired Boolean @default(true)',
  'requiresApproval Boolean @default(true)',
  'autoApproved Boolean @default(true)',
  'showVerified Boolean @default(true)',
  'visibleToAdmin Boolean @default(true)',
  'isAdmin Boolean @default(false)',
  'isAdmin Boolean',
  'approvedAt DateTime @default(now())',
  'emailVerified DateTime?',
  'role String @default("user")',
  'role String @default("owner")',
  'title String @default("admin")',
])('is silent with %s', line => {
  expect(flagged(rule, model(line))).toEqual([]);
});

test.each([
  ['a setting', 'applicationApproved Boolean @default(true)', 'PartnerNotificationPreferences'],
  ['a setting that names a check', 'approved Boolean @default(true)', 'NotificationSetting'],
  ['the check itself', 'verified Boolean @default(true)', 'TwoFactor'],
  ['a model of what was approved', 'approved Boolean @default(true)', 'Approval'],
  ['a model of administrators', 'isAdmin Boolean @default(true)', 'AdminUser'],
  ['an ignored model', 'isAdmin Boolean @default(true)\n  @@ignore', 'User'],
])('is silent of %s', (_, line, name) => {
  expect(flagged(rule, model(line, name))).toEqual([]);
});

test.each([
  ['an owner who is no rank', 'OWNER', 'OWNER TENANT'],
  ['administrators only', 'ADMIN', 'SUPER_ADMIN ADMIN'],
  ['a plain default', 'MEMBER', 'OWNER MEMBER'],
])('is silent of %s', (_, value, values) => {
  expect(flagged(rule, model(`role Role @default(${value})`, 'User', values))).toEqual([]);
});

describe('speaks', () => {
  test('of a flag', () => {
    expect(say(rule, model('isAdmin Boolean @default(true)'))).toEqual([
      'User.isAdmin: `User.isAdmin` is true by default, so every row that is made without a thought of it has what nobody granted.',
    ]);
  });
  test.each([
    'is_super_admin Boolean? @default(true)',
    'admin Boolean @default(true)',
    'orgAdmin Boolean @default(true)',
    'isVerified Boolean @default(true)',
    'emailVerified Boolean @default(true)',
    'isPhoneVerified Boolean @default(true)',
    'kycApproved Boolean @default(true)',
    'approved Boolean @default(true)',
    'emailVerifiedAt DateTime? @default(now())',
    'role String @default("admin")',
  ])('of %s', line => {
    expect(flagged(rule, model(line))).toHaveLength(1);
  });
  test.each([
    ['role Role @default(ADMIN)', 'ADMIN USER'],
    ['role Role @default(OWNER)', 'OWNER MEMBER'],
    ['roles Role[] @default([SUPER_ADMIN])', 'SUPER_ADMIN SUPPORT'],
  ])('of %s of %s', (line, values) => {
    expect(flagged(rule, model(line, 'User', values))).toHaveLength(1);
  });
});

describe('the fix', () => {
  test('turns a flag off', async () => {
    expect(await fixed(rule, model('isAdmin Boolean @default(true) @map("is_admin")'))).toContain(
      'isAdmin Boolean @default(false) @map("is_admin")',
    );
  });
  test('takes the plain role, if there is one, and is not safe', async () => {
    expect(await fixed(rule, model('role Role @default(ADMIN)', 'User', 'ADMIN MEMBER'))).toContain('@default(MEMBER)');
    expect(fixesOf(rule, model('role Role @default(ADMIN)', 'User', 'ADMIN SUPPORT'))).toEqual([]);
    expect(fixesOf(rule, model('isAdmin Boolean @default(true)'))[0]?.safety).toBe('unsafe');
  });
});
