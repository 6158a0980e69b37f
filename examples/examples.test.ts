import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Finding, Report } from '@migrate-lint/core';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..');
const bin = join(root, 'packages/migrate-lint/dist/bin.js');
const update = process.env.UPDATE_EXPECTED === '1';

/** Whatever colours or narrows the output, or chooses another reporter, on the machine that runs the tests. */
const unsettled = ['FORCE_COLOR', 'COLUMNS', 'CI', 'GITHUB_ACTIONS', 'DISABLE_AUDIT', 'DATABASE_URL', 'NODE_OPTIONS'];

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(script: string, cwd: string, args: readonly string[] = []): Run {
  const kept = Object.entries(process.env).filter(([name]) => !unsettled.includes(name));
  return spawnSync(process.execPath, [script, ...args], {
    cwd,
    env: { ...Object.fromEntries(kept), NO_COLOR: '1' },
    encoding: 'utf8',
  });
}

function lint(example: string, args: readonly string[]): Run {
  return run(bin, join(here, example), ['check', '--no-cache', ...args]);
}

/** Compares with the committed file; `UPDATE_EXPECTED=1` writes it instead. */
function expectCommitted(file: string, output: string): void {
  const path = join(here, file);
  if (update) writeFileSync(path, output);
  expect(output).toBe(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
}

function listed(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ rule, subject }) => `${rule} ${subject}`).sort();
}

function only<Thing>(things: readonly Thing[]): Thing {
  expect(things).toHaveLength(1);
  return things[0]!;
}

beforeAll(() => {
  if (!existsSync(bin)) throw new Error('The examples run the built command: run “npm run build” first.');
});

describe('finance', () => {
  const schema = ['--schema', 'prisma/schema.prisma'];
  let pretty: Run;
  let json: Run;
  let report: Report;

  beforeAll(() => {
    pretty = lint('finance', schema);
    json = lint('finance', [...schema, '--format', 'json']);
    report = JSON.parse(json.stdout) as Report;
  });

  const drift = (): readonly Finding[] => report.findings.filter(({ rule }) => rule.startsWith('drift/'));
  const finding = (rule: string, subject: string): Finding =>
    only(drift().filter(each => each.rule === rule && each.subject === subject));

  test('fails the build and is silent on stderr', () => {
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
    const { location } = finding(rule, subject);
    expect(location?.file).toBe('prisma/schema.prisma');
    const lines = readFileSync(join(here, 'finance/prisma/schema.prisma'), 'utf8').split(/\r?\n/);
    expect(lines[location!.line - 1]!.slice(location!.column - 1).startsWith(start)).toBe(true);
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

  test('the schema rules find what the audit found by hand', () => {
    const found = listed(report.findings);
    for (const expected of [
      'schema/money-as-float ExchangeRate.rate',
      'schema/nullable-unique Account.@@unique([spaceId, provider, providerAccountId])',
      'schema/redundant-index Session.@@index([tokenFamily])',
      'schema/plaintext-secret User.totpSecret',
      'schema/plaintext-secret User.totpTempSecret',
      'schema/plaintext-secret User.totpBackupCodes',
    ]) {
      expect(found).toContain(expected);
    }
    // Those are hashed or encrypted, or no secret; the audit names none of them.
    expect(found).not.toContain('schema/plaintext-secret User.passwordHash');
    expect(found).not.toContain('schema/plaintext-secret Session.refreshTokenHash');
    expect(found).not.toContain('schema/plaintext-secret Session.tokenFamily');
    expect(found).not.toContain('schema/plaintext-secret ProviderConnection.encryptedToken');
    expect(found).not.toContain('schema/plaintext-secret Account.encryptedCredentials');
  });

  test('says what is committed', () => {
    expectCommitted('finance/expected.txt', pretty.stdout);
    expectCommitted('finance/expected.json', json.stdout);
  });

  test('the demo shows it and ends well', () => {
    const demo = run(join(root, 'scripts/demo.mjs'), root);
    expect(demo.stderr).toBe('');
    expect(demo.status).toBe(0);
    expect(demo.stdout).toContain(pretty.stdout);
    expect(demo.stdout).toContain('A build would have failed here with exit code 1.');
  });
});

describe('clean', () => {
  // No --schema: the Prisma config says where the folder of schema files is.
  let pretty: Run;
  let report: Report;

  beforeAll(() => {
    pretty = lint('clean', []);
    report = JSON.parse(lint('clean', ['--format', 'json']).stdout) as Report;
  });

  test('passes and is silent on stderr', () => {
    expect(pretty.stderr).toBe('');
    expect(pretty.status).toBe(0);
  });

  test('has no drift finding, not even a suppressed one', () => {
    expect(listed(report.findings.filter(({ rule }) => rule.startsWith('drift/')))).toEqual([]);
  });

  test('was really compared', () => {
    expect(report.skipped).toEqual([]);
    const subjects = (rule: string): number => only(report.checks.filter(check => check.rule === rule)).subjects;
    // 18 models and 3 implicit many-to-many tables.
    expect(subjects('drift/missing-table')).toBeGreaterThanOrEqual(21);
    expect(subjects('drift/missing-index')).toBeGreaterThan(15);
    expect(subjects('drift/missing-foreign-key')).toBeGreaterThan(25);
  });

  test('says what is committed', () => {
    expectCommitted('clean/expected.txt', pretty.stdout);
  });
});
