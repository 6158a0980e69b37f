import { beforeAll, describe, expect, test } from '@jest/globals';
import { expectCommitted, lint, listed, ofGroup, only, type Linted } from './testing.ts';

describe('clean', () => {
  let linted: Linted;

  beforeAll(() => {
    // No --schema: the Prisma config says where the folder of schema files is.
    linted = lint('clean');
  });

  test('passes and is silent on stderr', () => {
    expect(linted.pretty.stderr).toBe('');
    expect(linted.pretty.status).toBe(0);
  });

  test('has no drift finding, not even a suppressed one', () => {
    expect(listed(ofGroup(linted.report, 'drift'))).toEqual([]);
  });

  test('was really compared', () => {
    const { skipped, checks } = linted.report;
    expect(skipped).toEqual([]);
    const subjects = (rule: string): number => only(checks.filter(check => check.rule === rule)).subjects;
    // 18 models and 3 implicit many-to-many tables.
    expect(subjects('drift/missing-table')).toBeGreaterThanOrEqual(21);
    expect(subjects('drift/missing-index')).toBeGreaterThan(15);
    expect(subjects('drift/missing-foreign-key')).toBeGreaterThan(25);
  });

  test('says what is committed', () => {
    expectCommitted('clean/expected.txt', linted.pretty.stdout);
  });
});
