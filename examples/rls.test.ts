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

describe('rls', () => {
  let linted: Linted;
  let report: Report;

  beforeAll(() => {
    linted = lint('rls');
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
    ['database/view-bypasses-rls', 'calls_with_contacts'],
    // The policies that are really for `service_role` may say true.
    ['database/permissive-policy', 'webhook_deliveries.Service role keeps deliveries'],
    // `processed_webhooks` has none either: by its name only the server uses it.
    ['database/rls-without-policy', 'opening_hours'],
    ['database/policy-per-row-call', 'appointments.Everybody keeps what they booked'],
    ['database/policy-column-unindexed', 'voicemails.owner_id'],
    ['schema/cascade-blast-radius'],
  ])('%s finds what is planted, and no more', (rule, ...subjects) => {
    expect(subjectsOf(report, rule)).toEqual(subjects);
  });

  test.each<[rule: string, ...names: string[]]>([
    // A later migration gives `auth_organization_id` its search path, `handle_new_user` has it from the start.
    ['database/mutable-search-path', 'deduct_credits', 'purge_deliveries'],
    // The others are revoked from everybody.
    ['database/public-definer-function', 'purge_deliveries'],
    ['database/broken-function', 'organization_minutes'],
  ])('%s finds the functions that are planted, and no more', (rule, ...names) => {
    expect(functionsOf(report, rule)).toEqual(names);
  });

  test.each([
    'database/rls-disabled',
    'database/policy-without-rls',
    'database/incomplete-policies',
    'database/overlapping-policies',
    'database/policy-trusts-user-metadata',
    'database/public-grant',
    'database/broken-view',
    'schema/missing-relation',
    'schema/unindexed-foreign-key',
  ])('%s has nothing to say', rule => {
    expect(subjectsOf(report, rule)).toEqual([]);
  });

  test.each(['calls', 'contacts', 'credentials', 'credit_movements', 'organizations', 'profiles'])(
    'the policies of %s are complete, and no rule of security has a word against them',
    table => {
      const rules = /rls|policy|policies|grant|exposed/;
      const about = report.findings.filter(
        ({ rule, subject }) => rules.test(rule) && (subject === table || subject.startsWith(`${table}.`)),
      );
      expect(listed(about)).toEqual([]);
    },
  );

  test('the function that reads a dropped table names it', () => {
    const { message, location } = findingOf(report, 'database/broken-function', 'organization_minutes');
    expect(message).toContain('call_tracking');
    expect(location?.file).toBe('prisma/migrations/20250922093000_billing/migration.sql');
  });

  test.each(['deduct_credits', 'purge_deliveries'])('%s gets a search path of its own', subject => {
    const { level, fix } = findingOf(report, 'database/mutable-search-path', subject);
    expect(level).toBe('critical');
    expect(fix?.sql).toMatch(new RegExp(`ALTER FUNCTION .*${subject}.* SET search_path`, 's'));
  });

  test('the view gets the rights of whoever asks', () => {
    const { fix } = findingOf(report, 'database/view-bypasses-rls', 'calls_with_contacts');
    expect(fix?.sql).toMatch(/security_invoker/);
  });

  test('the call of the policy goes into a SELECT, in both of its expressions', () => {
    const found = findingOf(report, 'database/policy-per-row-call', 'appointments.Everybody keeps what they booked');
    expect(found.fix?.sql?.match(/SELECT auth\.uid\(\)/gi)).toHaveLength(2);
    expect(textAt('rls', found)).toMatch(/^create policy "Everybody keeps what they booked"/);
  });

  test('says what is committed', () => {
    expectCommitted('rls/expected.txt', linted.pretty.stdout);
  });
});
