import { beforeAll, describe, expect, test } from '@jest/globals';
import type { DatabaseFunction } from '@migrate-lint/core';
import { loadParser } from '../migrations/parser.ts';
import { injectedParameters } from './dynamic-sql.ts';

beforeAll(loadParser);

const injected = (parameters: string, body: string, language = 'plpgsql') =>
  injectedParameters({ arguments: parameters, body, language } as DatabaseFunction);

describe('is silent on', () => {
  test.each([
    ["BEGIN EXECUTE format('SELECT * FROM %I WHERE a = %L', tbl, lim); END;"],
    ["BEGIN EXECUTE 'SELECT * FROM t WHERE a = $1' USING tbl; END;"],
    ["BEGIN EXECUTE 'SELECT * FROM ' || quote_ident(tbl) || ' WHERE a = ' || quote_literal(lim); END;"],
    ["BEGIN EXECUTE 'SELECT * FROM ' || tbl::regclass; END;"],
    ["BEGIN EXECUTE format('SELECT 1 LIMIT %s', lim::int); END;"],
    ["BEGIN IF tbl NOT IN ('a', 'b') THEN RAISE 'no'; END IF; EXECUTE 'TRUNCATE ' || tbl; END;"],
    ["BEGIN IF tbl !~ '^[a-z]+$' THEN RETURN; END IF; EXECUTE 'TRUNCATE ' || tbl; END;"],
    ["BEGIN PERFORM 1 FROM pg_tables WHERE tablename = tbl; EXECUTE 'TRUNCATE ' || tbl; END;"],
    ["BEGIN EXECUTE CASE WHEN tbl = 'a' THEN 'SELECT 1' ELSE 'SELECT 2' END; END;"],
    ["BEGIN EXECUTE 'SELECT 1'; RAISE NOTICE '%', 'EXECUTE ' || tbl; END;"],
    ['BEGIN CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tbl(); END;'],
    ['BEGIN -- EXECUTE tbl\n RETURN tbl; END;'],
  ])('%s', body => {
    expect(injected('tbl text, lim text', body)).toEqual([]);
  });

  test('what is no text, and other languages', () => {
    const body = "BEGIN EXECUTE 'SELECT * FROM p_' || id || day || kind; END;";
    expect(injected('id uuid, day timestamp with time zone, kind "Kind", OUT found text', body)).toEqual([]);
    expect(injected('id text', "BEGIN EXECUTE 'SELECT ' || id; END;", 'sql')).toEqual([]);
  });
});

describe('names what reaches an EXECUTE as SQL', () => {
  test.each([
    ["BEGIN EXECUTE 'SELECT * FROM ' || tbl; END;", ['tbl']],
    ["BEGIN RETURN QUERY EXECUTE format('SELECT * FROM %I WHERE %s', tbl, lim); END;", ['lim']],
    ["BEGIN EXECUTE format('SELECT %2$s FROM %1$I', tbl, lim) INTO x USING lim; END;", ['lim']],
    ['BEGIN FOR r IN EXECUTE tbl LOOP NULL; END LOOP; END;', ['tbl']],
    [
      "DECLARE q text := 'SELECT 1 FROM t'; BEGIN IF lim IS NOT NULL THEN q := q || ' ' || coalesce(lim, ''); END IF; EXECUTE q; END;",
      ['lim'],
    ],
    ["DECLARE q text DEFAULT concat('a', lower(lim)); w text; BEGIN w = q; EXECUTE w; END;", ['lim']],
    ["BEGIN EXECUTE 'SELECT ' || $2; END;", ['$2']],
    ["BEGIN EXECUTE 'SELECT ' || f.lim; END;", ['lim']],
  ])('%s', (body, names) => {
    expect(injected('tbl text, lim text', body)).toEqual(names);
  });

  test('in a type with blanks, an array, JSON and a quoted name', () => {
    const body = `BEGIN EXECUTE 'SELECT ' || a || array_to_string(b, ',') || (c ->> 'x') || "D e"; END;`;
    expect(injected('a character varying, VARIADIC b text[], c jsonb, "D e" text', body)).toEqual([
      'a',
      'b',
      'c',
      'D e',
    ]);
  });
});
