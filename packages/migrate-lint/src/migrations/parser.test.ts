import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadParser, parseStatements, skipBlanks, SqlSyntaxError } from './parser.ts';

beforeAll(loadParser);

const sqls = (text: string): readonly string[] => parseStatements(text).map(({ start, end }) => text.slice(start, end));

function syntaxError(text: string): SqlSyntaxError {
  try {
    parseStatements(text);
  } catch (error) {
    if (error instanceof SqlSyntaxError) return error;
    throw error;
  }
  throw new Error(`no syntax error in ${text}`);
}

describe('parseStatements', () => {
  test.each([
    ['nothing', '', []],
    ['blanks', ' \n\t ', []],
    ['comments', '-- a\n/* b */', []],
    ['semicolons', ';;;', []],
    ['one without a semicolon', 'SELECT 1', ['SELECT 1']],
    ['several on one line', 'SELECT 1;SELECT 2', ['SELECT 1', 'SELECT 2']],
    ['empty statements between others', 'SELECT 1;;; SELECT 2;', ['SELECT 1', 'SELECT 2']],
    ['a byte order mark', '\uFEFFSELECT 1; SELECT 2', ['SELECT 1', 'SELECT 2']],
    ['a byte order mark alone', '\uFEFF', []],
    ['CRLF', 'SELECT 1;\r\n-- x\r\nSELECT\r\n2;\r\n', ['SELECT 1', 'SELECT\r\n2']],
    ['leading comments', '-- one; two\n/* three; /* nested; */ four */ SELECT 1;', ['SELECT 1']],
    ['comments that a lone carriage return ends', '-- one\rSELECT 1', ['SELECT 1']],
    ['inner comments', 'SELECT /* ; */ 1 -- ;\n, 2;', ['SELECT /* ; */ 1 -- ;\n, 2']],
    ['semicolons in strings and names', `SELECT ';', ";" FROM t; SELECT 2`, [`SELECT ';', ";" FROM t`, 'SELECT 2']],
    ['a quoted quote', `SELECT 'a'';b'; SELECT E'\\';'; SELECT 3`, [`SELECT 'a'';b'`, `SELECT E'\\';'`, 'SELECT 3']],
    [
      'dollar quotes',
      'DO $$ BEGIN a; b; END $$; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $x$ SELECT $$;$$; $x$; SELECT 3;',
      ['DO $$ BEGIN a; b; END $$', 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $x$ SELECT $$;$$; $x$', 'SELECT 3'],
    ],
    [
      'an SQL body with semicolons',
      'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3',
      ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END', 'SELECT 3'],
    ],
    ['letters of two bytes', `SELECT 'é'; SELECT 'ü';`, [`SELECT 'é'`, `SELECT 'ü'`]],
    ['letters of three bytes', `-- 你好\nSELECT '世界'; SELECT 2`, [`SELECT '世界'`, 'SELECT 2']],
    ['letters of four bytes', `SELECT '😀'; /* 😀 */ SELECT '😀😀';`, [`SELECT '😀'`, `SELECT '😀😀'`]],
    ['names beyond ASCII', `CREATE TABLE "größe" (ñ int); SELECT 2`, ['CREATE TABLE "größe" (ñ int)', 'SELECT 2']],
  ])('splits %s', (_name, text, expected) => {
    expect(sqls(text)).toEqual(expected);
  });

  test('turns the locations of the syntax tree into UTF-16 offsets', () => {
    const text = `/* 😀 é 世 */ CREATE TABLE "ä" ("ö" int, "last" int);`;
    const [statement] = parseStatements(text);
    const { CreateStmt } = statement?.node as { CreateStmt: { tableElts: { ColumnDef: { location: number } }[] } };
    const offsets = CreateStmt.tableElts.map(({ ColumnDef }) => statement?.offset(ColumnDef.location));
    expect(offsets).toEqual([text.indexOf('"ö"'), text.indexOf('"last"')]);
  });

  test.each([
    ['SELECT ]', ']'],
    ['SELECT 1;\r\nCREATE TABEL x', 'TABEL'],
    [`SELECT 'é', 'ü', '世' ]`, ']'],
    [`SELECT '😀' ]`, ']'],
    ['\uFEFFSELECT ]', ']'],
    [`SELECT 1; SELECT 'open`, `'open`],
    ['DO $$ open', '$$'],
    ['\\connect x', '\\'],
  ])('says where %j is wrong', (text, wrong) => {
    const { offset, message } = syntaxError(text);
    expect(text.slice(offset, offset + wrong.length)).toBe(wrong);
    expect(message).toMatch(/syntax error|unterminated/);
  });

  test('puts an unexpected end at the end', () => {
    expect(syntaxError('CREATE TABLE é (').offset).toBe('CREATE TABLE é ('.length);
  });

  test('reads a long text with letters beyond ASCII in time that grows with it', () => {
    const text = `INSERT INTO t VALUES ('ä');\n`.repeat(5000);
    const found = parseStatements(text);
    expect(found).toHaveLength(5000);
    expect(found.at(-1)?.end).toBe(text.length - 2);
  });
});

describe('skipBlanks', () => {
  test.each([
    ['  x', 2],
    ['-- a\n-- b\n x', 11],
    ['/* a /* b */ c */x', 17],
    ['/* open', 7],
    ['-- open', 7],
    // A letter to Postgres.
    ['\u00a0x', 0],
  ])('%j', (text, expected) => {
    expect(skipBlanks(text, 0)).toBe(expected);
  });
});
