import { rememberedFor, type Edit, type Field, type Model } from '@migrate-lint/core';
import { fileOf } from './syntax.ts';

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

/** Fields that are aligned with each other: all up to a blank line on either side. */
interface Group {
  readonly rows: readonly PlacedRow[];
  readonly widths: Widths;
  /** They stand as `prisma format` would put them; what was never formatted is left as it is. */
  readonly aligned: boolean;
}

interface Widths {
  readonly name: number;
  readonly type: number;
}

/** A model with one finding has several, and each asks for the lines around it. */
const groupsOf = rememberedFor(readGroups);

function groupOf(field: Field): { readonly group: Group; readonly own: PlacedRow } {
  for (const group of groupsOf(field.model)) {
    const own = group.rows.find(row => row.field === field);
    if (own) return { group, own };
  }
  throw new Error(`\`${field.path}\` is not of its model`);
}

function readGroups(model: Model): readonly Group[] {
  const { text } = fileOf(model);
  const groups: PlacedRow[][] = [];
  for (const [at, field] of model.fields.entries()) {
    const above = model.fields[at - 1];
    const row = readRow(field, text);
    if (above && !/\n[ \t]*\r?\n/.test(text.slice(above.span.end, field.span.start))) groups.at(-1)?.push(row);
    else groups.push([row]);
  }
  return groups.map(rows => {
    const widths = widthsOf(rows);
    return { rows, widths, aligned: areAligned(rows, widths) };
  });
}

function readRow(field: Field, text: string): PlacedRow {
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

/** `prisma format` counts bytes. */
const width = (text: string): number => Buffer.byteLength(text);

function widthsOf(rows: readonly Row[]): Widths {
  return {
    name: Math.max(...rows.map(({ name }) => width(name))),
    type: Math.max(...rows.map(({ type }) => width(type))),
  };
}

const gap = (text: string, to: number): string => ' '.repeat(Math.max(0, to - width(text)) + 1);

function areAligned(rows: readonly PlacedRow[], widths: Widths): boolean {
  return rows.every(
    ({ name, type, attributes, nameEnd, typeStart, typeEnd, attributesStart }) =>
      typeStart - nameEnd === gap(name, widths.name).length &&
      (attributes === '' || attributesStart - typeEnd === gap(type, widths.type).length),
  );
}

/** What the columns between the words of these lines become, where they change. */
function gapEdits(rows: readonly PlacedRow[], before: Widths, after: Widths, file: string): readonly Edit[] {
  if (before.name === after.name && before.type === after.type) return [];
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
  const { group, own } = groupOf(field);
  const { rows, widths: before, aligned } = group;
  const { path: file } = fileOf(field.model);
  const type = typeName + own.type.slice(field.typeSpan.end - field.typeSpan.start);
  const after = aligned ? widthsOf(rows.map(row => (row === own ? { ...row, type } : row))) : before;
  const attributesGap = aligned ? gap(type, after.type) : ' ';
  const others = rows.filter(row => row !== own);
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
  const { group, own } = groupOf(field);
  return group.aligned ? gap(own.type, group.widths.type) : ' ';
}

/** A new line in the group of `neighbour`, as it is to be written, and what it changes in the others. */
export function newRow(neighbour: Field, line: string): { readonly text: string; readonly edits: readonly Edit[] } {
  const { rows, widths: before, aligned } = groupOf(neighbour).group;
  const [name = '', type = '', ...rest] = line.trim().split(/\s+/);
  const attributes = line.trim().replace(/^\S+\s+\S+\s*/, '');
  if (!aligned) return { text: [name, type, ...rest].join(' '), edits: [] };
  const after = widthsOf([...rows, { name, type, attributes }]);
  const text = (name + gap(name, after.name) + type + gap(type, after.type) + attributes).trimEnd();
  return { text, edits: gapEdits(rows, before, after, fileOf(neighbour.model).path) };
}
