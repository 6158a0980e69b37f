import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '@migrate-lint/core';
import {
  expectCommitted,
  findingOf,
  functionsOf,
  lint,
  listed,
  ofGroup,
  subjectsOf,
  textAt,
  type Linted,
} from './testing.ts';

describe('escrow', () => {
  let linted: Linted;
  let report: Report;

  beforeAll(() => {
    linted = lint('escrow');
    ({ report } = linted);
  });

  test('fails the build and is silent on stderr', () => {
    const { pretty, json } = linted;
    expect([pretty.status, json.status]).toEqual([1, 1]);
    expect([pretty.stderr, json.stderr]).toEqual(['', '']);
  });

  test('the migrations make the schema, and what they make by hand is in the manifest', () => {
    expect(listed(ofGroup(report, 'drift'))).toEqual([]);
    expect(listed(ofGroup(report, 'history'))).toEqual([]);
    expect(report.skipped).toEqual([]);
  });

  test.each<[rule: string, ...subjects: string[]]>([
    [
      'schema/missing-relation',
      'Dispute.decidedBy',
      'DisputeEvidence.userId',
      'Notification.userId',
      'Order.autoReleaseJobId',
      'OrderComment.deletedBy',
      'Payment.reconciledBy',
      'Rating.moderatedBy',
      'VoucherRedemption.orderId',
      'Withdrawal.approvedBy',
    ],
    [
      'schema/redundant-index',
      'EscrowHold.@@index([orderId])',
      'LedgerTransaction.@@index([idempotencyKey])',
      'Payment.@@index([provider, providerInvoiceId])',
      'User.@@index([email])',
    ],
    ['schema/text-as-state', 'Rating.moderationAction'],
    [
      'database/redundant-check',
      'orders.orders_status_check',
      'webhook_events.webhook_events_signature_check',
      'withdrawals.withdrawals_status_check',
    ],
    // The triggers on orders and wallets are about the change from one row to the next.
    ['database/bypassable-trigger', 'webhook_events.webhook_events_signature'],
    // `ledger_entries` is open to TRUNCATE only, `order_status_history` to nothing.
    ['database/unprotected-ledger', 'ledger_entries', 'ledger_transactions'],
    // Deltas, balances after them and the running balance of a wallet go below zero on purpose.
    ['database/unconstrained-money', 'payments'],
    // Orders, vouchers and disputes have a CHECK.
    ['database/unordered-times', 'payments'],
  ])('%s finds what is planted, and no more', (rule, ...subjects) => {
    expect(subjectsOf(report, rule)).toEqual(subjects);
  });

  test.each([
    'schema/unindexed-foreign-key',
    'schema/nullable-unique',
    'schema/inconsistent-type',
    'database/duplicate-index',
    'database/redundant-index',
    'database/tautological-check',
    'database/broken-trigger',
  ])('%s has nothing to say', rule => {
    expect(subjectsOf(report, rule)).toEqual([]);
  });

  test('half of the product keeps its times without a zone', () => {
    const times = subjectsOf(report, 'schema/timestamp-without-zone');
    expect(times).toHaveLength(24);
    expect([...new Set(times.map(path => path.split('.')[0]))]).toEqual([
      'Dispute',
      'DisputeEvidence',
      'Notification',
      'NotificationPreference',
      'Payment',
      'Rating',
      'Referral',
      'Voucher',
      'VoucherRedemption',
      'Withdrawal',
    ]);
  });

  test.each([
    ['schema/missing-relation', 'Payment.reconciledBy', 'prisma/schema/60_payments.prisma', 'reconciledBy '],
    ['schema/redundant-index', 'User.@@index([email])', 'prisma/schema/10_users.prisma', '@@index([email])'],
  ])('%s %s points into its file of the folder', (rule, subject, file, start) => {
    const found = findingOf(report, rule, subject);
    expect(found.location?.file).toBe(file);
    expect(textAt('escrow', found).startsWith(start)).toBe(true);
  });

  test('two functions cannot run, and those like them can', () => {
    expect(functionsOf(report, 'database/broken-function')).toEqual(['fail_stuck_withdrawals', 'release_hold']);
  });

  test.each([
    ['fail_stuck_withdrawals', 'FAILED', 'withdrawal_status'],
    // A value of `order_status`, two lines further down rightly so.
    ['release_hold', 'DISPUTED', 'hold_status'],
  ])('%s names a value that its enum does not have', (subject, value, type) => {
    const { message } = findingOf(report, 'database/broken-function', subject);
    expect(message).toContain(value);
    expect(message).toContain(type);
  });

  test('names each amount that may be negative', () => {
    const { message } = findingOf(report, 'database/unconstrained-money', 'payments');
    expect(message).toMatch(/amount_minor.*fee_minor.*settlement_amount_minor/);
  });

  test('says which door of a ledger is open', () => {
    const { message } = findingOf(report, 'database/unprotected-ledger', 'ledger_entries');
    expect(message).toContain('TRUNCATE');
    expect(message).not.toMatch(/UPDATE|DELETE/);
  });

  test('says what is committed', () => {
    expectCommitted('escrow/expected.txt', linted.pretty.stdout);
  });
});

describe('escrow-invalid', () => {
  let linted: Linted;

  beforeAll(() => {
    linted = lint('escrow-invalid', ['--only', 'schema']);
  });

  test('names both places of a model that is declared twice', () => {
    const { report } = linted;
    expect(listed(report.findings)).toHaveLength(1);
    const [found] = report.findings;
    expect(found).toMatchObject({
      rule: 'schema/invalid',
      location: { file: 'prisma/schema/55_order_comments.prisma', line: 1 },
      related: [{ location: { file: 'prisma/schema/50_orders.prisma', line: 10 } }],
    });
    expect(found?.message).toContain('OrderComment');
    expect(textAt('escrow-invalid', found!)).toMatch(/^OrderComment\b/);
  });

  test('says of every other rule of the schema that it could not run', () => {
    const { checks, skipped } = linted.report;
    expect(checks.map(({ rule }) => rule)).toEqual(['schema/invalid']);
    expect(skipped.map(({ rule }) => rule)).toContain('schema/missing-relation');
    expect(linted.pretty.status).toBe(1);
  });

  test('says what is committed', () => {
    expectCommitted('escrow-invalid/expected.txt', linted.pretty.stdout);
  });
});
