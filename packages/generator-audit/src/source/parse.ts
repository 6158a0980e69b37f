import { lineStarts, positionAt, type Span } from '@migrate-lint/core';
import { parseBlocks, SyntaxProblem, type AttributeNode, type Block, type Expression, type Node } from './grammar.ts';

export interface SchemaText {
  readonly path: string;
  readonly text: string;
}

/** A .prisma text that the parser cannot read, with the place where it gave up. */
export class UnreadableSchema extends Error {
  override readonly name = 'UnreadableSchema';
  readonly span: Span;

  constructor({ path, text }: SchemaText, offset: number, problem: string) {
    const { line, column } = positionAt(lineStarts(text), offset);
    super(`${path}:${String(line)}:${String(column)}: ${problem}`);
    this.span = { file: path, start: offset, end: Math.min(offset + 1, text.length) };
  }
}

export interface ParsedFile extends SchemaText {
  readonly blocks: readonly Block[];
}

export function parse(source: SchemaText): ParsedFile {
  try {
    return { ...source, blocks: parseBlocks(source.text) };
  } catch (error) {
    if (error instanceof SyntaxProblem) throw new UnreadableSchema(source, error.offset, `${error.message}.`);
    throw error;
  }
}

export function spanOf({ path }: SchemaText, { start, end }: Node): Span {
  return { file: path, start, end };
}

export function textOf({ text }: SchemaText, { start, end }: Node): string {
  return text.slice(start, end);
}

export interface Attribute extends AttributeNode {
  readonly span: Span;
}

export function attributesOf(file: SchemaText, nodes: readonly AttributeNode[]): readonly Attribute[] {
  return nodes.map(node => ({ ...node, span: spanOf(file, node) }));
}

/** The argument of that name; the first one may stand there without it. */
export function argumentOf(attribute: Attribute | undefined, name: string, first?: 'first'): Expression | undefined {
  const unnamed = first && attribute?.args.find(argument => argument.name === undefined);
  return (unnamed ?? attribute?.args.find(argument => argument.name === name))?.value;
}

/** Of `@map("x")` and `@map(name: "x")` the text. */
export function mappedName(attributes: readonly Attribute[], attribute: 'map' | 'schema'): string | undefined {
  const said = attributes.find(({ name }) => name === attribute);
  return stringOf(argumentOf(said, attribute === 'map' ? 'name' : 'map', 'first'));
}

export function stringOf(expression: Expression | undefined): string | undefined {
  return expression?.kind === 'string' ? expression.value : undefined;
}

/** The word of an argument such as `Cascade`. */
export function wordOf(expression: Expression | undefined): string | undefined {
  return expression?.kind === 'path' ? expression.name : undefined;
}

export interface Comments {
  /** `///` and `/* *\/`, as Prisma has it. */
  readonly documentation: string;
  /** `//` */
  readonly comment: string;
}

/** The comments on the lines directly above an offset. */
export function commentsAbove({ text }: SchemaText, offset: number): Comments {
  const documentation: string[] = [];
  const comment: string[] = [];
  let end = text.lastIndexOf('\n', offset - 1);
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end).trim();
    const open = line.endsWith('*/') ? text.lastIndexOf('/*', end) : -1;
    const opening = open === -1 ? start : text.lastIndexOf('\n', open) + 1;
    if (line.startsWith('///')) documentation.unshift(line.slice(3).replace(/^ /, ''));
    else if (line.startsWith('//')) comment.unshift(line.slice(2).replace(/^ /, ''));
    else if (open !== -1 && text.slice(opening, open).trim() === '') {
      documentation.unshift(text.slice(open + 2, text.lastIndexOf('*/', end)).trim());
    } else break;
    end = opening - 1;
  }
  return { documentation: documentation.join('\n'), comment: comment.join('\n') };
}

/** The comment on the same line behind an offset. */
export function commentBehind({ text }: SchemaText, offset: number): Comments {
  const end = text.indexOf('\n', offset);
  const line = /^[ \t]*(?:(\/\/\/?) ?(.*)|\/\*(.*?)\*\/)/.exec(text.slice(offset, end === -1 ? undefined : end));
  const said = (line?.[2] ?? line?.[3] ?? '').trim();
  return line?.[1] === '//' ? { documentation: '', comment: said } : { documentation: said, comment: '' };
}
