import type { SourceFile } from './facts/span.ts';
import type { Edit, Fix } from './rule.ts';

/** A text after its edits. */
export interface Applied {
  readonly text: string;
  /** Edits that overlap an earlier one of the list, or lie outside of the text, in the order of the list. */
  readonly skipped: readonly Edit[];
}

/**
 * Applies edits to one text. Offsets are UTF-16 and mean the text as it is given. Of two edits that overlap the first of
 * the list wins; the same edit twice is one; several insertions at one place stand in the order of the list.
 */
export function applyEdits(text: string, edits: readonly Edit[]): Applied {
  const taken: Edit[] = [];
  const skipped: Edit[] = [];
  for (const edit of edits) {
    if (taken.some(other => isSame(other, edit))) continue;
    const valid = edit.start >= 0 && edit.start <= edit.end && edit.end <= text.length;
    if (valid && !taken.some(other => overlap(other, edit))) taken.push(edit);
    else skipped.push(edit);
  }
  return { text: splice(text, taken), skipped };
}

function splice(text: string, edits: readonly Edit[]): string {
  // An insertion at the start of a replacement comes before it, whichever is first in the list.
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  for (const edit of ordered) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

function isSame(a: Edit, b: Edit): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end && a.text === b.text;
}

/** An insertion overlaps only what it is strictly inside of. */
function overlap(a: Edit, b: Edit): boolean {
  if (a.start === a.end) return b.start < a.start && a.start < b.end;
  if (b.start === b.end) return a.start < b.start && b.start < a.end;
  return a.start < b.end && b.start < a.end;
}

/** What came of applying fixes. */
export interface AppliedFixes {
  /** The new texts of the files that changed, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly applied: readonly Fix[];
  /** Fixes of which an edit overlaps one of an earlier fix or names a file that is not there; a second run may apply them. */
  readonly skipped: readonly Fix[];
}

/** Applies the edits of fixes in memory. A fix is applied whole or not at all; one without edits is neither. */
export function applyFixes(fixes: Iterable<Fix>, files: ReadonlyMap<string, SourceFile>): AppliedFixes {
  const taken = new Map<string, Edit[]>();
  const applied: Fix[] = [];
  const skipped: Fix[] = [];
  for (const fix of fixes) {
    const edits = fix.edits ?? [];
    if (edits.length === 0) continue;
    const next = new Map<string, Edit[]>();
    for (const edit of edits) next.set(edit.file, [...(next.get(edit.file) ?? taken.get(edit.file) ?? []), edit]);
    const fits = [...next].every(([path, all]) => {
      const file = files.get(path);
      return file !== undefined && applyEdits(file.text, all).skipped.length === 0;
    });
    if (!fits) {
      skipped.push(fix);
      continue;
    }
    applied.push(fix);
    for (const [path, all] of next) taken.set(path, all);
  }
  const texts = new Map<string, string>();
  for (const [path, edits] of [...taken].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = files.get(path)?.text ?? '';
    const { text } = applyEdits(before, edits);
    if (text !== before) texts.set(path, text);
  }
  return { texts, applied, skipped };
}
