import { expect, test } from '@jest/globals';
import { dayOf, isInFuture, runsBefore } from './migration-order.ts';

test.each([
  ['20260131120000_add', '2026-01-31'],
  ['20260131_add', '2026-01-31'],
  ['2026-01-31-add', '2026-01-31'],
  ['202601311200_add', '2026-01-31'],
  ['20240229000000', '2024-02-29'],
  ['0_init', undefined],
  ['000_error_logs', undefined],
  ['20260230000000_no_such_day', undefined],
  ['20261301000000_no_such_month', undefined],
  ['99999999999999_last', undefined],
  ['1735689600000_milliseconds', undefined],
  ['add_2026', undefined],
])('the day of %s is %s', (name, day) => {
  expect(dayOf(name)).toBe(day);
});

test.each([
  ['20260131000000_a', '2026-01-31', false],
  // On the Line Islands it is the first of February for fourteen hours already.
  ['20260201133000_a', '2026-01-31', false],
  ['20260202000000_a', '2026-01-31', true],
  ['20260101000000_a', '2025-12-31', false],
  ['20260102000000_a', '2025-12-31', true],
  ['0_init', '2025-12-31', false],
])('whether %s is in the future on %s: %s', (name, today, expected) => {
  expect(isInFuture(name, today)).toBe(expected);
});

test('the order is that of Prisma', () => {
  expect(runsBefore('000_x', '20250101_y')).toBe(true);
  expect(runsBefore('2_b', '10_a')).toBe(false);
  expect(runsBefore('1_a', '1_B')).toBe(true);
  expect(runsBefore('1_a', '1_a')).toBe(false);
});
