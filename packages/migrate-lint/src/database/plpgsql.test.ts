import { expect, test } from '@jest/globals';
import { Scope } from './body.ts';
import { readBody } from './plpgsql.ts';

/** The queries and expressions of a body, as they are put together. */
function queries(text: string, scope = new Scope()): readonly string[] {
  return readBody(text, scope).pieces.map(({ parts }) =>
    parts.map(part => (typeof part === 'string' ? part : text.slice(part.start, part.end))).join(''),
  );
}

test.each([
  [
    'IF',
    'IF a THEN PERFORM f(1); ELSIF b THEN NULL; ELSE x := c; END IF;',
    ['SELECT a', 'SELECT f(1)', 'SELECT b', 'SELECT c'],
  ],
  [
    'CASE of a value',
    'CASE a WHEN 1, 2 THEN NULL; ELSE RETURN b; END CASE;',
    ['SELECT a', 'SELECT (a) IN (1, 2)', 'SELECT b'],
  ],
  ['CASE of conditions', 'CASE WHEN a > 1 THEN NULL; END CASE;', ['SELECT a > 1']],
  ['loops', '<<l>> LOOP EXIT l WHEN a; CONTINUE; END LOOP l; WHILE b LOOP NULL; END LOOP;', ['SELECT a', 'SELECT b']],
  ['FOR of numbers', 'FOR i IN REVERSE a..b BY c LOOP NULL; END LOOP;', ['SELECT  a', 'SELECT b', 'SELECT c']],
  ['FOR of a query', 'FOR r IN SELECT 1 LOOP PERFORM r; END LOOP;', ['SELECT 1', 'SELECT r']],
  [
    'FOR of a text',
    'FOR r IN EXECUTE a || b USING c, d LOOP NULL; END LOOP;',
    ['SELECT a || b', 'SELECT c', 'SELECT d'],
  ],
  ['FOREACH', 'FOREACH x SLICE 1 IN ARRAY a LOOP NULL; END LOOP;', ['SELECT a']],
  [
    'RETURN',
    'RETURN NEXT a; RETURN QUERY SELECT 1; RETURN QUERY EXECUTE b; RETURN;',
    ['SELECT a', 'SELECT 1', 'SELECT b'],
  ],
  [
    'RAISE',
    `RAISE EXCEPTION 'a % b', x, f(y, z) USING ERRCODE = c, HINT = d; RAISE;`,
    ['SELECT x', 'SELECT f(y, z)', 'SELECT c', 'SELECT d'],
  ],
  ['EXECUTE', 'EXECUTE format(a) INTO STRICT x USING b;', ['SELECT format(a)', 'SELECT b']],
  [
    'INTO',
    'SELECT a, b INTO STRICT x, y.z FROM t; INSERT INTO t VALUES (1) RETURNING a INTO x;',
    ['SELECT a, b  FROM t', 'INSERT INTO t VALUES (1) RETURNING a  '],
  ],
  ['assignments', 'x := a; y.z = b; v[1 + 2] := c; "X y"."z" := d;', ['SELECT a', 'SELECT b', 'SELECT c', 'SELECT d']],
  ['brackets around keywords', 'IF (CASE WHEN a THEN b END) THEN NULL; END IF;', ['SELECT (CASE WHEN a THEN b END)']],
  ['literals and comments', `IF a = ' THEN ' -- THEN\n /* THEN */ THEN NULL; END IF;`, [`SELECT a = ' THEN '`]],
  ['cursors', 'OPEN c FOR SELECT 1; OPEN c(2); FETCH NEXT FROM c INTO x; MOVE c; CLOSE c;', ['SELECT 1']],
  ['utilities', 'TRUNCATE t; GET DIAGNOSTICS n = ROW_COUNT; COMMIT; SET LOCAL x = y;', ['TRUNCATE t']],
])('reads %s', (_, statements, expected) => {
  expect(queries(`BEGIN ${statements} END;`)).toEqual(expected);
});

test('reads declarations, of the block that they stand in', () => {
  const text = `#variable_conflict use_column
<<top>> DECLARE
  a CONSTANT int NOT NULL := 1; b numeric(10, 2)[]; c "Order"."id"%TYPE DEFAULT f(2); d ALIAS FOR a;
  e NO SCROLL CURSOR (k int, l text) FOR SELECT k;
BEGIN
  DECLARE a text; BEGIN PERFORM inner; EXCEPTION WHEN undefined_table OR others THEN PERFORM handler; END;
  PERFORM outer;
END top`;
  const { pieces, labels } = readBody(text, new Scope());
  expect(queries(text)).toEqual([
    'SELECT 1',
    'SELECT f(2)',
    'SELECT k',
    'SELECT inner',
    'SELECT handler',
    'SELECT outer',
  ]);
  const [, , cursor, inner, handler, outer] = pieces;
  expect(['a', 'b', 'c', 'd', 'e'].map(name => outer?.scope.type(name))).toEqual([
    'int',
    'numeric(10, 2)[]',
    '"Order"."id"%TYPE',
    'int',
    'refcursor',
  ]);
  expect(cursor?.scope.type('l')).toBe('text');
  expect([inner, outer].map(piece => piece?.scope.type('a'))).toEqual(['text', 'int']);
  expect([inner, handler, outer].map(piece => piece?.handled)).toEqual([['undefined_table', 'or', 'others'], [], []]);
  expect(handler?.scope.has('sqlerrm')).toBe(true);
  expect([...labels]).toEqual(['top']);
});

test('tells what a trigger function does', () => {
  const body = readBody(
    `BEGIN IF NEW."Status" = 'old.x' THEN RAISE EXCEPTION 'no'; END IF; NEW.at := now(); EXECUTE 'x'; RETURN NEW; END`,
    new Scope(),
  );
  expect(body).toMatchObject({ returns: ['new'], assigned: [['new', 'at']], raises: true, dynamic: true });
  expect([...body.fields]).toEqual(['new.Status', 'new.at']);
  expect(body.words.has('old')).toBe(false);
  expect(readBody(`BEGIN RAISE NOTICE 'x'; RAISE; END`, new Scope()).raises).toBe(false);
});
