import { FactUnavailable, type Span, type Validation, type ValidationError } from '@migrate-lint/core';
import { forEngine } from './engine-text.ts';
import type { Keyword, Name } from './grammar.ts';
import { Lexer } from './lexer.ts';
import type { SchemaText } from './parse.ts';

/**
 * What Prisma's own validator says, each error at its own place. It is the one that `@prisma/internals` wraps (and its tests hold it
 * against `getDMMF`), taken alone: the wrapper takes a quarter of a second to load.
 */
export async function validate(files: readonly SchemaText[]): Promise<Validation> {
  const errors = (await lint(files)).filter(({ is_warning }) => !is_warning);
  return {
    files: files.map(file => {
      const here = errors.filter(({ file_name }) => file_name === file.path);
      const told = here.map(({ start, end, text }) => toError(files, file, start, end, text));
      return { path: file.path, errors: distinct(told) };
    }),
  };
}

async function lint(files: readonly SchemaText[]): Promise<readonly Diagnostic[]> {
  const { default: prisma } = await import('@prisma/prisma-schema-wasm');
  let panic: string | undefined;
  (globalThis as Record<string, unknown>).PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message: string) => {
      panic = message;
    },
  };
  try {
    return JSON.parse(
      prisma.lint(JSON.stringify(forEngine(files).map(({ path, text }) => [path, text]))),
    ) as readonly Diagnostic[];
  } catch (error) {
    // As 7.10 does on `@@index([a(ops: other("x"))])`.
    const reason = panic?.split('\n')[0] ?? (error instanceof Error ? error.message : String(error));
    throw new FactUnavailable(
      `Prisma's validator itself crashed on this schema (${reason}); take back the last changes to it one by one.`,
    );
  }
}

interface Diagnostic {
  readonly file_name: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly is_warning: boolean;
}

function toError(
  files: readonly SchemaText[],
  { path, text }: SchemaText,
  from: number,
  to: number,
  said: string,
): ValidationError {
  const start = Math.min(from, text.length);
  // The place of a line that the validator cannot read ends behind its line end.
  const end = start + Math.max(1, text.slice(start, to).trimEnd().length);
  const span = { file: path, start, end };
  const message = said.replace(ansi, '').replace(/\s+/g, ' ').trim();
  const related = otherDeclarations(files, message, span);
  return { message, span, related };
}

/** The validator colours its messages. */
const ansi = /\u001B\[[0-9;]*m/g;

function distinct(errors: readonly ValidationError[]): readonly ValidationError[] {
  const byText = new Map(errors.map(error => [`${String(error.span.start)} ${error.message}`, error]));
  return [...byText.values()].sort((a, b) => a.span.start - b.span.start);
}

/** Blocks that share their names; all other kinds do, too. */
const apart: Readonly<Record<string, Keyword>> = { generator: 'generator', source: 'datasource' };
const together = ['model', 'view', 'type', 'enum'];

/** For `The model "A" cannot be defined because …`: where it is declared too. */
function otherDeclarations(files: readonly SchemaText[], message: string, span: Span): ValidationError['related'] {
  const twice = /^The (.+?) "(.+)" cannot be defined because an? .+ with that name already exists/.exec(message);
  if (!twice) return [];
  const [, kind = '', name = ''] = twice;
  const alone = apart[kind];
  const declaring = alone ? [alone] : together;
  return files.flatMap(({ path, text }) =>
    declarations(text)
      .filter(other => other.name.text === name && declaring.includes(other.keyword))
      .filter(other => path !== span.file || other.name.start !== span.start)
      .map(({ name: { start, end } }) => ({
        message: `\`${name}\` is declared here too`,
        span: { file: path, start, end },
      })),
  );
}

/** The names of blocks, also in a text that cannot be parsed. */
function declarations(text: string): readonly { readonly keyword: string; readonly name: Name }[] {
  const found: { readonly keyword: string; readonly name: Name }[] = [];
  let line: Name[] = [];
  const lexer = new Lexer(text);
  while (lexer.kind !== 'end') {
    const { kind, start, end, word } = lexer;
    const [keyword, name] = line;
    if (kind === '{' && line.length === 2 && keyword && name) found.push({ keyword: keyword.text, name });
    if (kind === 'newline') line = [];
    else line.push({ text: word, start, end });
    lexer.next();
  }
  return found;
}
