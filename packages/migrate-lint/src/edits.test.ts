import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createCatalog, type Column } from '@migrate-lint/core';
import type { Database } from './database/database.ts';
import { openEmbedded } from './database/embedded.ts';
import { introspect } from './database/introspect.ts';
import { addColumn, changeType, conversion, createTable, orderRenames, sqlFix, type Step } from './edits.ts';

jest.setTimeout(120_000);
let database: Database;
beforeAll(async () => {
  database = await openEmbedded([]);
  await database.execute(`CREATE TYPE "A" AS ENUM ('x', 'y'); CREATE TYPE "B" AS ENUM ('x', 'y', 'z')`);
});
afterAll(() => database.close());

const catalog = async () => createCatalog(await introspect(database));

/** A column of type `from` that holds one value, what the fix makes of it, as text. */
async function converted(from: string, value: string, to: string): Promise<string | null> {
  await database.execute(
    `DROP TABLE IF EXISTS "t"; DROP TABLE IF EXISTS "wanted"; CREATE TABLE "t" ("c" ${from}); INSERT INTO "t" VALUES (${value}); CREATE TABLE "wanted" ("c" ${to})`,
  );
  const read = await catalog();
  const [actual, wanted] = [read.table('t')?.column('c'), read.table('wanted')?.column('c')];
  if (!actual || !wanted) throw new Error('no columns');
  await database.execute(changeType(actual, { ...wanted, table: actual.table }).sql);
  const [row] = await database.query<{ c: string | null }>('SELECT "c"::text AS c FROM "t"');
  expect((await catalog()).table('t')?.column('c')?.type).toBe(wanted.type);
  return row?.c ?? null;
}

describe('changeType', () => {
  test.each([
    ['text', `'7'`, 'integer', '7'],
    ['integer', '7', 'text', '7'],
    ['integer', '7', 'bigint', '7'],
    ['double precision', '1.25', 'numeric(10,1)', '1.3'],
    ['numeric(10,2)', '7.60', 'integer', '8'],
    ['boolean', 'true', 'integer', '1'],
    ['integer', '0', 'boolean', 'false'],
    ['boolean', 'true', 'text', 'true'],
    ['jsonb', `'{"a": 1}'`, 'text', '{"a": 1}'],
    ['text', `'{"a": 1}'`, 'jsonb', '{"a": 1}'],
    ['json', `'{"a": 1}'`, 'jsonb', '{"a": 1}'],
    ['text', `'x'`, '"A"', 'x'],
    ['"A"', `'x'`, '"B"', 'x'],
    ['"A"', `'x'`, 'varchar(10)', 'x'],
    ['"A"[]', `'{x,y}'`, '"B"[]', '{x,y}'],
    ['text[]', `'{x}'`, '"A"[]', '{x}'],
    ['integer[]', `'{1,2}'`, 'text[]', '{1,2}'],
    ['text', `'x'`, '"A"[]', '{x}'],
    ['text', 'NULL', 'text[]', null],
    ['text[]', `'{a,b}'`, 'text', 'a'],
    ['integer[]', `'{1,2}'`, 'text', '1'],
    ['uuid', `'0190a3f2-0000-7000-8000-000000000000'`, 'text', '0190a3f2-0000-7000-8000-000000000000'],
    ['text', `'0190A3F2-0000-7000-8000-000000000000'`, 'uuid', '0190a3f2-0000-7000-8000-000000000000'],
    ['timestamp(3)', `'2026-01-01 12:00'`, 'date', '2026-01-01'],
    ['text', `'2026-01-01'`, 'timestamp(3)', '2026-01-01 00:00:00'],
    ['varchar(5)', `'abc'`, 'char(5)', 'abc'],
  ])('%s %s to %s', async (from, value, to, expected) => {
    expect(await converted(from, value, to)).toBe(expected);
  });

  test('takes timestamps without a zone for UTC, wherever the server is', async () => {
    await database.execute(`SET timezone = 'America/Mexico_City'`);
    expect(await converted('timestamp(3)', `'2026-01-01 12:00'`, 'timestamptz(3)')).toBe('2026-01-01 06:00:00-06');
    expect(await converted('timestamptz', `'2026-01-01 12:00+00'`, 'timestamp(3)')).toBe('2026-01-01 12:00:00');
    await database.execute('RESET timezone');
  });

  test('refuses what does not fit in place of cutting it off', async () => {
    await expect(converted('text', `'abcdef'`, 'varchar(3)')).rejects.toThrow('value too long');
  });

  test.each([
    ['character varying(10)', 'character varying(20)', true],
    ['character varying(20)', 'character varying(10)', false],
    ['character varying', 'character varying(10)', false],
    ['character varying(10)', 'text', true],
    ['text', 'character varying(10)', false],
    ['smallint', 'bigint', true],
    ['bigint', 'integer', false],
    ['integer', 'integer', false],
    ['real', 'double precision', true],
    ['timestamp(3) without time zone', 'timestamp(6) without time zone', true],
    ['timestamp without time zone', 'timestamp(3) without time zone', false],
    ['timestamp(3) without time zone', 'timestamp(3) with time zone', false],
    ['numeric(5,2)', 'numeric(10,2)', false],
    ['integer[]', 'bigint[]', false],
  ])('%s to %s keeps every value: %s', (from, to, lossless) => {
    expect(conversion(from, to, '"c"').lossless).toBe(lossless);
  });
});

