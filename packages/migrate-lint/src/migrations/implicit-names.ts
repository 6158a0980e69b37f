import type { Node } from 'libpg-query';
import { as } from './nodes.ts';
import { outputName } from './output-names.ts';

const longest = 63;

/**
 * The name that Postgres makes for what has none: `users_email_key`. What is too long is cut, the longer part first, so that the
 * label stays (makeObjectName in src/backend/commands/indexcmds.c). With `taken`, digits are tried behind the label.
 */
export function implicitName(
  table: string,
  columns: readonly string[],
  label: string,
  taken: (name: string) => boolean,
): string {
  for (let attempt = 0; ; attempt += 1) {
    const tail = `${label}${attempt === 0 ? '' : String(attempt)}`;
    const name = joined(table, additionOf(columns), tail);
    if (!taken(name)) return name;
  }
}

/** The column names, `_` between them, until they are too long anyhow. */
function additionOf(columns: readonly string[]): string {
  let addition = '';
  for (const column of columns) {
    addition += addition === '' ? column : `_${column}`;
    if (Buffer.byteLength(addition) > longest) break;
  }
  return cut(addition, longest);
}

function joined(table: string, addition: string, tail: string): string {
  let first = Buffer.byteLength(table);
  let second = Buffer.byteLength(addition);
  const room = longest - Buffer.byteLength(tail) - 1 - (addition === '' ? 0 : 1);
  while (first + second > room) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  return [cut(table, first), ...(addition === '' ? [] : [cut(addition, second)]), tail].join('_');
}

/** At most so many bytes, no character cut in two. */
function cut(text: string, bytes: number): string {
  let end = text.length;
  while (Buffer.byteLength(text.slice(0, end)) > bytes) end -= 1;
  // A lone half of a pair takes three bytes, so it may just fit.
  return text.slice(0, end).replace(/[\ud800-\udbff]$/, '');
}

/** The names of an index's columns, as they go into its own name: an expression is called after its function, else `expr`. */
export function indexColumnNames(elements: readonly Node[]): readonly string[] {
  const names: string[] = [];
  for (const element of elements) {
    const { name, indexcolname, expr } = as('IndexElem', element) ?? {};
    const wanted = name ?? indexcolname ?? outputName(expr) ?? 'expr';
    let unique = wanted;
    for (let number = 1; names.includes(unique); number += 1) {
      unique = `${cut(wanted, longest - String(number).length)}${String(number)}`;
    }
    names.push(unique);
  }
  return names;
}
