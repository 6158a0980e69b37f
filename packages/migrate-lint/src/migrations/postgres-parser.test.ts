import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasSqlDetails, loadModule, parseSync } from 'libpg-query';
import { loadPostgres, type PostgresAnswer } from './postgres-parser.ts';

let parse: (script: string) => PostgresAnswer;

beforeAll(async () => {
  [parse] = await Promise.all([loadPostgres(), loadModule()]);
});

/** What libpg-query's own function makes of it. */
function published(script: string): PostgresAnswer {
  try {
    return parseSync(script);
  } catch (error) {
    const character = hasSqlDetails(error) ? (error.sqlDetails?.cursorPosition ?? 0) : 0;
    return { refusal: (error as Error).message, character };
  }
}

const fragment = fc.constantFrom(
  ...[
    'SELECT ',
    '1',
    "'é'",
    '"世界"',
    "'😀'",
    ', ',
    ' FROM ',
    'CREATE TABLE ',
    '(a int)',
    ';',
    '\n-- ü\n',
    '/* 😀 */',
    ']',
  ],
  ...['$$', 'INSERT INTO t VALUES ', '(', ')', "E'\\x'", 'U&"d\\0061"', '\uFEFF', '\u00A0'],
);

test('it answers as libpg-query’s own function does', () => {
  let [read, refused] = [0, 0];
  const script = fc.oneof(
    fc.array(fragment, { minLength: 1, maxLength: 12 }).map(parts => parts.join('')),
    fc
      .tuple(fc.constantFrom('SELECT ', 'CREATE TABLE '), fragment, fc.constantFrom('', ' (a int)', '; SELECT 1'))
      .map(parts => parts.join('')),
  );
  fc.assert(
    fc.property(script, text => {
      const answer = parse(text);
      expect(answer).toEqual(published(text));
      if ('refusal' in answer) refused += 1;
      else read += 1;
    }),
    { seed: 1, numRuns: 2000 },
  );
  expect(read).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(200);
});

test('a script that is larger than the memory was is read, and so is the next', () => {
  const rows = Array.from({ length: 200_000 }, (_, row) => `(${String(row)}, 'ü')`).join(', ');
  const answer = parse(`INSERT INTO t VALUES ${rows}`);
  expect(answer).toMatchObject({ stmts: [{ stmt: { InsertStmt: {} } }] });
  expect(parse('SELECT 1')).toEqual(published('SELECT 1'));
});

test('what is nested deeper than the stack is refused, and the next is read', () => {
  expect(parse(`SELECT ${'1+'.repeat(200_000)}1`)).toEqual({
    refusal: 'Maximum call stack size exceeded',
    character: 0,
  });
  expect(parse('SELECT 1')).toEqual(published('SELECT 1'));
});
