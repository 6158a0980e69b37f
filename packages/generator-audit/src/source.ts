import { createRequire } from 'node:module';
import { extname } from 'node:path';
import {
  FactUnavailable,
  inBackground,
  lineStarts,
  positionAt,
  type Schema,
  type SourceContext,
  type SourceFile,
  type Sources,
  type Validation,
} from '@migrate-lint/core';
import { buildSchema } from './source/build.ts';
import { UnreadableSchema, type SchemaText } from './source/parse.ts';
import { readSchema } from './source/read.ts';

export { buildSchema } from './source/build.ts';
export { forEngine } from './source/engine-text.ts';
export { unescape } from './source/grammar.ts';
export { UnreadableSchema, type SchemaText } from './source/parse.ts';
export { refusePrisma8 } from './source/prisma-8.ts';
export { readSchema } from './source/read.ts';

/** Reads the .prisma files. */
export const sources = {
  validation: async context => {
    const files = await filesOf(context);
    const texts = files.flatMap(({ path, text }) => [path, text]);
    return context.cache.remember('validation', [...texts, validatorVersion()], () => {
      context.progress('Validating the schema');
      const built = new URL(`./source/validate${extname(import.meta.url)}`, import.meta.url);
      return inBackground(built, 'validate', files, () =>
        import('./source/validate.ts').then(module => module.validate),
      );
    });
  },
  schema: async context => {
    const files = await filesOf(context);
    refuseInvalid(files, await context.get('validation'));
    try {
      return schemaOf(files);
    } catch (error) {
      if (!(error instanceof UnreadableSchema)) throw error;
      throw new FactUnavailable(`The schema cannot be read: ${error.message}`);
    }
  },
} satisfies Sources;

let prepared: { readonly key: string; readonly schema: Schema } | undefined;

/** Reads a schema ahead of the time at which it is asked for; it is read anew if the files have changed by then. */
export async function prepareSchema(schemaPath: string, cwd: string): Promise<void> {
  const files = await readSchema(schemaPath, cwd);
  prepared = { key: JSON.stringify(files), schema: buildSchema(files) };
}

function schemaOf(files: readonly SchemaText[]): Schema {
  return prepared?.key === JSON.stringify(files) ? prepared.schema : buildSchema(files);
}

/** For `prisma generate`, which validates the schema before it starts a generator: nobody need load the validator again. */
export const validatedSources = {
  ...sources,
  validation: async context => ({ files: (await filesOf(context)).map(({ path }) => ({ path, errors: [] })) }),
} satisfies Sources;

/** Both facts are made of one reading, so that they agree when a file changes meanwhile. */
const readings = new WeakMap<SourceContext, Promise<readonly SchemaText[]>>();

function filesOf(context: SourceContext): Promise<readonly SchemaText[]> {
  let files = readings.get(context);
  if (!files) {
    files = readSchema(context.project.schemaPath, context.project.cwd).then(read => {
      for (const file of read) context.addFile(sourceFile(file));
      return read;
    });
    readings.set(context, files);
  }
  return files;
}

/** A block begins at its keyword and ends with the `}` that starts a line; that is all the grammar allows. */
const block = /^[ \t]*((?:model|view|type|enum|datasource|generator)[ \t]+[^\s{]+[ \t]*\{[^]*?^[ \t]*\})/gm;

/** The file with its blocks, told without the parser: suppressions are read in a schema that is not valid, too. */
function sourceFile({ path, text }: SchemaText): SourceFile {
  const blocks = [...text.matchAll(block)].map(({ index, 0: all, 1: inner = '' }) => {
    const end = index + all.length;
    return { file: path, start: end - inner.length, end };
  });
  return { path, text, language: 'prisma', blocks };
}

function refuseInvalid(files: readonly SchemaText[], { files: verdicts }: Validation): void {
  const errors = verdicts.flatMap(verdict => verdict.errors);
  const [first] = errors;
  if (!first) return;
  const text = files.find(({ path }) => path === first.span.file)?.text ?? '';
  const { line, column } = positionAt(lineStarts(text), first.span.start);
  const more = errors.length > 1 ? ` (and ${String(errors.length - 1)} more)` : '';
  const place = `${first.span.file}:${String(line)}:${String(column)}`;
  throw new FactUnavailable(`The schema is not valid: ${place}: ${first.message}${more}`);
}

function validatorVersion(): string {
  const { version } = createRequire(import.meta.url)('@prisma/prisma-schema-wasm/package.json') as { version: string };
  return version;
}
