import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './schema-and-data-mixed.ts';

const before = 'CREATE TABLE orders (id integer PRIMARY KEY, email text);';
const add = 'ALTER TABLE orders ADD COLUMN domain text;';
const fill = `UPDATE orders SET domain = 'x';`;

test.each([
  ['statements by themselves', `${add} ${fill}`],
  ['a write before the lock', `BEGIN; UPDATE orders SET email = 'x'; ${add} COMMIT;`],
  ['rows that stand there', `BEGIN; ${add} INSERT INTO orders VALUES (1, 'a', 'b'); COMMIT;`],
  ['one row', `BEGIN; ${add} UPDATE orders SET domain = 'x' WHERE id = 1; COMMIT;`],
  [
    'a new table',
    `BEGIN; CREATE TABLE news (id integer); ALTER TABLE news ADD COLUMN a text; UPDATE news SET a = 'x'; COMMIT;`,
  ],
  ['transactions of their own', `BEGIN; ${add} COMMIT; BEGIN; ${fill} COMMIT;`],
])('is silent of %s', async (_name, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test.each([
  ['every row', fill],
  ['every row without one', `UPDATE orders SET domain = 'x' WHERE domain IS NULL;`],
])('tells of a lock that is held while %s is written', async (_name, write) => {
  expect(await say(rule, before, `BEGIN; ${add} ${write} COMMIT;`)).toEqual([
    'The transaction still holds its ACCESS EXCLUSIVE lock on `orders` while all rows of `orders` are written, so nobody reads `orders` until that is done.',
  ]);
});
