import type { Edit, Model } from '@migrate-lint/core';
import { syntaxOf } from '../source/syntax.ts';

/** A new enum behind the model, in its schema; a value that is no name gets one, and is mapped to itself. */
export function addEnum(model: Model, name: string, values: readonly string[]): readonly Edit[] {
  const { text, path: file } = syntaxOf(model).file;
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  const lines = values.map(value => {
    const valid = enumValueName(value);
    return `  ${valid}${valid === value ? '' : ` @map(${JSON.stringify(value)})`}`;
  });
  const schema = model.dbSchema === undefined ? [] : ['', `  @@schema(${JSON.stringify(model.dbSchema)})`];
  const { end } = model.span;
  return [{ file, start: end, end, text: [eol, `enum ${name} {`, ...lines, ...schema, '}'].join(eol) }];
}

/** `past-due` is no name of a value, `past_due` is. */
export function enumValueName(value: string): string {
  return value.replace(/\W/g, '_');
}
