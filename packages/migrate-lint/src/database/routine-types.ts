import { quoteLiteral, type Database } from './database.ts';
import { isPostgresError } from './database.ts';

/** A type that a variable can have. */
export interface VariableType {
  /** As SQL says it; undefined for one that cannot be told, such as what a RECORD holds. */
  readonly sql: string | undefined;
  readonly kind: 'enum' | 'composite' | 'record' | 'other';
  /** The types of its fields by name, where it is a row. */
  readonly fields: ReadonlyMap<string, string>;
}

export const unknownType: VariableType = { sql: undefined, kind: 'other', fields: new Map() };
const recordType: VariableType = { sql: 'record', kind: 'record', fields: new Map() };

interface TypeRow {
  readonly sql: string;
  readonly typtype: string;
  readonly fields: Readonly<Record<string, string>> | null;
}

/** Looks types up as a declaration names them, in the search path that is set. */
export class TypeReader {
  readonly #database: Database;
  readonly #known = new Map<string, VariableType | undefined>();
  constructor(database: Database) {
    this.#database = database;
  }

  /** Undefined for one that is not there; `path` is the search path that is set. */
  async read(declared: string, path: string): Promise<VariableType | undefined> {
    const key = `${path}\0${declared}`;
    if (!this.#known.has(key)) this.#known.set(key, await this.#look(declared.trim()));
    return this.#known.get(key);
  }

  async #look(declared: string): Promise<VariableType | undefined> {
    if (/^record$/i.test(declared)) return recordType;
    const [, column] = /^([^]*)%\s*type$/i.exec(declared) ?? [];
    if (column !== undefined) return this.#ofColumn(column.trim());
    const [, row = declared] = /^([^]*)%\s*rowtype$/i.exec(declared) ?? [];
    return this.#one(`t.oid = to_regtype(${quoteLiteral(row)})`);
  }

  async #ofColumn(name: string): Promise<VariableType | undefined> {
    const [, table, column = ''] = /^([^]*)\.\s*("(?:[^"]|"")*"|[^."\s]+)$/.exec(name) ?? [];
    // The type of another variable is not followed.
    if (table === undefined) return unknownType;
    return this.#one(`t.oid = (SELECT a.atttypid FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = to_regclass(${quoteLiteral(table)}) AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attname = (parse_ident(${quoteLiteral(column)}))[1])`);
  }

  async #one(condition: string): Promise<VariableType | undefined> {
    const query = `SELECT format_type(t.oid, NULL) AS sql, t.typtype::text,
      (SELECT json_object_agg(a.attname, format_type(a.atttypid, NULL)) FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = t.typrelid AND t.typrelid <> 0 AND a.attnum > 0 AND NOT a.attisdropped) AS fields
      FROM pg_catalog.pg_type t WHERE ${condition}`;
    try {
      const [row] = await this.#database.query<TypeRow>(query);
      if (!row) return undefined;
      if (row.typtype === 'p') return row.sql === 'record' ? recordType : unknownType;
      const kind = row.fields ? 'composite' : row.typtype === 'e' ? 'enum' : 'other';
      return { sql: row.sql, kind, fields: new Map(Object.entries(row.fields ?? {})) };
    } catch (error) {
      if (isPostgresError(error)) return unknownType;
      throw error;
    }
  }
}
