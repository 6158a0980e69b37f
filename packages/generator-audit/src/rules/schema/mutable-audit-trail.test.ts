import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './mutable-audit-trail.ts';

const model = (name: string, lines: string): string =>
  `model ${name} {\n  id Int @id\n  action String\n  createdAt DateTime @default(now())\n  ${lines}\n}\n`;

describe('speaks', () => {
  test('once of a trail, with all that it has for changes', () => {
    expect(say(rule, model('AuditLog', 'updatedAt DateTime @updatedAt\n  deletedAt DateTime?'))).toEqual([
      'AuditLog: Rows of `AuditLog` are meant to be changed, for `updatedAt` is set on every change and `deletedAt` hides a row, so nobody can rely on what they say.',
    ]);
  });
  test.each([
    ['AuditLog', 'updatedAt DateTime @updatedAt'],
    ['AuditLog', 'deletedAt DateTime?'],
    ['AuditLog', 'isDeleted Boolean @default(false)'],
    ['LedgerEntry', 'updatedAt DateTime @updatedAt'],
    ['LedgerEntry', 'status String\n  updatedAt DateTime @updatedAt'],
    ['StatusHistory', 'updatedAt DateTime @updatedAt'],
    ['PointsLedger', 'balance Decimal @default(0)'],
  ])('of %s with %s', (name, lines) => {
    expect(flagged(rule, model(name, lines))).toEqual([name]);
  });
});

describe('is silent', () => {
  test.each([
    ['AuditLog', ''],
    ['AuditLog', 'deletedBy String?'],
    ['AuditLog', 'deletedAt DateTime? // retention'],
    ['LedgerEntry', 'balance Decimal'],
    ['LedgerEntry', 'balanceAfter Decimal @default(0)'],
    ['PaymentEvent', 'status String\n  updatedAt DateTime @updatedAt'],
    ['OrderEvent', 'processedAt DateTime?\n  updatedAt DateTime @updatedAt'],
    ['EmailLog', 'updatedAt DateTime @updatedAt'],
    ['AuditLogSetting', 'updatedAt DateTime @updatedAt'],
    ['CalendarEvent', 'updatedAt DateTime @updatedAt\n  deletedAt DateTime?'],
    ['AuditLog', 'updatedAt DateTime @updatedAt\n  @@ignore'],
  ])('with %s: %s', (name, lines) => {
    expect(flagged(rule, model(name, lines))).toEqual([]);
  });
});
