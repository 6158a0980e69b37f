import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@migrate-lint/core';
import { openEmbedded } from './database/embedded.ts';
import { precheckScript } from './prechecks.ts';

const finding = (precheck: string | null, more: Partial<Finding> = {}): Finding => ({
  project: '.',
  rule: 'migration/unique-on-existing',
  level: 'high',
  category: 'integrity',
  subject: '2_next#1',
  message: 'The index fails while two rows of `a` have the same `n`.',
  location: { file: 'prisma/migrations/2_next/migration.sql', line: 3, column: 1, endLine: 3, endColumn: 9 },
  related: [],
  fix: null,
  precheck,
  docs: '',
  fingerprint: '0123456789abcdef',
  suppressed: null,
  ...more,
});

const duplicates = 'SELECT "n", count(*) FROM "a" GROUP BY "n" HAVING count(*) > 1';

describe('precheckScript', () => {
  test('one query for each finding, with its place and message', () => {
    expect(precheckScript([finding(null), finding(duplicates), finding('SELECT 1;', { location: null })])).toBe(
      `-- Written by migrate-lint: queries that find the rows on which a migration would fail.
-- They only read. Run them on the real database before the migrations:
--   psql "$DATABASE_URL" --no-psqlrc --echo-all --file prechecks.sql
-- A query that shows no row is passed; rows that it shows have to be mended first.

-- migration/unique-on-existing  prisma/migrations/2_next/migration.sql:3
-- The index fails while two rows of \`a\` have the same \`n\`.
BEGIN READ ONLY;
${duplicates};
ROLLBACK;

-- migration/unique-on-existing  2_next#1
-- The index fails while two rows of \`a\` have the same \`n\`.
BEGIN READ ONLY;
SELECT 1;
ROLLBACK;
`,
    );
  });

  test('a query that two findings have runs once', () => {
    const script = precheckScript([finding(duplicates), finding(duplicates, { subject: 'other' })]);
    expect(script.match(/BEGIN READ ONLY;/g)).toHaveLength(1);
    expect(script.match(/^-- migration\/unique-on-existing/gm)).toHaveLength(2);
  });

  test('a comment at the end of a query does not swallow its semicolon', () => {
    expect(precheckScript([finding('SELECT 1 -- one')])).toContain('\nSELECT 1 -- one\n;\nROLLBACK;\n');
  });

  test('runs as it is, finds the rows, and a name cannot leave its comment', async () => {
    const hostile = 'x\r\nDROP TABLE "a";\u2028DELETE FROM "a";\u0085--';
    const script = precheckScript([
      finding('SELECT 1 FROM "nowhere"'),
      finding(duplicates, { message: hostile, location: null, subject: hostile }),
    ]);
    const lines = script.split('\n').filter(line => line !== '' && !line.startsWith('-- '));
    const around = (query: string): readonly string[] => ['BEGIN READ ONLY;', `${query};`, 'ROLLBACK;'];
    expect(lines).toEqual([...around('SELECT 1 FROM "nowhere"'), ...around(duplicates)]);
    const database = await openEmbedded([]);
    try {
      await database.execute('CREATE TABLE "a" ("n" int); INSERT INTO "a" VALUES (1), (1), (2);');
      await expect(database.execute(script)).rejects.toThrow('relation "nowhere" does not exist');
      await database.execute('ROLLBACK');
      await database.execute(precheckScript([finding(duplicates)]));
      expect(await database.query(duplicates)).toEqual([{ n: 1, count: 2 }]);
      expect(await database.query('SELECT count(*)::int AS rows FROM "a"')).toEqual([{ rows: 3 }]);
      await database.execute(precheckScript([]));
      const write = precheckScript([finding('DELETE FROM "a" RETURNING "n"')]);
      await expect(database.execute(write)).rejects.toThrow('cannot execute DELETE in a read-only transaction');
    } finally {
      await database.close();
    }
  });
});
