import type { Migration, Operation } from '@migrate-lint/core';

/**
 * Whether two migrations may have to do with each other: one of them names a table, enum or other object that the other one makes or changes. So they do
 * where that cannot be told, as with SQL that is put together at run time.
 */
export function mayMeet(first: Migration, second: Migration): boolean {
  return names(first, second) || names(second, first);
}

function names({ text }: Migration, { statements, syntaxError }: Migration): boolean {
  const words = wordsOf(text);
  const isNamed = (path: string): boolean =>
    [...wordsOf(path.split('.').at(-1) ?? path)].every(word => words.has(word));
  if (syntaxError) return true;
  const operations = statements.flatMap(statement => statement.operations);
  return operations.some(operation => isOpaque(operation) || changedBy(operation).some(isNamed));
}

function isOpaque(operation: Operation): boolean {
  return operation.kind === 'other' || (operation.kind === 'block' && operation.dynamic);
}

function changedBy(operation: Operation): readonly string[] {
  const found = [
    'table' in operation ? operation.table : undefined,
    'referenced' in operation ? operation.referenced : undefined,
    'partition' in operation ? operation.partition : undefined,
    'enum' in operation ? operation.enum : undefined,
    'object' in operation ? operation.object : undefined,
    ...('tables' in operation ? operation.tables : []),
  ];
  return found.flatMap(object => (object ? [object.path] : []));
}

/** However they are quoted. */
function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []);
}
