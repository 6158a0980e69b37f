import type { Field, Model } from '@migrate-lint/core';
import type { Block } from './grammar.ts';
import { attributesOf, type Attribute, type ParsedFile } from './parse.ts';

/** What stands behind a model or a field in its file. Rules do not see it; edits are made of it. */
export interface Syntax {
  readonly file: ParsedFile;
  readonly attributes: readonly Attribute[];
}

const known = new WeakMap<Model, { readonly file: ParsedFile; readonly block: Block }>();

export function rememberSyntax(model: Model, file: ParsedFile, block: Block): void {
  known.set(model, { file, block });
}

export function syntaxOf(thing: Model | Field): Syntax {
  const model = 'model' in thing ? thing.model : thing;
  const { file, block } = partsOf(model);
  const node = 'model' in thing ? block.fields[model.fields.indexOf(thing)] : block;
  return { file, attributes: attributesOf(file, node?.attributes ?? []) };
}

/** The file in which a model stands. */
export function fileOf(model: Model): ParsedFile {
  return partsOf(model).file;
}

function partsOf(model: Model): { readonly file: ParsedFile; readonly block: Block } {
  const parts = known.get(model);
  if (!parts) throw new Error(`\`${model.path}\` was not made by buildSchema`);
  return parts;
}
