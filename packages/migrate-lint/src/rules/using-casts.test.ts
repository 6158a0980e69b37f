import { expect, test } from '@jest/globals';
import { castIn } from './using-casts.ts';

test.each([
  ['"age"', 'integer', 'column'],
  ['"age"::integer', 'integer', 'direct'],
  ['("age"::INT)', 'integer', 'direct'],
  ['age :: int4', 'integer', 'direct'],
  ['CAST("age" AS bigint)', 'bigint', 'direct'],
  ['"User"."age"::numeric(10, 2)', 'numeric(10,2)', 'direct'],
  ['"age"::timestamp(3)', 'timestamp(3) without time zone', 'direct'],
  ['"age"::timestamptz', 'timestamp with time zone', 'direct'],
  ['("age"::text::"Role_new")', '"Role_new"', 'through text'],
  ['(("age")::text)::"public"."Role_new"', '"Role_new"', 'through text'],
  ['("age"::text::"Role_new"[])', '"Role_new"[]', 'through text'],
  ['"age"::text', 'character varying(20)', 'to text'],
  ['"age"::integer', 'bigint', undefined],
  ['"other"::integer', 'integer', undefined],
  [`NULLIF("age", '')::integer`, 'integer', undefined],
  ['trim("age")::integer', 'integer', undefined],
  ['"age"::text::bigint::integer', 'integer', undefined],
  ['ARRAY["age"]', 'integer[]', undefined],
  ['"age"::integer', 'integer[]', undefined],
  [`CASE WHEN "age" ~ '^\\d+$' THEN "age"::integer END`, 'integer', undefined],
  [`("age" || 'x')::text`, 'text', undefined],
])('%s to %s is %s', (using, to, expected) => {
  expect(castIn(using, 'age', to)).toBe(expected);
});
