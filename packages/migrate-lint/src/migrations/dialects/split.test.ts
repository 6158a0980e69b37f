import { describe, expect, test } from '@jest/globals';
import type { Dialect } from './dialect.ts';
import { splitScript } from './split.ts';

function texts(script: string, dialect: Dialect): readonly string[] {
  return splitScript(script, dialect).statements.map(({ start, end }) => script.slice(start, end));
}

describe('statements', () => {
  test('end at a semicolon that stands in no string, name or comment', () => {
    const script = "-- a;\nINSERT INTO `a;b` VALUES ('x;''y\\';z'); # c;\n/* d; */ SELECT \";\";\nSELECT 2";
    expect(texts(script, 'mysql')).toEqual(["INSERT INTO `a;b` VALUES ('x;''y\\';z')", 'SELECT ";"', 'SELECT 2']);
  });

  test('DELIMITER holds until the next one', () => {
    const script =
      'DELIMITER $$\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.x = 1; END$$\nDELIMITER ;\nSELECT 1;';
    expect(texts(script, 'mysql')).toEqual([
      'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.x = 1; END',
      'SELECT 1',
    ]);
  });

  test('the body of a trigger is a part of it, with its CASE and IF', () => {
    const body = 'BEGIN IF a THEN SET b = CASE WHEN 1 THEN 2 END; END IF; CASE a WHEN 1 THEN SET b = 1; END CASE; END';
    const mysql = `CREATE PROCEDURE p() ${body}; SELECT 1;`;
    expect(texts(mysql, 'mysql')).toEqual([`CREATE PROCEDURE p() ${body}`, 'SELECT 1']);
    const sqlite = 'CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = 1; DELETE FROM d; END; SELECT 1;';
    expect(texts(sqlite, 'sqlite')).toEqual([sqlite.slice(0, sqlite.indexOf('; SELECT')), 'SELECT 1']);
  });

  test('of SQLite a backslash is a letter', () => {
    expect(texts("SELECT 'a\\'; SELECT 2", 'sqlite')).toEqual(["SELECT 'a\\'", 'SELECT 2']);
  });
});

describe('the plain script', () => {
  test.each([
    ["SELECT `a`, \"it's\", 'it\\'s' # why\n", 'mysql', `SELECT "a", 'it’s', 'it''s'      \n`],
    ['SELECT [a b], "c" -- why', 'sqlite', 'SELECT "a b", "c"       '],
    ['/*!40101 SET NAMES utf8 */', 'mysql', '         SET NAMES utf8   '],
  ] as const)('%s', (script, dialect, plain) => {
    const split = splitScript(script, dialect);
    expect(split.plain).toBe(plain);
    expect(split.plain).toHaveLength(script.length);
  });
});
