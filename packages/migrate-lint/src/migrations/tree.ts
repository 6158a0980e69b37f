import type { Migration, Span } from '@migrate-lint/core';
import { pushBelow } from './nodes.ts';

/** Nodes that hold no others that anybody looks for; half of a tree is made of them. */
export const leaves: ReadonlySet<string> = new Set(['A_Const', 'ColumnRef', 'String', 'TypeName']);

/** Visits a syntax tree, each node before what is in it, in the order of the text. It may be deeper than the stack. */
export function visitAll(tree: unknown, visit: (kind: string, body: unknown) => void): void {
  const kinds = [''];
  const bodies = [tree];
  for (let kind = kinds.pop(); kind !== undefined; kind = kinds.pop()) {
    const body = bodies.pop();
    if (typeof body !== 'object' || body === null || leaves.has(kind)) continue;
    if (kind !== '') visit(kind, body);
    pushBelow(body, kinds, bodies);
  }
}

type Text = Pick<Migration, 'file' | 'text'>;

/** The place of a name that stands at this offset or, of a clause that starts there, right behind its first words. */
export function nameAt({ file, text }: Text, start: number, name: string): Span {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const near = text.slice(start, start + 200);
  const at = [quoted, name].map(form => near.toLowerCase().indexOf(form.toLowerCase())).find(found => found !== -1);
  const from = start + (at ?? 0);
  const end = text.startsWith('"', from) ? from + quoted.length : from + name.length;
  return { file, start: from, end: Math.min(end, text.length) };
}

/** The place of a literal that starts at this offset. */
export function literalAt({ file, text }: Text, start: number): Span {
  const literal = /(?:[bexn]|u&)?'(?:[^']|'')*'|[^\s,;)]+/iy;
  literal.lastIndex = start;
  return { file, start, end: start + (literal.exec(text)?.[0].length ?? 0) };
}
