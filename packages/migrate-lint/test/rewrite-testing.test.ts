import { describe, expect, jest, test } from '@jest/globals';
import { defineRule, type Fix, type Statement } from '@migrate-lint/core';
import { removeStatement, rewriteStatement, sqlFix } from '../src/edits.ts';
import { rewriteTesting } from './rewrite-testing.ts';

jest.setTimeout(120_000);
const { applied } = await rewriteTesting();

/** A rule that speaks of statements which the pattern finds, with this fix. */
const ruleOf = (pattern: RegExp, fixOf: (statement: Statement) => Fix) =>
  defineRule({
    id: 'migration/test',
    level: 'high',
    category: 'migrations',
    needs: ['migrations'],
    docs: { summary: '', why: '', bad: '', good: '' },
    subjects: ({ migrations }) =>
      migrations.migrations.filter(({ name }) => name !== '1_before').flatMap(each => each.statements),
    check: statement =>
      pattern.test(statement.sql)
        ? { span: statement.span, message: `${statement.path} blocks.`, fix: fixOf(statement) }
        : undefined,
  });

const concurrently = ruleOf(/INDEX "/, statement => ({
  ...sqlFix('Move it', 'unsafe', [
    { phase: 'create index', sql: `${statement.sql.replace('INDEX', 'INDEX CONCURRENTLY')};` },
  ]),
  edits: removeStatement(statement),
}));

const before = 'CREATE TABLE "a" ("id" int PRIMARY KEY, "n" int, "m" int);';

describe('applied', () => {
  test('moves statements into migrations of their own, and tells what they lock there', async () => {
    const next = `-- AlterTable
ALTER TABLE "a" ADD COLUMN "o" int;

-- CreateIndex
CREATE INDEX "a_n_idx" ON "a"("n");

-- CreateIndex
CREATE INDEX "a_m_idx" ON "a"("m");
`;
    const { files, migrations, locks, said } = await applied(concurrently, before, next);
    expect(files).toEqual({ '2_next': '-- AlterTable\nALTER TABLE "a" ADD COLUMN "o" int;\n' });
    expect(migrations.map(sql => sql.split('\n').filter(line => line !== '' && !line.startsWith('--')))).toEqual([
      ['CREATE INDEX CONCURRENTLY "a_n_idx" ON "a"("n");'],
      ['CREATE INDEX CONCURRENTLY "a_m_idx" ON "a"("m");'],
    ]);
    expect(locks.map(one => [one.sql, ...one.locks.map(({ mode, blocks }) => `${mode}: ${blocks}`)])).toEqual([
      ['ALTER TABLE "a" ADD COLUMN "o" int', 'ACCESS EXCLUSIVE: reads and writes'],
      ['CREATE INDEX CONCURRENTLY "a_n_idx" ON "a"("n")', 'SHARE UPDATE EXCLUSIVE: nothing much'],
      ['CREATE INDEX CONCURRENTLY "a_m_idx" ON "a"("m")', 'SHARE UPDATE EXCLUSIVE: nothing much'],
    ]);
    expect(said).toEqual([]);
  });

  test('what changes its own file alone, and a rule that is not silenced', async () => {
    const analyze = ruleOf(/ANALYZE/, statement => ({
      title: 'Say it again',
      safety: 'unsafe',
      edits: rewriteStatement(statement, statement.sql === 'ANALYZE' ? 'ANALYZE "a"' : statement.sql),
    }));
    const { files, migrations, said } = await applied(analyze, before, 'ANALYZE;\n');
    expect(files).toEqual({ '2_next': 'ANALYZE "a";\n' });
    expect(migrations).toEqual([]);
    expect(said).toEqual(['2_next#1 blocks.']);
  });

  test('a fix that does not run is an error, and so is none', async () => {
    const wrong = ruleOf(/ANALYZE/, () => ({ title: 'Break it', safety: 'unsafe', sql: 'SELECT 1/0;' }));
    await expect(applied(wrong, before, 'ANALYZE "a";')).rejects.toThrow('3_00: division by zero');
    await expect(applied(concurrently, before, 'SELECT 1;')).rejects.toThrow('migration/test has no fix for this.');
  });
});
