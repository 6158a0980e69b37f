import { expect, test } from '@jest/globals';
import { concurrently, plainly } from './concurrent-sql.ts';

test.each([
  ['CREATE INDEX "a" ON "b"("c")', 'CREATE INDEX CONCURRENTLY "a" ON "b"("c");'],
  ['create unique index if not exists a on b(c);', 'create unique index CONCURRENTLY a on b(c);'],
  ['CREATE INDEX\n  "a" ON "b"("c")', 'CREATE INDEX CONCURRENTLY\n  "a" ON "b"("c");'],
  [
    'CREATE /* one */ INDEX -- two\n IF NOT EXISTS "a" ON "b"("c")',
    'CREATE /* one */ INDEX CONCURRENTLY "a" ON "b"("c");',
  ],
  ['CREATE INDEX CONCURRENTLY "a" ON "b"("c")', 'CREATE INDEX CONCURRENTLY "a" ON "b"("c");'],
  ['CREATE INDEX"a"ON"b"("c")', 'CREATE INDEX CONCURRENTLY"a"ON"b"("c");'],
  ['DROP INDEX IF EXISTS "a"', 'DROP INDEX CONCURRENTLY IF EXISTS "a";'],
  ['REINDEX TABLE "a"', 'REINDEX TABLE CONCURRENTLY "a";'],
  ['REFRESH MATERIALIZED VIEW "a"', 'REFRESH MATERIALIZED VIEW CONCURRENTLY "a";'],
  ['CREATE INDEX a ON b(c) -- why', 'CREATE INDEX CONCURRENTLY a ON b(c) -- why\n;'],
  ['REINDEX (VERBOSE) TABLE "a"', undefined],
  ['REINDEX SYSTEM "a"', undefined],
  ['CREATE TABLE "a" ("b" text)', undefined],
])('%j is %j', (sql, online) => {
  expect(concurrently(sql)).toBe(online);
});

test('takes CONCURRENTLY and IF NOT EXISTS out', () => {
  expect(plainly('CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "a" ON "b"("c")')).toBe(
    'CREATE UNIQUE INDEX "a" ON "b"("c");',
  );
  expect(plainly('DROP INDEX "a"')).toBeUndefined();
});
