import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './unbatched-backfill.ts';

const before = 'CREATE TABLE orders (id integer PRIMARY KEY, email text, kind text);';
const add = 'ALTER TABLE orders ADD COLUMN domain text;';

test.each([
  [
    'a table of the same migration',
    `CREATE TABLE news (id integer); ALTER TABLE news ADD COLUMN a text; UPDATE news SET a = 'x';`,
  ],
  ['a condition on another column', `${add} UPDATE orders SET domain = 'x' WHERE kind = 'y';`],
  ['one row', `${add} UPDATE orders SET domain = 'x' WHERE id = 1;`],
  [
    'a batch',
    `${add} UPDATE orders SET domain = 'x' WHERE id IN (SELECT id FROM orders WHERE domain IS NULL LIMIT 1000);`,
  ],
  ['a column that was there', `${add} UPDATE orders SET kind = 'x';`],
  ['a default', `ALTER TABLE orders ADD COLUMN domain text DEFAULT 'x';`],
])('is silent of %s', async (_name, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test('tells of the first fill of a column that the migration right before added', async () => {
  const fill = `UPDATE orders SET domain = 'x';`;
  const migrations = { '1_a': before, '2_b': add, '3_c': fill, '4_d': fill };
  expect(await say(rule, '', '', { migrations })).toEqual([
    'Filling in `domain` writes every row of `orders` anew in one transaction, and other writes to those rows wait until it ends.',
  ]);
});

test.each([
  ['every row', `${add} UPDATE orders SET domain = split_part(email, '@', 2);`],
  ['every row that has none', `${add} UPDATE orders o SET domain = 'x' WHERE o.domain IS NULL;`],
  ['quoted', `${add} UPDATE "orders" SET "domain" = 'x' WHERE ("domain" IS NULL);`],
])('tells of %s', async (_name, sql) => {
  expect(await say(rule, before, sql)).toEqual([
    'Filling in `domain` writes every row of `orders` anew in one transaction, and other writes to those rows wait until it ends.',
  ]);
});
