import type { Edit, Field } from '@migrate-lint/core';
import { retypeRow } from '../source/rows.ts';
import { syntaxOf } from '../source/syntax.ts';

/** Takes the `?` away, and gives the field a default if that is said; the lines around it stay aligned. */
export function makeRequired(field: Field, value?: string): readonly Edit[] {
  if (field.required || field.list) return [];
  // A row keeps its `?`, so it is aligned for a name that is one shorter.
  const { edits, attributesGap } = retypeRow(field, field.type.slice(1));
  const retyped = edits.map(edit => (edit.start === field.typeSpan.start ? { ...edit, text: field.type } : edit));
  if (value === undefined) return retyped;
  const { file, attributes } = syntaxOf(field);
  const attribute = `@default(${value})`;
  const [behind] = attributes;
  const at = behind?.span.start ?? field.span.end;
  const text = behind ? `${attribute} ` : attributesGap + attribute;
  return [...retyped, { file: file.path, start: at, end: at, text }];
}

/** Adds the `?`; the lines around it stay aligned. */
export function makeOptional(field: Field): readonly Edit[] {
  return field.required ? retypeRow(field, `${field.type}?`).edits : [];
}
