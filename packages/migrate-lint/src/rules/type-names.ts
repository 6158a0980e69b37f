/** A type as `format_type` writes it, taken apart. */
export interface TypeName {
  /** Without length, precision and brackets: `character varying`, `timestamp without time zone`, `"Role"`. */
  readonly base: string;
  /** `(10,2)` as `[10, 2]`. */
  readonly modifiers: readonly number[];
  readonly array: boolean;
}

/** Takes a type apart, so that `timestamp(3) without time zone[]` has the base `timestamp without time zone`. */
export function typeName(type: string): TypeName {
  const element = type.replace(/(?:\[\])+$/, '');
  const [, head = element, inner = '', tail = ''] = /^([^("]*)\(([\d, -]+)\)(.*)$/.exec(element) ?? [];
  return {
    base: `${head}${tail}`.trim(),
    modifiers: inner === '' ? [] : inner.split(',').map(Number),
    array: element !== type,
  };
}