describe('names that want to break out', () => {
  const name = `it's "quoted"; DROP TABLE x; --\nnext`;

  test('tables, columns, indexes, keys and defaults come back as they were', async () => {
    const [table, column] = [name.replaceAll('"', '""'), `c ${name.replaceAll('"', '""')}`];
    await database.execute(
      `CREATE TABLE "${table}" ("id" serial PRIMARY KEY, "${column}" text NOT NULL DEFAULT 'it''s \\', "other" integer REFERENCES "${table}"("id"));
       CREATE UNIQUE INDEX "i ${table}" ON "${table}"("${column}" DESC NULLS LAST, "other") INCLUDE ("id") NULLS NOT DISTINCT WHERE "other" > 1`,
    );
    const before = await catalog();
    const made = before.table(name);
    if (!made) throw new Error('no table');
    const steps = createTable(made, before);
    await database.execute(`DROP TABLE "${table}"; ${sqlFix('Make', 'safe', steps).sql}`);
    const after = (await catalog()).table(name);
    const shape = (from: typeof made | undefined) => [
      from?.columns.map((one: Column) => [one.name, one.type, one.notNull, one.default, one.ownedSequence]),
      from?.indexes.map(index => index.definition),
      from?.foreignKeys.map(key => [key.name, key.definition]),
    ];
    expect(shape(after)).toEqual(shape(made));
    expect(addColumn(made.columns[1]!).map(step => step.sql.split('\n'))).toHaveLength(1);
    await database.execute(`DROP TABLE "${table}"`);
  });

  test('a comment stays one line', () => {
    const column = { name, type: 'text', notNull: true, default: null, identity: null, generated: null } as Column;
    const [, step] = addColumn({ ...column, table: { schema: 'public', name } as Column['table'] });
    expect(step?.sql.split('\n')[0]).toContain('DROP TABLE x; -- next');
  });
});

describe('orderRenames', () => {
  const rename = (from: string, to: string, scope = 's'): { step: Step } => ({
    step: {
      phase: 'rename constraint',
      sql: `ALTER INDEX "${from}" RENAME TO "${to}";`,
      rename: { scope, from, to },
    },
  });
  const ordered = (...items: readonly { step: Step }[]): readonly string[] =>
    orderRenames(items).map(({ step }) => step.sql.replace(/ALTER INDEX |RENAME TO |[";]/g, ''));

  test('each finds its new name free', () => {
    expect(ordered(rename('a', 'b'), rename('b', 'c'), rename('c', 'd'))).toEqual(['c d', 'b c', 'a b']);
    expect(ordered(rename('a', 'b'), rename('b', 'c', 'elsewhere'))).toEqual(['a b', 'b c']);
  });

  test('of names that change places one steps aside', () => {
    expect(ordered(rename('a', 'b'), rename('b', 'a'))).toEqual(['a a_moved', 'b a', 'a_moved b']);
    expect(ordered(rename('a', 'b'), rename('b', 'a'), rename('x', 'a_moved'))[1]).toBe('a a_moved2');
  });

  test('other steps stay as they are', () => {
    const other = { step: { phase: 'create table', sql: 'CREATE' } as Step };
    expect(orderRenames([other, other])).toEqual([other, other]);
  });
});
