import { expect, test } from '@jest/globals';
import { keepsMeaning } from './convertible-types.ts';

test.each([
  ['integer', 'bigint'],
  ['numeric(10,2)', 'integer'],
  ['timestamp(3) without time zone', 'date'],
  ['character varying(20)', 'text'],
  ['uuid', 'text'],
  ['boolean', 'text'],
  ['"Role"', '"UserRole"'],
  ['text', '"Role"'],
  ['json', 'jsonb'],
  ['text[]', 'character varying(20)[]'],
])('%s keeps its meaning as %s', (from, to) => {
  expect(keepsMeaning(from, to)).toBe(true);
});

test.each([
  ['boolean', 'timestamp(3) without time zone'],
  ['text', 'integer'],
  ['integer', 'date'],
  ['text', 'text[]'],
  ['text[]', 'jsonb'],
  ['text', 'uuid'],
  ['jsonb', 'bytea'],
])('%s does not as %s', (from, to) => {
  expect(keepsMeaning(from, to)).toBe(false);
});
