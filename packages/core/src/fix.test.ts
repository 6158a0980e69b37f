import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyEdits, applyFixes } from './fix.ts';
import type { SourceFile } from './facts/index.ts';
import type { Edit, Fix } from './rule.ts';

const edit = (start: number, end: number, text: string, file = 'a'): Edit => ({ file, start, end, text });

/** The oracle: each character is kept or deleted, and insertions wait in front of a place. */
function naively(text: string, edits: readonly Edit[]): string {
  const deleted = new Set<number>();
  const before = Array.from({ length: text.length + 1 }, () => ({ insertions: '', replacement: '' }));
  for (const each of edits) {
    const place = before[each.start];
    if (!place) throw new Error('outside');
    if (each.start === each.end) place.insertions += each.text;
    else place.replacement += each.text;
    for (let at = each.start; at < each.end; at += 1) deleted.add(at);
  }
  return before
    .map(({ insertions, replacement }, at) => insertions + replacement + (deleted.has(at) ? '' : text.charAt(at)))
    .join('');
}

describe('applyEdits', () => {
  test('replaces, inserts and deletes', () => {
    expect(applyEdits('one two', [edit(4, 7, 'three'), edit(0, 0, '> '), edit(3, 4, '')])).toEqual({
      text: '> onethree',
      skipped: [],
    });
  });

  test('of two that overlap takes the first of the list', () => {
    const second = edit(2, 5, 'Y');
    expect(applyEdits('abcdef', [edit(1, 3, 'X'), second])).toEqual({ text: 'aXdef', skipped: [second] });
    expect(applyEdits('abcdef', [second, edit(1, 3, 'X')]).text).toBe('abYf');
  });

  test('takes the same edit once, and different insertions at one place in their order', () => {
    expect(applyEdits('ab', [edit(1, 1, 'X'), edit(1, 1, 'X'), edit(1, 1, 'Y')]).text).toBe('aXYb');
  });

  test('skips what lies outside of the text', () => {
    const bad = [edit(-1, 0, 'X'), edit(2, 9, 'X'), edit(2, 1, 'X')];
    expect(applyEdits('abc', bad)).toEqual({ text: 'abc', skipped: bad });
  });

  test('does what a character by character application does', () => {
    const cases = fc.string({ unit: 'binary', maxLength: 40 }).chain(text =>
      fc.tuple(
        fc.constant(text),
        fc.array(
          fc
            .tuple(fc.nat(text.length), fc.nat(text.length), fc.string({ maxLength: 3 }))
            .map(([a, b, inserted]) => edit(Math.min(a, b), Math.max(a, b), inserted)),
          { maxLength: 12 },
        ),
      ),
    );
    fc.assert(
      fc.property(cases, ([text, edits]) => {
        const { text: result, skipped } = applyEdits(text, edits);
        const unique = edits.filter(
          (each, index) => edits.findIndex(other => JSON.stringify(other) === JSON.stringify(each)) === index,
        );
        const taken = unique.filter(each => !skipped.includes(each));
        expect(result).toBe(naively(text, taken));
        for (const each of skipped) {
          const clash = taken.some(other => {
            const inside = (point: Edit, range: Edit) => range.start < point.start && point.start < range.end;
            if (each.start === each.end) return inside(each, other);
            if (other.start === other.end) return inside(other, each);
            return Math.max(each.start, other.start) < Math.min(each.end, other.end);
          });
          expect(clash).toBe(true);
        }
      }),
    );
  });
});

describe('applyFixes', () => {
  const file = (path: string, text: string): [string, SourceFile] => [
    path,
    { path, text, language: 'prisma', blocks: [] },
  ];
  const files = new Map([file('a', 'abcdef'), file('b', 'xyz')]);
  const fix = (title: string, ...edits: Edit[]): Fix => ({ title, safety: 'safe', edits });

  test('applies a fix whole or not at all', () => {
    const first = fix('first', edit(0, 2, 'A'));
    const clashing = fix('clashing', edit(0, 1, 'Z', 'b'), edit(1, 3, 'B'));
    const last = fix('last', edit(4, 5, ''));
    expect(applyFixes([first, clashing, last], files)).toEqual({
      texts: new Map([['a', 'Acdf']]),
      applied: [first, last],
      skipped: [clashing],
    });
  });

  test('skips a fix of a file that is not there, and is silent on one of SQL alone', () => {
    const lost = fix('lost', edit(0, 1, '', 'c'));
    const sql: Fix = { title: 'sql', safety: 'safe', sql: 'SELECT 1' };
    expect(applyFixes([lost, sql], files)).toEqual({ texts: new Map(), applied: [], skipped: [lost] });
  });

  test('names only the files that changed', () => {
    expect(applyFixes([fix('same', edit(0, 1, 'a'))], files).texts.size).toBe(0);
  });
});
