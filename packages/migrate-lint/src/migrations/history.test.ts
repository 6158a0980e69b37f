import { beforeAll, describe, expect, test } from '@jest/globals';
import { History } from './history.ts';
import { loadParser } from './parser.ts';

beforeAll(loadParser);

const one = (text: string, version?: string) =>
  new History([{ name: '1', file: 'f', text }], version === undefined ? undefined : { version, from: 'x' })
    .migrations[0];

describe('the transaction of a statement', () => {
  const places = (text: string, version?: string) =>
    one(text, version)?.statements.map(({ transaction, inBlock }) => `${String(transaction)}${inBlock ? ' in' : ''}`);

  test.each<[string, string | undefined, string[]]>([
    ['SELECT 1; SELECT 2; SELECT 3', undefined, ['0', '1', '2']],
    ['SELECT 1; SELECT 2; SELECT 3', '7.4.0', ['0', '1', '2']],
    ['SELECT 1; SELECT 2; SELECT 3', '10.0.0', ['0', '1', '2']],
    ['SELECT 1; SELECT 2; SELECT 3', '7.3.9', ['0', '0', '0']],
    ['SELECT 1; SELECT 2; SELECT 3', '5.22.0', ['0', '0', '0']],
    ['SELECT 1; BEGIN; SELECT 2; COMMIT; SELECT 3', '7.10.0', ['0', '1', '1 in', '1', '2']],
    ['SELECT 1; BEGIN; SELECT 2; COMMIT; SELECT 3', '6.0.0', ['0', '0', '0 in', '0', '1']],
    [
      'START TRANSACTION; SELECT 1; SAVEPOINT a; ROLLBACK TO a; END; SELECT 2',
      '7.4.0',
      ['0', '0 in', '0 in', '0 in', '0', '1'],
    ],
    ['BEGIN; SELECT 1; COMMIT AND CHAIN; SELECT 2; ROLLBACK; SELECT 3', '7.4.0', ['0', '0 in', '0', '1 in', '1', '2']],
    ['BEGIN; SELECT 1', '7.4.0', ['0', '0 in']],
    ['COMMIT; SELECT 1; SELECT 2', '7.0.0', ['0', '1', '1']],
  ])('%s with %s', (text, version, expected) => {
    expect(places(text, version)).toEqual(expected);
  });
});

describe("Prisma's block of warnings", () => {
  const block = `/*
  Warnings:

  - You are about to drop the column \`a\` on the \`T\` table. All the data in the column will be lost.
  - A unique constraint covering the columns \`[b]\` on the table \`T\` will be added. If there are existing duplicate values, this will fail.

*/
-- AlterTable
ALTER TABLE "T" DROP COLUMN "a";`;

  test.each(['', '\uFEFF', '-- migrate-lint-ignore-file x -- y\r\n\r\n'])('behind %j', start => {
    const text = start + block;
    const warnings = one(text)?.warnings ?? [];
    expect(warnings.map(warning => warning.text.slice(0, 34))).toEqual([
      'You are about to drop the column `',
      'A unique constraint covering the c',
    ]);
    for (const { text: line, span } of warnings) expect(text.slice(span.start, span.end)).toBe(line);
  });

  test.each(['SELECT 1;\n/*\n  Warnings:\n\n  - x\n*/', '/* other */\n- x', "SELECT '/* Warnings: - x */'"])(
    'is not %j',
    text => {
      expect(one(text)?.warnings).toEqual([]);
    },
  );
});

test('a file that the parser cannot read has no statements, and says where it stops', () => {
  const { migrations } = new History([
    { name: '1', file: '1', text: 'CREATE TABLE a (id int);' },
    { name: '2', file: '2', text: 'DROP TABLE a; CREATE TABEL b' },
    { name: '3', file: '3', text: 'SELECT 1' },
  ]);
  expect(migrations[1]?.statements).toEqual([]);
  expect(migrations[1]?.syntaxError).toEqual({
    message: 'syntax error at or near "TABEL"',
    span: { file: '2', start: 21, end: 22 },
  });
  expect(migrations[2]?.statements[0]?.before.table('a')?.columns.map(({ name }) => name)).toEqual(['id']);
});

test('a statement may be deeper than the stack, or have many rows', () => {
  const deep = Array.from({ length: 5000 }, () => '1').join('+');
  const rows = Array.from({ length: 150_000 }, () => '(1)').join();
  const text = `CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a int); ALTER TABLE t ADD b int DEFAULT ${deep} CHECK (a > ${deep});
    UPDATE t SET a = ${deep} WHERE a > ${deep}; CREATE POLICY p ON t USING (a > ${deep}); CREATE INDEX ON t ((a + ${deep})) WHERE a > ${deep};
    CREATE VIEW v AS SELECT a FROM t ${'UNION ALL SELECT 1 '.repeat(3000)}; INSERT INTO t VALUES ${rows};`;
  const migration = one(text);
  expect(migration?.syntaxError).toBeUndefined();
  for (const statement of migration?.statements ?? []) {
    expect(statement.operations.length).toBeGreaterThan(0);
    expect(statement.repetitions).toEqual([]);
    expect(statement.enumLiterals).toEqual([]);
    expect(statement.certainReads.columns.length).toBeLessThan(3);
  }
});
