import type { Field, Model } from '@migrate-lint/core';
import type { Attribute, ParsedFile } from './parse.ts';

/** What stands behind a model or a field in its file. Rules do not see it; edits are made of it. */
export interface Syntax {
  readonly file: ParsedFile;
  readonly attributes: readonly Attribute[];
}

const known = new WeakMap<Model | Field, Syntax>();

export function rememberSyntax(thing: Model | Field, syntax: Syntax): void {
  known.set(thing, syntax);
}

export function syntaxOf(thing: Model | Field): Syntax {
  const syntax = known.get(thing);
  if (!syntax) throw new Error(`\`${thing.path}\` was not made by buildSchema`);
  return syntax;
}
