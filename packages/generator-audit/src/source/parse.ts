import {
  parsePrismaSchema,
  type PrismaType,
  type SchemaArgument,
  type SchemaDeclaration,
  type SchemaExpression,
  type SourceRange,
} from '@loancrate/prisma-schema-parser';
import { lineStarts, positionAt, type Span } from '@migrate-lint/core';
import { readable } from './readable.ts';

/** A .prisma text that the parser cannot read, with the place where it gave up. */
export class UnreadableSchema extends Error {
  override readonly name = 'UnreadableSchema';
  readonly span: Span;

  constructor(file: string, text: string, offset: number, problem: string) {
    const { line, column } = positionAt(lineStarts(text), offset);
    super(`${file}:${String(line)}:${String(column)}: ${problem}`);
    this.span = { file, start: offset, end: Math.min(offset + 1, text.length) };
  }
}

/** One .prisma file: the syntax tree beside the text that its offsets point into. */
export interface ParsedFile {
  readonly path: string;
  readonly text: string;
  /** As the parser saw it: see `readable`. */
  readonly readable: string;
  readonly declarations: readonly SchemaDeclaration[];
}

export interface SchemaText {
  readonly path: string;
  readonly text: string;
}

export function parse({ path, text }: SchemaText): ParsedFile {
  const masked = readable(text);
  try {
    return { path, text, readable: masked, declarations: parsePrismaSchema(masked).declarations };
  } catch (error) {
    const place = (error as { location?: SourceRange }).location;
    if (!place) throw error;
    throw new UnreadableSchema(path, text, place.start.offset, 'this cannot be read as Prisma schema.');
  }
}

/** An attribute, of a field or a block. */
export interface Attribute {
  /** `id`, `relation`, `db.VarChar`. */
  readonly name: string;
  readonly positional: readonly SchemaExpression[];
  readonly named: ReadonlyMap<string, SchemaExpression>;
  /** The text of an argument as it stands in the file; of the first one without a name for `''`. */
  text(argument: string): string | undefined;
  readonly span: Span;
}

interface AttributeNode {
  readonly path: { readonly value: readonly string[] };
  readonly args?: readonly SchemaArgument[];
  readonly location?: SourceRange;
  readonly comment?: { readonly location?: SourceRange } | null;
}

export function attribute(file: ParsedFile, node: AttributeNode): Attribute {
  const place = span(file, node.location, node.comment?.location?.start.offset);
  const positional: SchemaExpression[] = [];
  const named = new Map<string, SchemaExpression>();
  const places = new Map<string, number>();
  const [first] = node.args ?? [];
  if (first && first.kind !== 'namedArgument') places.set('', file.text.indexOf('(', place.start) + 1);
  for (const argument of node.args ?? []) {
    if (argument.kind !== 'namedArgument') {
      positional.push(argument);
      continue;
    }
    named.set(argument.name.value, argument.expression);
    places.set(argument.name.value, file.text.indexOf(':', argument.name.location?.end.offset) + 1);
  }
  return {
    name: node.path.value.join('.'),
    positional,
    named,
    text: argument => {
      const start = places.get(argument);
      return start === undefined ? undefined : argumentText(file.text, start);
    },
    span: place,
  };
}

/** From `start` to the comma or bracket that ends the argument. */
function argumentText(text: string, start: number): string {
  const part = /"(?:[^"\\\n]|\\.)*"|[^]/gu;
  part.lastIndex = start;
  let depth = 0;
  for (let found = part.exec(text); found; found = part.exec(text)) {
    if ('([{'.includes(found[0])) depth += 1;
    else if (depth === 0 && ',)]}'.includes(found[0])) return text.slice(start, found.index).trim();
    else if (')]}'.includes(found[0])) depth -= 1;
  }
  return text.slice(start).trim();
}

/** The place of a syntax node, without the blanks that the parser counts in at its end. */
export function span(file: ParsedFile, range: SourceRange | undefined, before?: number): Span {
  const start = range?.start.offset ?? 0;
  const end = Math.min(range?.end.offset ?? 0, before ?? Infinity);
  return { file: file.path, start, end: start + file.readable.slice(start, end).trimEnd().length };
}

