import { expect, test } from '@jest/globals';
import type { MigrationRow } from '@migrate-lint/core';
import { testRule } from '@migrate-lint/core/testing';
import { appliedFacts, type AppliedText } from '../../../test/applied-testing.ts';
import rule from './failed-or-pending.ts';

const here = { '1_a': '', '2_b': '', '3_c': '' };

function said(text: AppliedText): readonly string[] {
  return testRule(rule, { facts: appliedFacts(text) }).map(
    ({ level, subject, message }) => `${level} ${subject}: ${message}`,
  );
}

function rows(...states: readonly (readonly [string, MigrationRow['state']])[]): readonly MigrationRow[] {
  return states.map(([name, state]) => ({ name, checksum: 'x', state }));
}

test('is silent without a database, and where all is applied', () => {
  expect(said({ here })).toEqual([]);
  const states = [
    ['1_a', 'applied'],
    ['2_b', 'rolled back'],
    ['2_b', 'applied'],
    ['3_c', 'applied'],
  ] as const;
  expect(said({ here, rows: rows(...states) })).toEqual([]);
});

test('names what failed', () => {
  const failed = (name: string): string =>
    `critical ${name}: The migration \`${name}\` failed in the database and nobody said what became of it, so every \`prisma migrate deploy\` stops there (P3009).`;
  expect(said({ here, rows: rows(['1_a', 'applied'], ['2_b', 'failed'], ['3_c', 'applied']) })).toEqual([
    failed('2_b'),
  ]);
  expect(said({ here: {}, rows: rows(['0_gone', 'failed']) })).toEqual([failed('0_gone')]);
  // A second row does not make the first one better: Prisma looks for any.
  expect(said({ here: { '1_a': '' }, rows: rows(['1_a', 'failed'], ['1_a', 'applied']) })).toEqual([failed('1_a')]);
});

test('says once what is pending', () => {
  expect(said({ here, rows: rows(['1_a', 'applied'], ['2_b', 'rolled back']) })).toEqual([
    'low 2_b: The migration `2_b` and 1 more are not applied in the database yet, so the next `prisma migrate deploy` runs them.',
  ]);
  expect(said({ here, rows: rows(['1_a', 'applied'], ['2_b', 'failed']) }).at(-1)).toBe(
    'low 3_c: The migration `3_c` is not applied in the database yet, so the next `prisma migrate deploy` runs it.',
  );
  expect(said({ here: { '1_a': '' }, rows: null })).toEqual([
    'low 1_a: The migration `1_a` is not applied in the database yet, which has no `_prisma_migrations`, so the next `prisma migrate deploy` runs it.',
  ]);
});
