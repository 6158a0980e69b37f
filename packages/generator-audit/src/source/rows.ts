import type { Edit, Field } from '@migrate-lint/core';
import { syntaxOf } from './syntax.ts';

/** A field's line as `prisma format` aligns it: name, type with `?` or `[]`, attributes. */
interface Row {
  readonly name: string;
  readonly type: string;
  readonly attributes: string;
}

interface PlacedRow extends Row {
  readonly field: Field;
  readonly nameEnd: number;
  readonly typeStart: number;
  readonly typeEnd: number;
  readonly attributesStart: number;
}

const rows = new WeakMap<Field, PlacedRow>();

/** A field's neighbours ask for its line as well. */
function rowOf(field: Field): PlacedRow {
  let row = rows.get(field);
  if (!row) {
    row = readRow(field);
    rows.set(field, row);
  }
  return row;
}

function readRow(field: Field): PlacedRow {
  const { text } = syntaxOf(field).file;
  const modifier = /^\s*(?:\[\]|\?)/.exec(text.slice(field.typeSpan.end, field.span.end))?.[0].length ?? 0;
  const typeEnd = field.typeSpan.end + modifier;
  const attributes = text.slice(typeEnd, field.span.end);
  return {
    field,
    name: text.slice(field.nameSpan.start, field.nameSpan.end),
    type: text.slice(field.typeSpan.start, typeEnd),
    attributes: attributes.trim(),
    nameEnd: field.nameSpan.end,
    typeStart: field.typeSpan.start,
    typeEnd,
    attributesStart: typeEnd + (attributes.length - attributes.trimStart().length),
  };
}

/** The fields that are aligned with this one: all up to a blank line on either side. */
function groupOf(field: Field): readonly PlacedRow[] {
  const { text } = syntaxOf(field).file;
  const { fields } = field.model;
  const together = (a: Field, b: Field): boolean => !/\n[ \t]*\r?\n/.test(text.slice(a.span.end, b.span.start));
  let first = fields.indexOf(field);
  let last = first;
  for (let next = fields[first - 1]; next && together(next, fields[first] ?? field); next = fields[first - 1])
    first -= 1;
  for (let next = fields[last + 1]; next && together(fields[last] ?? field, next); next = fields[last + 1]) last += 1;
  return fields.slice(first, last + 1).map(rowOf);
}

interface Widths {
  readonly name: number;
  readonly type: number;
}

/** `prisma format` counts bytes. */
const width = (text: string): number => Buffer.byteLength(text);

function widthsOf(rows: readonly Row[]): Widths {
  return {
    name: Math.max(...rows.map(({ name }) => width(name))),
    type: Math.max(...rows.map(({ type }) => width(type))),
  };
}

const gap = (text: string, to: number): string => ' '.repeat(Math.max(0, to - width(text)) + 1);

/** Whether the lines stand as `prisma format` would put them; what was never formatted is left as it is. */
function isAligned(rows: readonly PlacedRow[], widths: Widths): boolean {
  return rows.every(
    ({ name, type, attributes, nameEnd, typeStart, typeEnd, attributesStart }) =>
      typeStart - nameEnd === gap(name, widths.name).length &&
      (attributes === '' || attributesStart - typeEnd === gap(type, widths.type).length),
  );
}

/** What the columns between the words of these lines become, where they change. */
function gapEdits(rows: readonly PlacedRow[], before: Widths, after: Widths, file: string): readonly Edit[] {
  return rows.flatMap(({ name, type, attributes, nameEnd, typeStart, typeEnd, attributesStart }) => [
    ...(before.name === after.name ? [] : [{ file, start: nameEnd, end: typeStart, text: gap(name, after.name) }]),
    ...(before.type === after.type || attributes === ''
      ? []
      : [{ file, start: typeEnd, end: attributesStart, text: gap(type, after.type) }]),
  ]);
}

/** The field with another type; the lines around it stay aligned. `modifier` is `?`, `[]` or nothing. */
export function retypeRow(
  field: Field,
  typeName: string,
): { readonly edits: readonly Edit[]; readonly attributesGap: string } {
  const rows = groupOf(field);
  const own = rowOf(field);
  const { path: file } = syntaxOf(field).file;
  const type = typeName + own.type.slice(field.typeSpan.end - field.typeSpan.start);
  const before = widthsOf(rows);
  const aligned = isAligned(rows, before);
  const after = aligned ? widthsOf(rows.map(row => (row.field === field ? { ...row, type } : row))) : before;
  const attributesGap = aligned ? gap(type, after.type) : ' ';
  const others = rows.filter(row => row.field !== field);
  return {
    attributesGap,
    edits: [
      ...gapEdits(others, before, after, file),
      { file, start: own.typeStart, end: own.typeEnd, text: type },
      ...(aligned && own.attributes !== ''
        ? [{ file, start: own.typeEnd, end: own.attributesStart, text: attributesGap }]
        : []),
    ],
  };
}

/** The blanks that stand, or would stand, before the attributes of a field that has none. */
export function attributesGap(field: Field): string {
  const rows = groupOf(field);
  const widths = widthsOf(rows);
  return isAligned(rows, widths) ? gap(rowOf(field).type, widths.type) : ' ';
}

/** A new line in the group of `neighbour`, as it is to be written, and what it changes in the others. */
export function newRow(neighbour: Field, line: string): { readonly text: string; readonly edits: readonly Edit[] } {
  const rows = groupOf(neighbour);
  const before = widthsOf(rows);
  const [name = '', type = '', ...rest] = line.trim().split(/\s+/);
  const attributes = line.trim().replace(/^\S+\s+\S+\s*/, '');
  if (!isAligned(rows, before)) return { text: [name, type, ...rest].join(' '), edits: [] };
  const after = widthsOf([...rows, { name, type, attributes }]);
  const text = (name + gap(name, after.name) + type + gap(type, after.type) + attributes).trimEnd();
  return { text, edits: gapEdits(rows, before, after, syntaxOf(neighbour).file.path) };
}