/** A name as it stands in the file. */
export function nameAt(file: ParsedFile, node: { readonly location?: SourceRange }): string {
  return file.text.slice(node.location?.start.offset ?? 0, node.location?.end.offset ?? 0);
}

/** What stands in the quotes, escapes resolved; undefined if it is not a string. */
export function stringOf(expression: SchemaExpression | undefined): string | undefined {
  if (expression?.kind !== 'literal' || typeof expression.value !== 'string') return undefined;
  return unescape(expression.value);
}

export function unescape(raw: string): string {
  return raw.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) => {
    if (code.length > 1) return String.fromCharCode(parseInt(code.slice(1), 16));
    return escapes[code] ?? code;
  });
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** An argument as it would be written. */
export function written(file: ParsedFile, argument: SchemaArgument): string {
  switch (argument.kind) {
    case 'literal':
      return typeof argument.value === 'string' ? `"${argument.value}"` : String(argument.value);
    case 'path':
      return nameAt(file, argument);
    case 'array':
      return `[${argument.items.map(item => written(file, item)).join(', ')}]`;
    case 'functionCall':
      return `${nameAt(file, argument.path)}(${(argument.args ?? []).map(item => written(file, item)).join(', ')})`;
    case 'namedArgument':
      return `${argument.name.value}: ${written(file, argument.expression)}`;
  }
}

export interface TypeSyntax {
  readonly name: string;
  readonly unsupported: boolean;
  readonly list: boolean;
  readonly required: boolean;
  /** Without `?` and `[]`. */
  readonly span: Span;
}

/** `after` is the offset behind the field's name. */
export function typeSyntax(file: ParsedFile, type: PrismaType, after: number): TypeSyntax {
  const modified = type.kind === 'list' || type.kind === 'optional' || type.kind === 'required';
  const base = modified ? type.type : type;
  const shape = { list: type.kind === 'list', required: type.kind !== 'optional' };
  if (base.kind === 'typeId') {
    const place = span(file, base.name.location);
    return { ...shape, name: nameAt(file, base.name), unsupported: false, span: place };
  }
  const start = after + (/\S/.exec(file.text.slice(after))?.index ?? 0);
  const end = start + (/^Unsupported\s*\(\s*"(?:[^"\\]|\\.)*"\s*\)/.exec(file.text.slice(start))?.[0].length ?? 0);
  return { ...shape, name: unescape(base.type.value), unsupported: true, span: { file: file.path, start, end } };
}

/** The comments on the lines directly above an offset: `///` and `/* */ ` are documentation, as Prisma has it, `; //` is not. */
export function commentsAbove(file: ParsedFile, offset: number): { documentation: string; comment: string } {
  const documentation: string[] = [];
  const comment: string[] = [];
  let end = file.text.lastIndexOf('\n', offset - 1);
  while (end > 0) {
    const start = file.text.lastIndexOf('\n', end - 1) + 1;
    const line = file.text.slice(start, end);
    const text = /^\s*(\/\/\/?) ?(.*?)\s*$/.exec(line);
    if (text) (text[1] === '///' ? documentation : comment).unshift(text[2] ?? '');
    const open = !text && /\*\/\s*$/.test(line) ? file.text.lastIndexOf('/*', end) : -1;
    const opening = open === -1 ? start : file.text.lastIndexOf('\n', open) + 1;
    if (open !== -1 && file.text.slice(opening, open).trim() === '') {
      documentation.unshift(file.text.slice(open + 2, file.text.lastIndexOf('*/', end)).trim());
    } else if (!text) break;
    end = opening - 1;
  }
  return { documentation: documentation.join('\n'), comment: comment.join('\n') };
}

/** The comment on the same line behind an offset. */
export function commentBehind(file: ParsedFile, offset: number): { documentation: string; comment: string } {
  const line = /^[ \t]*(?:(\/\/\/?) ?([^\r\n]*)|\/\*([^]*?)\*\/)/.exec(file.text.slice(offset));
  const said = (line?.[2] ?? line?.[3] ?? '').trim();
  return line?.[1] === '//' ? { documentation: '', comment: said } : { documentation: said, comment: '' };
}
