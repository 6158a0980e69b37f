import { words, type CatalogData } from '@migrate-lint/core';
import { quoteIdentifier, quoteLiteral } from './database.ts';

/** What a body probably means by a name that is not there: the one that differs in case, underscores, quotes or schema only. */
export class Corrections {
  readonly #catalog: CatalogData;
  constructor(catalog: CatalogData) {
    this.#catalog = catalog;
  }

  /** A column of one of these tables. */
  column(name: string, tables: readonly string[]): string | undefined {
    const columns = this.#catalog.tables
      .filter(table => tables.includes(table.name))
      .flatMap(table => table.columns.map(column => column.name));
    return this.field(name, columns);
  }

  field(name: string, fields: Iterable<string>): string | undefined {
    const found = only([...fields].filter(field => sameWords(field, name)));
    return found === undefined ? undefined : quoteIdentifier(found);
  }

  /** A table or view. */
  table(name: string, path: string): string | undefined {
    return this.#object([...this.#catalog.tables, ...this.#catalog.views], name, path);
  }

  /** An enum, a domain, a composite type, or a table's row. */
  type(name: string, path: string): string | undefined {
    const { enums, domains, compositeTypes, tables } = this.#catalog;
    return this.#object([...enums, ...domains, ...compositeTypes, ...tables], name, path);
  }

  function(name: string, path: string): string | undefined {
    return this.#object(this.#catalog.functions, name, path);
  }

  /** A value of an enum, which Postgres names with its quotes and perhaps its schema. */
  value(label: string, type: string): string | undefined {
    const name = /(?:^|\.)"?((?:[^"]|"")+?)"?$/.exec(type)?.[1];
    const values = this.#catalog.enums.filter(one => one.name === name).flatMap(one => one.values);
    const found = only(values.filter(value => sameWords(value, label)));
    return found === undefined ? undefined : quoteLiteral(found);
  }

  #object(
    objects: readonly { readonly schema: string; readonly name: string }[],
    name: string,
    path: string,
  ): string | undefined {
    const alike = objects.filter(object => sameWords(object.name, name));
    const exact = alike.filter(object => object.name === name);
    const candidates = exact.length > 0 ? exact : alike;
    const [first] = candidates;
    if (!first || candidates.some(one => one.name !== first.name || one.schema !== first.schema)) return undefined;
    const inPath = path.split(',').some(schema => schema.trim().replace(/^"|"$/g, '') === first.schema);
    return inPath ? quoteIdentifier(first.name) : `${quoteIdentifier(first.schema)}.${quoteIdentifier(first.name)}`;
  }
}

function sameWords(one: string, other: string): boolean {
  return flat(one) === flat(other);
}

function flat(name: string): string {
  return words(name).join('');
}

function only(names: readonly string[]): string | undefined {
  const [first, ...rest] = new Set(names);
  return rest.length === 0 ? first : undefined;
}
