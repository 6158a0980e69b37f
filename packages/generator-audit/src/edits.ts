import type { Edit, Field, Index, Model } from '@migrate-lint/core';
import { attributesGap, newRow, retypeRow } from './source/rows.ts';
import type { Attribute } from './source/parse.ts';
import { syntaxOf } from './source/syntax.ts';

/** The order in which `prisma format` puts attributes; those that it does not name stay behind the others. */
const fieldOrder = ['id', 'unique', 'default', 'updatedAt', 'map', 'relation', 'ignore'];
const blockOrder = ['id', 'unique', 'index', 'fulltext', 'map', 'ignore'];

/** `addBlockAttribute(model, '@@index([a, b])')`. */
export function addBlockAttribute(model: Model, attribute: string): readonly Edit[] {
  const { file, attributes } = syntaxOf(model);
  const { text, path } = file;
  const eol = eolOf(text);
  const line = indentOf(model) + attribute;
  const rank = rankIn(blockOrder, attribute);
  const before = attributes.findLast(({ name }) => rankIn(blockOrder, name) <= rank);
  if (before) return [insert(path, lineEnd(text, before.span.end), eol + line)];
  const [behind] = attributes;
  if (behind) return [insert(path, withCommentsAbove(text, lineStart(text, behind.span.start)), line + eol)];
  const at = model.span.start + text.slice(model.span.start, model.span.end - 1).trimEnd().length;
  // The blank line is an edit of its own: two fixes that both bring it have it once.
  return [insert(path, at, eol), insert(path, at, eol + line)];
}

/** `addFieldAttribute(field, '@db.Timestamptz(3)')`. */
export function addFieldAttribute(field: Field, attribute: string): readonly Edit[] {
  const { file, attributes } = syntaxOf(field);
  const rank = rankIn(fieldOrder, attribute);
  const before = attributes.findLast(({ name }) => rankIn(fieldOrder, name) <= rank);
  if (before) return [insert(file.path, before.span.end, ` ${attribute}`)];
  const [behind] = attributes;
  if (behind) return [insert(file.path, behind.span.start, `${attribute} `)];
  return [insert(file.path, field.span.end, attributesGap(field) + attribute)];
}

/** Another type name, `?` and `[]` stay; `native` such as `@db.Decimal(19, 4)` takes the old one's place. */
export function replaceType(field: Field, type: string, native?: string): readonly Edit[] {
  const { edits, attributesGap: gap } = retypeRow(field, type);
  const { file, attributes } = syntaxOf(field);
  const old = field.nativeType;
  if (old && native !== undefined) return [...edits, { ...old.span, text: native }];
  if (old) {
    const [removal] = removeAttribute(field, old.span);
    // With the only attribute the blanks before it go, so they are not aligned.
    return [...edits.filter(edit => edit.end <= removal.start || edit.start >= removal.end), removal];
  }
  if (native === undefined) return edits;
  return [
    ...edits,
    attributes.length > 0
      ? insert(file.path, field.span.end, ` ${native}`)
      : insert(file.path, field.span.end, gap + native),
  ];
}

/** Takes away the attribute, and with the last one of the block the blank line above. */
export function removeIndex(index: Index): readonly Edit[] {
  const { model, span } = index;
  const { file, attributes } = syntaxOf(model);
  const said = attributes.find(attribute => attribute.span.start === span.start);
  if (!said) {
    const [column] = index.columns;
    return column ? removeAttribute(column.field, span) : [];
  }
  const start = lineStart(file.text, span.start);
  const from = attributes.length > 1 ? endOfLineAbove(file.text, start) : file.text.slice(0, start).trimEnd().length;
  return [{ file: file.path, start: from, end: lineEnd(file.text, span.end), text: '' }];
}

/** Takes an attribute away from a field, told by its place. */
export function removeAttribute(
  field: Field,
  { start, end }: Pick<Attribute['span'], 'start' | 'end'>,
): readonly [Edit] {
  const { text, path } = syntaxOf(field).file;
  const last = end === field.span.end;
  // The first of several gives its place to the next; the others take the blanks before them along.
  const to = last ? end : end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0);
  const from = last ? startOfBlanks(text, start) : start;
  return [{ file: path, start: from, end: to, text: '' }];
}

/** `addField(model, 'author User @relation(fields: [authorId], references: [id])')`, behind `after` or the last field. */
export function addField(model: Model, line: string, after: Field | undefined = model.fields.at(-1)): readonly Edit[] {
  const { text, path } = syntaxOf(model).file;
  if (!after) return [insert(path, model.span.end - 1, `  ${line}${eolOf(text)}`)];
  const row = newRow(after, line);
  return [...row.edits, insert(path, lineEnd(text, after.span.end), eolOf(text) + indentOf(model) + row.text)];
}

/** Where the line above ends, before its line end. */
function endOfLineAbove(text: string, start: number): number {
  const end = text[start - 1] === '\n' ? start - 1 : start;
  return end < start && text[end - 1] === '\r' ? end - 1 : end;
}

/** A pattern that looks for the end of the text before would read all of it, for each of a thousand fixes. */
function startOfBlanks(text: string, end: number): number {
  let start = end;
  while (start > 0 && ' \t'.includes(text.charAt(start - 1))) start -= 1;
  return start;
}

function rankIn(order: readonly string[], attribute: string): number {
  const at = order.indexOf(/^@*([\w.]*)/.exec(attribute)?.[1] ?? '');
  return at === -1 ? order.length : at;
}

function insert(file: string, at: number, text: string): Edit {
  return { file, start: at, end: at, text };
}

function eolOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

function indentOf(model: Model): string {
  const { text } = syntaxOf(model).file;
  const [first] = model.fields;
  if (!first) return '  ';
  const before = text.slice(lineStart(text, first.span.start), first.span.start);
  return before.trim() === '' ? before : '  ';
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Before the line end. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** The start of the comments on the lines directly above. */
function withCommentsAbove(text: string, start: number): number {
  return /(?<=^|\n)(?:[ \t]*\/\/[^\n]*\n)+$/.exec(text.slice(0, start))?.index ?? start;
}
