import { describe, expect, test } from '@jest/globals';
import { applyEdits, type Edit, type Statement } from '@migrate-lint/core';
import { auditOf } from '../testing.ts';
import { removeStatement, rewriteStatement } from './rewrites.ts';

async function statementsOf(text: string): Promise<readonly Statement[]> {
  const project = { schema: 'model Nothing {\n  id Int @id\n}\n', migrations: { '1_init': text } };
  const { migrations } = await (await auditOf({ ...project, facts: ['migrations'] })).fact('migrations');
  return migrations.flatMap(({ statements }) => statements);
}

type Change = (statement: Statement) => readonly Edit[];

/** The text when the statements of these numbers are changed, all at once. */
async function after(text: string, numbers: readonly number[], change: Change): Promise<string> {
  const statements = await statementsOf(text);
  const { text: changed, skipped } = applyEdits(
    text,
    numbers.flatMap(number => change(statements[number - 1]!)),
  );
  expect(skipped).toEqual([]);
  return changed;
}

const generated = `-- CreateTable
CREATE TABLE "a" ("id" INTEGER NOT NULL);

-- CreateIndex
CREATE INDEX "a_id_idx" ON "a"("id");

-- CreateIndex
CREATE INDEX "b_id_idx" ON "b"("id");

-- AddForeignKey
ALTER TABLE "a" ADD CONSTRAINT "f" FOREIGN KEY ("id") REFERENCES "b"("id");
`;
const parts = generated.trimEnd().split('\n\n');

describe('removeStatement', () => {
  test.each([
    [1, [1]],
    [2, [2]],
    [3, [4]],
    [4, [2, 3]],
    [5, [2, 3, 4]],
    [6, [1, 4]],
  ])('takes the line above it and one blank line (%s)', async (_name, numbers) => {
    const left = `${parts.filter((_part, index) => !numbers.includes(index + 1)).join('\n\n')}\n`;
    expect(await after(generated, numbers, removeStatement)).toBe(left);
    const windows = generated.replaceAll('\n', '\r\n');
    expect(await after(windows, numbers, removeStatement)).toBe(left.replaceAll('\n', '\r\n'));
  });

  test('without a line end or a semicolon at the end of the file', async () => {
    expect(await after('SELECT 1;\n\n-- CreateIndex\nSELECT 2', [2], removeStatement)).toBe('SELECT 1;\n');
    expect(await after('SELECT 1 ;SELECT 2 ;', [1], removeStatement)).toBe('SELECT 2 ;');
    expect(await after('SELECT 1; SELECT 2; -- why\n', [2], removeStatement)).toBe('SELECT 1;  -- why\n');
  });

  test('what is announced with others keeps its line for them', async () => {
    const text = "-- AlterEnum\nALTER TYPE r ADD VALUE 'a';\nALTER TYPE r ADD VALUE 'b';\n";
    expect(await after(text, [1], removeStatement)).toBe("-- AlterEnum\nALTER TYPE r ADD VALUE 'b';\n");
  });

  test('a comment by hand stays, a suppression goes with what it is about', async () => {
    const text = `SELECT 1;

-- why this index
-- CreateIndex
-- migrate-lint-ignore migration/blocking-index -- small
CREATE INDEX ON a (b);

-- migrate-lint-ignore-file migration/x -- all of it
SELECT 2;
`;
    const left = 'SELECT 1;\n\n-- why this index\n-- migrate-lint-ignore-file migration/x -- all of it\nSELECT 2;\n';
    expect(await after(text, [2], removeStatement)).toBe(left);
    expect(await after(left, [2], removeStatement)).toBe(left.replace('SELECT 2;\n', ''));
  });

  test('the only one leaves a word', async () => {
    const changed = await after('-- by hand\n-- CreateIndex\nCREATE INDEX ON a (b);\n', [1], removeStatement);
    expect(changed).toBe('-- by hand\n-- This migration is empty: what it did is done by those behind it.\n');
    expect(await statementsOf(changed)).toEqual([]);
  });
});

describe('rewriteStatement', () => {
  test('puts one or several statements in its place, with one semicolon, and keeps what is around it', async () => {
    for (const sql of ['SELECT 3', 'SELECT 3;', '  SELECT 3;\n'])
      expect(await after('-- a\nSELECT 1 ;\n\nSELECT 2;\n', [1], one => rewriteStatement(one, sql))).toBe(
        '-- a\nSELECT 3;\n\nSELECT 2;\n',
      );
    expect(await after('SELECT 1', [1], one => rewriteStatement(one, 'SELECT 2;\nSELECT 3;'))).toBe(
      'SELECT 2;\nSELECT 3;',
    );
  });

  test('a comment at the end does not swallow the semicolon', async () => {
    const changed = await after('SELECT 1; SELECT 2;', [1], one => rewriteStatement(one, 'SELECT 3 -- why'));
    expect((await statementsOf(changed)).map(({ sql }) => sql)).toEqual(['SELECT 3 -- why', 'SELECT 2']);
  });

  test('counts in UTF-16 behind a byte order mark and characters of several bytes', async () => {
    const text = "\uFEFF-- 🏔 größe\nSELECT '🏔';\nSELECT 2;\n";
    expect(await after(text, [2], one => rewriteStatement(one, 'SELECT 3'))).toBe(text.replace('2', '3'));
    expect(await after(text, [1], removeStatement)).toBe('\uFEFF-- 🏔 größe\nSELECT 2;\n');
  });
});
