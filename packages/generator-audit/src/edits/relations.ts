import type { Edit, Field, ReferentialAction } from '@migrate-lint/core';
import { syntaxOf } from '../source/syntax.ts';

/** Says the action on the side of the relation that holds the columns. */
export function setOnDelete(field: Field, action: ReferentialAction): readonly Edit[] {
  const { file, attributes } = syntaxOf(field);
  const args = attributes.find(({ name }) => name === 'relation')?.args ?? [];
  const said = args.find(({ name }) => name === 'onDelete')?.value;
  if (said) return [{ file: file.path, start: said.start, end: said.end, text: action }];
  const before = args.find(({ name }) => name === 'references') ?? args.at(-1);
  if (!before) return [];
  const { end } = before.value;
  return [{ file: file.path, start: end, end, text: `, onDelete: ${action}` }];
}
