import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './mixed-nontransactional.ts';

const before = 'CREATE TABLE orders (id integer PRIMARY KEY, email text);';
const index = 'CREATE INDEX CONCURRENTLY orders_email_idx ON orders (email);';

test.each([
  ['alone', index],
  ['with a SET', `SET lock_timeout = '5s'; ${index}`],
  ['a block, where it fails', `BEGIN; ALTER TABLE orders ADD COLUMN note text; ${index} COMMIT;`],
  [
    'two that can run again',
    'CREATE INDEX CONCURRENTLY IF NOT EXISTS a ON orders (email); CREATE INDEX CONCURRENTLY IF NOT EXISTS b ON orders (id);',
  ],
  ['the way to try again', 'DROP INDEX CONCURRENTLY IF EXISTS a; CREATE INDEX CONCURRENTLY a ON orders (id);'],
  ['VACUUM', 'VACUUM orders; VACUUM (FULL) orders;'],
  [
    'what may run again',
    'ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text; CREATE INDEX CONCURRENTLY IF NOT EXISTS a ON orders (id);',
  ],
  ['an index that waits for nobody', 'ALTER TABLE orders ADD COLUMN note text; CREATE INDEX a ON orders (note);'],
])('is silent of one %s', async (_name, sql) => {
  expect(await say(rule, before, sql)).toEqual([]);
});

test.each([
  ['before it', `ALTER TABLE orders ADD COLUMN note text; ${index}`],
  ['behind it', `${index} ALTER TABLE orders ADD COLUMN note text;`],
])('tells of other work %s', async (_name, sql) => {
  expect(await say(rule, before, sql)).toEqual([
    '`2_next` does something else besides CREATE INDEX CONCURRENTLY, so when one of them fails the file is half done and cannot run again.',
  ]);
});

test('one finding for several of the kind', async () => {
  const second = 'CREATE INDEX CONCURRENTLY orders_id_idx ON orders (id);';
  expect(await say(rule, before, `${index} ${second}`)).toHaveLength(1);
});
