import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Finding, Report } from '@migrate-lint/core';
import {
  expectCommitted,
  findingOf,
  lint,
  listed,
  ofGroup,
  root,
  run,
  subjectsOf,
  textAt,
  type Linted,
} from './testing.ts';

describe('finance', () => {
  let linted: Linted;
  let report: Report;

  beforeAll(() => {
    linted = lint('finance', ['--schema', 'prisma/schema.prisma']);
    ({ report } = linted);
  });

  const drift = (): readonly Finding[] => ofGroup(report, 'drift');
  const finding = (rule: string, subject: string): Finding => findingOf(report, rule, subject);

  test('fails the build and is silent on stderr', () => {
    const { pretty, json } = linted;
    expect([pretty.status, json.status]).toEqual([1, 1]);
    expect([pretty.stderr, json.stderr]).toEqual(['', '']);
  });

  test('has the drift of the audit that it was written after, and no more', () => {
    const expected = [
      'drift/missing-table user_preferences',
      'drift/missing-table exchange_rates',
      'drift/missing-column users.totp_temp_secret',
      'drift/missing-column users.totp_backup_codes',
      'drift/missing-column users.is_active',
      'drift/missing-column users.is_admin',
      'drift/missing-column users.onboarding_completed',
      'drift/missing-column users.onboarding_completed_at',
      'drift/missing-column users.onboarding_step',
      'drift/missing-column users.last_login_at',
      'drift/probable-rename audit_logs.resource',
      'drift/probable-rename audit_logs.metadata',
      'drift/missing-column audit_logs.severity',
      'drift/missing-column audit_logs.timestamp',
      'drift/missing-index audit_logs.audit_logs_user_id_action_timestamp_idx',
      'drift/missing-index audit_logs.audit_logs_resource_resource_id_idx',
      'drift/missing-index audit_logs.audit_logs_severity_timestamp_idx',
      'drift/nullability-change audit_logs.resource',
      'drift/nullability-change transaction_rules.category_id',
      'drift/missing-foreign-key transaction_rules.transaction_rules_category_id_fkey',
    ];
    expect(listed(drift())).toEqual(expected.sort());
    expect(drift().filter(({ suppressed }) => suppressed !== null)).toEqual([]);
  });

  test('everything could be verified', () => {
    expect(report.skipped).toEqual([]);
  });

  test.each([
    ['drift/probable-rename', 'audit_logs.resource', 'resource_type', 'resource'],
    ['drift/probable-rename', 'audit_logs.metadata', 'changes', 'metadata'],
  ])('%s %s renames and keeps the data', (rule, subject, before, after) => {
    const { message, fix, level } = finding(rule, subject);
    expect(level).toBe('critical');
    expect(message).toContain(`\`audit_logs.${before}\` that is probably \`audit_logs.${after}\``);
    expect(fix?.sql).toMatch(new RegExp(`RENAME COLUMN "?${before}"? TO "?${after}"?`));
    expect(fix?.sql).not.toMatch(/DROP COLUMN|ADD COLUMN/);
  });

  test('what was jsonb is read as text', () => {
    expect(finding('drift/probable-rename', 'audit_logs.metadata').fix?.sql).toContain(
      'ALTER COLUMN "metadata" TYPE text',
    );
  });

  test('what was required may be empty once renamed', () => {
    expect(finding('drift/nullability-change', 'audit_logs.resource').fix?.sql).toMatch(/DROP NOT NULL/);
  });

  test.each([
    ['drift/missing-table', 'exchange_rates', 'model ExchangeRate {'],
    ['drift/missing-table', 'user_preferences', 'model UserPreferences {'],
    ['drift/missing-column', 'users.is_admin', 'isAdmin '],
    ['drift/missing-column', 'users.totp_backup_codes', 'totpBackupCodes '],
    ['drift/probable-rename', 'audit_logs.metadata', 'metadata '],
    [
      'drift/missing-index',
      'audit_logs.audit_logs_severity_timestamp_idx',
      '@@index([severity, timestamp(sort: Desc)])',
    ],
    ['drift/nullability-change', 'transaction_rules.category_id', 'categoryId '],
    ['drift/missing-foreign-key', 'transaction_rules.transaction_rules_category_id_fkey', 'category '],
  ])('%s %s points at its place in the schema', (rule, subject, start) => {
    const found = finding(rule, subject);
    expect(found.location?.file).toBe('prisma/schema.prisma');
    expect(textAt('finance', found).startsWith(start)).toBe(true);
  });

  test('every drift finding brings the SQL that mends it', () => {
    expect(drift().filter(({ fix }) => !fix?.sql)).toEqual([]);
  });

  test('every drift finding of a table that is there names the statement of the migration', () => {
    const init = 'prisma/migrations/20250824063952_init/migration.sql';
    const without = drift().filter(
      ({ rule, related }) => rule !== 'drift/missing-table' && !related.some(({ location }) => location.file === init),
    );
    expect(listed(without)).toEqual([]);
  });

  test.each<[rule: string, ...subjects: string[]]>([
    ['schema/money-as-float', 'ExchangeRate.rate'],
    ['schema/nullable-unique', 'Account.@@unique([spaceId, provider, providerAccountId])'],
    [
      'schema/redundant-index',
      'Account.@@index([spaceId])',
      'Category.@@index([budgetId])',
      'ExchangeRate.@@index([fromCurrency, toCurrency])',
      // The audit praised it; the unique is on the same column.
      'Session.@@index([tokenFamily])',
      // The unique on the same columns, read backwards.
      'Transaction.@@index([accountId, providerTransactionId])',
    ],
    // The hashed and the encrypted columns are not among them, nor is `tokenFamily`.
    ['schema/plaintext-secret', 'User.totpBackupCodes', 'User.totpSecret', 'User.totpTempSecret'],
    // The audit asked for an index on (spaceId, provider); the unique starts with these, and keys of spaces have theirs.
    ['schema/unindexed-foreign-key', 'TransactionRule.category', 'UserSpace.space'],
    ['schema/index-on-unbounded-text', 'ErrorLog.@@index([message])'],
    ['schema/low-cardinality-index', 'Transaction.@@index([pending])'],
    ['schema/cascade-blast-radius'],
    ['database/unordered-times', 'budgets'],
    ['schema/text-as-state', 'AuditLog.severity', 'ErrorLog.level'],
    // The audit wanted `isActive` to be off by default, which is a choice and no privilege.
    ['schema/default-grant'],
  ])('%s finds what the audit found or should have', (rule, ...subjects) => {
    expect(subjectsOf(report, rule)).toEqual(subjects);
  });

  test('an exchange rate gets more places than the audit gave it, which lost more than the Float', () => {
    const added = finding('schema/money-as-float', 'ExchangeRate.rate').fix?.edits.map(({ text }) => text) ?? [];
    const scale = /Decimal\(\d+, (?<scale>\d+)\)/.exec(added.join(' '))?.groups?.scale;
    expect(Number(scale)).toBeGreaterThanOrEqual(10);
  });

  test('says what is committed', () => {
    expectCommitted('finance/expected.txt', linted.pretty.stdout);
    expectCommitted('finance/expected.json', linted.json.stdout);
  });

  test('the demo shows it and ends well', () => {
    const demo = run(join(root, 'scripts/demo.mjs'), root);
    expect(demo.stderr).toBe('');
    expect(demo.status).toBe(0);
    expect(demo.stdout).toContain(linted.pretty.stdout);
    expect(demo.stdout).toContain('A build would have failed here with exit code 1.');
  });
});
