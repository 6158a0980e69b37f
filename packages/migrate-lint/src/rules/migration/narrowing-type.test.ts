import { describe, expect, test } from '@jest/globals';
import { failTesting } from '../../../test/precheck-testing.ts';
import rule from './narrowing-type.ts';

const { say, finding, rowsFound, codeOf } = failTesting(rule);
const table = (type: string) => `CREATE TABLE "T" ("id" INTEGER, "x" ${type});`;
const change = (type: string, using = '') => `ALTER TABLE "T" ALTER COLUMN "x" SET DATA TYPE ${type}${using};`;

describe('what Postgres does with a value', () => {
  // From, a value that changes, to, what is said of it.
  test.each([
    ['numeric(10,4)', '1.2345', 'numeric(10,2)', 'is rounded to 2 decimals', 'medium'],
    ['numeric(10,2)', '1.55', 'numeric(10,1)', 'is rounded to 1 decimal', 'medium'],
    ['numeric(10,2)', '1.55', 'numeric(10)', 'is rounded to a whole number', 'medium'],
    ['numeric', '1.23456', 'integer', 'is rounded to a whole number', 'medium'],
    ['real', '1.5', 'smallint', 'is rounded to a whole number', 'medium'],
    ['double precision', '1.25', 'bigint', 'is rounded to a whole number', 'medium'],
    ['double precision', '1.123456789012345', 'real', 'keeps about 6 digits', 'medium'],
    ['double precision', '1.123456789', 'numeric(19,4)', 'is rounded to 4 decimals', 'low'],
    ['numeric(65,30)', '1.12345678901234567890', 'double precision', 'keeps about 15 digits', 'medium'],
    ['bigint', '9007199254740993', 'double precision', 'keeps about 15 digits', 'medium'],
    ['integer', '16777217', 'real', 'keeps about 6 digits', 'medium'],
    ['numeric', '1.555', 'money', 'is rounded to cents', 'medium'],
    ['timestamp(6)', '2024-01-01 10:11:12.123456', 'timestamp(3)', 'is rounded to 3 digits of a second', 'low'],
    ['timestamptz(3)', '2024-01-01 10:11:12.123', 'timestamptz(0)', 'is rounded to seconds', 'medium'],
    ['timestamp(3)', '2024-01-01 10:11:12.123', 'date', 'loses its time of day', 'medium'],
    ['timestamptz', '2024-01-01 10:11:12.123', 'date', 'loses its time of day', 'medium'],
    ['timestamp', '2024-01-01 10:11:12', 'time', 'loses its day', 'medium'],
    ['time', '10:11:12.123456', 'time(0)', 'is rounded to seconds', 'medium'],
    ['interval', '2 days 10:11:12', 'time', 'loses its days', 'medium'],
    ['inet', '10.1.2.3/24', 'cidr', 'loses the bits of its host', 'medium'],
    ['text', 'abcdef', '"char"', 'is cut to its first byte', 'medium'],
    ['text', 'x'.repeat(70), 'name', 'is cut to 63 bytes', 'medium'],
    ['numeric(10,4)[]', '{1.2345}', 'numeric(10,2)[]', 'is rounded to 2 decimals', 'medium'],
  ])('%s %s → %s', async (from, value, to, does, level) => {
    const found = await finding(table(from), change(to));
    expect(found.message).toMatch(
      new RegExp(
        `^Each value of \`x\` in \`T\` ${does} when its type changes from \`.*\` to \`.*\`, and Postgres says nothing\\.$`,
      ),
    );
    expect(found.level).toBe(level);
    // It runs without a word, and the pre-check finds the value before.
    const rows = `INSERT INTO "T" VALUES (1, '${value}'), (2, NULL)`;
    expect(await rowsFound(table(from), change(to), rows)).toEqual({ found: [{ rows: 1 }], runs: true });
  });

  test.each([
    ['varchar(10)', 'abcdef', 'varchar(3)', 'is cut to 3 characters'],
    ['text', 'abcdef', 'char(3)', 'is cut to 3 characters'],
    ['bit(8)', '10101011', 'bit(4)', 'is cut to 4 bits'],
  ])('%s %s → %s is refused, and cut with a cast in USING', async (from, value, to, does) => {
    expect(await say(table(from), change(to))).toEqual([]);
    expect(await codeOf(table(from), `INSERT INTO "T" VALUES (1, '${value}')`, change(to))).toMatch(/^22/);
    const using = change(to, ` USING ("x"::${to})`);
    expect((await finding(table(from), using)).message).toContain(does);
    expect(await rowsFound(table(from), using, `INSERT INTO "T" VALUES (1, '${value}')`)).toEqual({
      found: [{ rows: 1 }],
      runs: true,
    });
  });

  test.each([
    ['numeric(10,2)', '12345678.12', 'numeric(6,2)'],
    ['bigint', '99999999999', 'integer'],
    ['integer', '99999', 'smallint'],
    ['double precision', '1e300', 'real'],
  ])('%s %s → %s is refused, so it is not cut', async (from, value, to) => {
    expect(await codeOf(table(from), `INSERT INTO "T" VALUES (1, '${value}')`, change(to))).toBe('22003');
  });
});

describe('is silent of', () => {
  test.each([
    ['integer', 'bigint'],
    ['bigint', 'integer'],
    ['numeric(10,2)', 'numeric(12,2)'],
    ['numeric(10,2)', 'numeric(12,4)'],
    ['numeric(10,2)', 'numeric'],
    ['numeric(10,0)', 'bigint'],
    ['numeric(10,2)', 'double precision'],
    ['real', 'double precision'],
    ['double precision', 'numeric(65,30)'],
    ['integer', 'double precision'],
    ['varchar(10)', 'text'],
    ['text', 'varchar(10)'],
    ['timestamp(3)', 'timestamp(6)'],
    ['timestamp(3)', 'timestamptz(3)'],
    ['date', 'timestamp(3)'],
    ['json', 'jsonb'],
    ['uuid', 'text'],
  ])('%s → %s', async (from, to) => {
    expect(await say(table(from), change(to))).toEqual([]);
  });

  test.each([
    ['an expression', table('numeric(10,4)'), change('numeric(10,2)', ' USING round("x", 2)')],
    [
      'a column of the same migration',
      table('text'),
      'ALTER TABLE "T" ADD COLUMN "y" numeric(10,4); ALTER TABLE "T" ALTER COLUMN "y" TYPE integer;',
    ],
    ['a column that no migration tells', '', 'ALTER TABLE "Elsewhere" ALTER COLUMN "x" TYPE integer;'],
  ])('%s', async (_case, before, sql) => {
    expect(await say(before, sql)).toEqual([]);
  });
});
