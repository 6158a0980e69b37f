import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadParser, parseStatements } from '../src/migrations/parser.ts';
import { histories } from './migrations-histories.ts';
import { complaints, mutated } from './migrations-mutations.ts';

beforeAll(loadParser);

const writes = `INSERT INTO t (a, b) VALUES (1, 'x'), (2, DEFAULT) ON CONFLICT (a) DO UPDATE SET b = excluded.b WHERE t.a > 1 RETURNING *;
WITH gone AS (DELETE FROM a WHERE id < 10 RETURNING id) UPDATE t SET a = 1, (b, c) = (2, 3) FROM gone WHERE t.a = gone.id AND true;
MERGE INTO t USING a ON t.a = a.id WHEN MATCHED THEN UPDATE SET b = 'x' WHEN NOT MATCHED THEN INSERT (a) VALUES (a.id);
DELETE FROM t WHERE a IN (SELECT id FROM a LIMIT 100); TRUNCATE t, a CASCADE; COPY t (a) FROM STDIN; LOCK TABLE ONLY t IN SHARE MODE NOWAIT;
GRANT SELECT (a), UPDATE ON TABLE t TO PUBLIC WITH GRANT OPTION; REVOKE ALL ON ALL TABLES IN SCHEMA public FROM x CASCADE; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO x;
REINDEX (CONCURRENTLY, VERBOSE) INDEX t_i; VACUUM (FULL, ANALYZE) t (a); CLUSTER t USING t_i; REFRESH MATERIALIZED VIEW CONCURRENTLY m WITH NO DATA; ALTER SYSTEM SET x = 1; SET LOCAL lock_timeout = '2s';
SELECT setval(pg_get_serial_sequence('"t"', 'a'), max(a)), set_config('search_path', 'a, "B b"', false) FROM t; ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID; ALTER SEQUENCE s RESTART WITH 5 OWNED BY t.a;
ALTER TABLE t ALTER a RESTART, SET (fillfactor = 70), REPLICA IDENTITY FULL, DISABLE TRIGGER ALL, SET TABLESPACE x, OWNER TO CURRENT_USER; DROP OWNED BY x; DROP FUNCTION f(int, text), g CASCADE; DROP VIEW IF EXISTS "v", b.w;`;
const texts = [...Object.values(histories), writes];

test('mutated statements are read to their end, and what they say stands in them', () => {
  const [before = '', after = ''] = [texts[2], texts[3]];
  const statements = texts.flatMap(text => parseStatements(text).map(({ start, end }) => text.slice(start, end)));
  let read = 0;
  fc.assert(
    fc.property(mutated(statements), mutants => {
      const readable = mutants.filter(isReadable);
      read += readable.length;
      const start = performance.now();
      expect(complaints(before + after, `${readable.join(';\n')};\n`)).toEqual([]);
      expect(complaints(before, mutants.join(';\n'))).toEqual([]);
      // That is a hang: the longest of them takes some hundredths of a second.
      expect(performance.now() - start).toBeLessThan(5000);
    }),
    { seed: Number(process.env.SEED ?? 1), numRuns: Number(process.env.RUNS ?? 500) },
  );
  // Else the test would be one of the parser.
  expect(read).toBeGreaterThan(Number(process.env.RUNS ?? 500));
});

test('statements of one history are read behind another one', () => {
  for (const before of texts) for (const text of texts) expect(complaints(before, text)).toEqual([]);
});

function isReadable(text: string): boolean {
  try {
    return parseStatements(text).length > 0;
  } catch {
    return false;
  }
}
