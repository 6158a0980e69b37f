import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Database } from '../database/database.ts';
import { openEmbedded } from '../database/embedded.ts';
import { typeChange } from './type-changes.ts';

jest.setTimeout(240_000);

const types = [
  ...['smallint', 'integer', 'bigint', 'double precision', 'boolean', 'oid', 'uuid', 'json', 'jsonb', 'bytea', 'xml'],
  ...['numeric', 'numeric(10,2)', 'numeric(12,4)', 'numeric(12,2)', 'inet', 'cidr', '"Role"', '"Role_new"', 'citext'],
  ...['text', 'character varying', 'character varying(10)', 'character varying(20)', 'character(10)', 'character(20)'],
  ...['', '(3)', '(6)'].flatMap(size => [`timestamp${size} without time zone`, `timestamp${size} with time zone`]),
  ...['date', 'time without time zone', 'time(3) without time zone', 'time(6) without time zone'],
  ...['interval', 'interval(3)', 'interval(6)', 'bit(8)', 'bit varying', 'bit varying(8)', 'bit varying(16)'],
  ...['text[]', 'character varying(10)[]', 'character varying(20)[]', 'character varying[]', 'integer[]', '"Role"[]'],
];

/** Changes the type of a column with an index, and looks whether the files of the table and of the index are others. */
const measure = `CREATE EXTENSION citext; CREATE TYPE "Role" AS ENUM ('a', 'b'); CREATE TYPE "Role_new" AS ENUM ('a');
CREATE TABLE measured (old text, new text, heap boolean, key boolean);
CREATE FUNCTION files() RETURNS TABLE (heap oid, key oid) LANGUAGE sql AS $$
  SELECT max(relfilenode) FILTER (WHERE relname = 'tried'), max(relfilenode) FILTER (WHERE relname = 'tried_key') FROM pg_class $$;
CREATE PROCEDURE measure(old text, new text) LANGUAGE plpgsql AS $$
DECLARE was record; is_now record;
BEGIN
  DROP TABLE IF EXISTS tried;
  EXECUTE format('CREATE TABLE tried (c %s)', old);
  BEGIN CREATE INDEX tried_key ON tried (c); EXCEPTION WHEN undefined_object THEN NULL; END;
  SELECT * INTO was FROM files();
  BEGIN
    EXECUTE format('ALTER TABLE tried ALTER c TYPE %s', new);
  EXCEPTION WHEN datatype_mismatch THEN
    BEGIN
      EXECUTE format('ALTER TABLE tried ALTER c TYPE %1$s USING c::%1$s', new);
    EXCEPTION WHEN OTHERS THEN RETURN; END;
  WHEN OTHERS THEN RETURN; END;
  SELECT * INTO is_now FROM files();
  INSERT INTO measured VALUES (old, new, was.heap <> is_now.heap, was.key <> is_now.key);
END $$;`;

interface Measured {
  readonly old: string;
  readonly new: string;
  readonly heap: boolean;
  /** Null without an index: json and xml have no order. */
  readonly key: boolean | null;
}

let database: Database;
beforeAll(async () => {
  database = await openEmbedded(['citext']);
  await database.execute(measure);
});
afterAll(() => database.close());

async function tryAll(zone: string, pairs: readonly (readonly [string, string])[]): Promise<readonly Measured[]> {
  await database.execute(`SET TimeZone = '${zone}'; TRUNCATE measured;`);
  for (const [old, wanted] of pairs) await database.query(`CALL measure('${old}', '${wanted}')`);
  return database.query<Measured>('SELECT * FROM measured');
}

const isEnum = (type: string): boolean => type.startsWith('"Role');
const pairs = types.flatMap(old => types.filter(wanted => wanted !== old).map(wanted => [old, wanted] as const));

describe('what a change of type costs is what Postgres does', () => {
  test('in a session of UTC', async () => {
    const measured = await tryAll('UTC', pairs);
    expect(measured.length).toBeGreaterThan(800);
    const said = measured.map(({ old, new: wanted, key }) => {
      const change = typeChange(old, wanted, isEnum);
      return { old, new: wanted, heap: change?.rewrites === 'always', key: key === null ? null : change?.reindexes };
    });
    expect(said.filter((each, at) => !isDeepStrictEqual(each, { ...measured[at] }))).toEqual([]);
  });

  test('in a session of another zone', async () => {
    const ofTime = pairs.filter(each => each.every(type => type.startsWith('timestamp')));
    const measured = await tryAll('Europe/Berlin', ofTime);
    const said = measured.map(({ old, new: wanted }) => typeChange(old, wanted, isEnum)?.rewrites !== 'never');
    expect(said).toEqual(measured.map(({ heap }) => heap));
  });
});

test('says nothing of types that it does not know', () => {
  for (const [old, wanted] of [
    ['geometry', 'geometry(Point,4326)'],
    ['email', 'text'],
    ['integer', 'status'],
    ['vector(3)', 'vector(4)'],
    ['money_amount[]', 'numeric[]'],
  ] as const)
    expect(typeChange(old, wanted, () => false)).toBeUndefined();
});

test('the same type is no change', () => {
  expect(typeChange('geometry', 'geometry', () => false)).toEqual({ rewrites: 'never', reindexes: false });
});
