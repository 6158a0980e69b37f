import type { PastCatalog, PastEnum } from '@migrate-lint/core';

/** The enum of a type as `format_type` has it, also of its arrays: `"Role"`, `auth."Role"[]`. */
export function enumOf(before: PastCatalog, type: string): PastEnum | undefined {
  const element = type.replace(/(?:\[\])+$/, '');
  return before.enum(element.replace(/"((?:[^"]|"")*)"/g, (_, name: string) => name.replaceAll('""', '"')));
}
