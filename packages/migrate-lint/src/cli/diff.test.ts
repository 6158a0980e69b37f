import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { applyEdits, type Edit } from '@migrate-lint/core';
import fc from 'fast-check';
import { unifiedDiff } from './diff.ts';

const file = 'a.prisma';

function replace(text: string, what: string, by: string): Edit {
  const start = text.indexOf(what);
  return { file, start, end: start + what.length, text: by };
}

describe('unifiedDiff', () => {
  const text = Array.from({ length: 20 }, (_, index) => `line ${String(index + 1)}\n`).join('');

  test('shows three lines around, and changes that are near to each other in one hunk', () => {
    const edits = [
      replace(text, 'line 3\n', 'three\n'),
      replace(text, 'line 5', 'five'),
      replace(text, 'line 18\n', ''),
    ];
    expect(unifiedDiff(file, text, edits).match(/^@@.*@@$/gm)).toEqual(['@@ -1,8 +1,8 @@', '@@ -15,6 +15,5 @@']);
  });

  test('of an insertion shows no line that stays', () => {
    const at = text.indexOf('line 2\n');
    const lines = unifiedDiff(file, text, [{ file, start: at, end: at, text: 'new\n' }]).split('\n');
    expect(lines.filter(line => /^[-+](?![-+])/.test(line))).toEqual(['+new']);
  });

  test('is empty where nothing changes', () => {
    expect(unifiedDiff(file, text, [replace(text, 'line 3', 'line 3')])).toBe('');
  });

  test('makes of the old text the new one, as git reads it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'migrate-lint-diff-'));
    const line = fc.constantFrom('a', 'b', 'model X {', '}', '');
    const texts = fc
      .tuple(fc.array(line, { minLength: 1, maxLength: 30 }), fc.constantFrom('\n', ''))
      .map(([lines, end]) => lines.join('\n') + end);
    const change = fc.record({
      at: fc.nat(),
      length: fc.nat(12),
      text: fc.constantFrom('', 'x', '\n', 'new\n', '\ny\n\n'),
    });
    const property = fc.asyncProperty(
      texts,
      fc.array(change, { minLength: 1, maxLength: 4 }),
      async (before, changes) => {
        const wanted: Edit[] = changes.map(({ at, length, text: by }) => {
          const start = at % (before.length + 1);
          return { file, start, end: Math.min(before.length, start + length), text: by };
        });
        const { skipped } = applyEdits(before, wanted);
        const edits = wanted.filter(edit => !skipped.includes(edit));
        const after = applyEdits(before, edits).text;
        const diff = unifiedDiff(file, before, edits);
        expect(diff === '').toBe(before === after);
        if (diff === '' || after === '' || before === '') return;
        await writeFile(join(folder, file), before);
        execFileSync('git', ['apply', '--unidiff-zero', '-'], {
          cwd: folder,
          input: diff,
          stdio: ['pipe', 'ignore', 'pipe'],
        });
        expect(await readFile(join(folder, file), 'utf8')).toBe(after);
      },
    );
    try {
      await fc.assert(property, { numRuns: 150 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
