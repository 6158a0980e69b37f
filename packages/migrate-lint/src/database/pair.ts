import type {
  Catalog,
  Comparison,
  ExternalTable,
  Manifest,
  Pair,
  Table,
  Touch,
  TouchKind,
  UnmanagedObject,
} from '@migrate-lint/core';

export interface CompareInput {
  readonly expected: Catalog;
  readonly actual: Catalog;
  readonly against: Comparison['against'];
  /** `schema.table.column`: columns whose default the shadow could not read. */
  readonly unknownDefaults: ReadonlySet<string>;
  /** `schema.table.column`: columns whose defaults differ as text and not as values. */
  readonly equalDefaults: ReadonlySet<string>;
  readonly declaredExtensions: readonly string[];
  readonly externalTables: readonly ExternalTable[];
  /** The schemas that the datasource manages. */
  readonly managedSchemas: ReadonlySet<string>;
  readonly manifest: ((found: readonly UnmanagedObject[]) => Manifest) | undefined;
  readonly lastTouch: (kind: TouchKind, path: string) => Touch | undefined;
}

/** What a pair needs to know of names that changed, to tell that two things are one. */
export interface Names {
  /** Path of the actual table of an expected one. */
  table(expected: string): string;
  /** Name of the actual column of an expected one. */
  column(table: Table, name: string): string;
  /** A type or expression of the expected side with renamed enums under their actual names. */
  type(expected: string): string;
}

export interface TablePair extends Pair<Table> {
  readonly expected: Table;
  readonly actual: Table;
}

/** Puts the touch on a pair. It is looked up when it is asked for: that parses the history, and where nothing differs nobody asks. */
export function withTouch<Bare extends object>(
  pair: Bare,
  touch: () => Touch | undefined,
): Bare & { readonly touch: Touch | undefined } {
  return Object.defineProperty(pair, 'touch', { get: touch, enumerable: true }) as Bare & {
    readonly touch: Touch | undefined;
  };
}
