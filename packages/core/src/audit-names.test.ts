import { describe, expect, test } from '@jest/globals';
import { isAuditTrail } from './audit-names.ts';
import { words } from './names.ts';

describe('is no trail', () => {
  test.each([
    ['an appointment', ['Event', 'CalendarEvent', 'EventType', 'events', 'TicketEvent', 'EventSeries', 'LiveEvent']],
    [
      'what is sent and counted',
      ['EmailLog', 'RequestLog', 'ErrorLog', 'WebhookEvent', 'AnalyticsEvent', 'PageView', 'FraudEvent'],
    ],
    [
      'what people keep',
      ['FoodLog', 'TimeLog', 'WorkLog', 'HabitLog', 'JournalEntry', 'MedicalHistory', 'WorkHistory'],
    ],
    [
      'what people read',
      ['WatchHistory', 'SearchHistory', 'ChatHistory', 'BlogPostHistory', 'DocumentVersion', 'Changelog', 'Blog'],
    ],
    ['something about a trail', ['AuditLogSetting', 'AuditLogExport', 'EventLogFilter', 'LedgerAccount', 'LogLevel']],
    ['a book', ['Ledger', 'GeneralLedger', 'HardwareLedger']],
    ['an inspection', ['Audit', 'SiteAudit', 'SecurityAudit', 'AuditReport']],
    ['a way through a forest', ['Trail', 'HikingTrail']],
    ['sport', ['FitnessActivityLog', 'WorkoutLog', 'physical_activity_logs']],
    ['a list of words inside of others', ['Catalog', 'Dialog', 'BacklogItem', 'Prehistory', '']],
  ])('%s', (_, names) => {
    expect(names.filter(name => isAuditTrail(name))).toEqual([]);
  });
});

test('a log of a program is no trail', () => {
  expect(isAuditTrail('WalletLog', ['id', 'level', 'message', 'userId'])).toBe(false);
  expect(isAuditTrail('WalletLog', ['id', 'action', 'userId'])).toBe(true);
});

describe('is a trail', () => {
  test.each([
    ['a log', ['AuditLog', 'audit_logs', 'auditlog', 'DocumentAuditLog', 'ActivityLog', 'SecurityLog', 'EventLog']],
    ['a row or a part of one', ['AuditLogEntry', 'audit_log_entries', 'AuditEntry', 'AuditLogChange', 'AuditLog2024']],
    ['a ledger', ['LedgerEntry', 'ledger_entries', 'CreditLedger', 'PointsLedger', 'WalletLedgerEntry', 'JournalLine']],
    ['a history', ['OrderStatusHistory', 'LoginHistory', 'password_histories', 'AuditHistory', 'BalanceHistory']],
    [
      'an event',
      ['AuditEvent', 'SecurityEvent', 'login_events', 'PaymentEvent', 'ListingModerationEvent', 'DomainEvent'],
    ],
    ['a movement', ['StockMovement', 'inventory_movements', 'OrderStatusChange', 'AuditTrail']],
  ])('%s', (_, names) => {
    expect(names.filter(name => !isAuditTrail(name))).toEqual([]);
  });
  test('an audit or a history that says who did what', () => {
    expect(isAuditTrail('PayoutRequestHistory', ['id', 'status', 'updatedById'])).toBe(true);
    expect(isAuditTrail('RequestHistory', ['id', 'status', 'userId'])).toBe(false);
    expect(isAuditTrail('Audit', ['id', 'action', 'actorId'])).toBe(true);
    expect(isAuditTrail('Audit', ['id', 'url', 'score', 'userId'])).toBe(false);
  });
  test('by its words', () => {
    expect(isAuditTrail(words('user_audit_logs'))).toBe(true);
  });
});
