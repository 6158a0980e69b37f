import type {
  Catalog,
  CheckConstraint,
  Column,
  CompositeType,
  DatabaseFunction,
  Domain,
  EnumType,
  Exclusion,
  Extension,
  Grant,
  Policy,
  Sequence,
  Table,
  TableForeignKey,
  TableIndex,
  Trigger,
  View,
} from './catalog.ts';
import type { Span } from './span.ts';
import { flatMap } from '../lists.ts';

/** A catalog as plain JSON: what introspection reads and the cache keeps. */
export interface CatalogData {
  readonly tables: readonly TableData[];
  readonly enums: readonly ObjectData<EnumType>[];
  readonly sequences: readonly ObjectData<Sequence>[];
  readonly views: readonly ObjectData<View>[];
  readonly functions: readonly ObjectData<DatabaseFunction>[];
  readonly domains: readonly ObjectData<Domain>[];
  readonly compositeTypes: readonly ObjectData<CompositeType>[];
  readonly extensions: readonly ObjectData<Extension>[];
  readonly grants: readonly ObjectData<Grant>[];
}

type ObjectData<Thing> = Omit<Thing, 'path' | 'span'>;
type PartData<Thing> = Omit<Thing, 'path' | 'table' | 'span'>;

export interface TableData {
  readonly schema: string;
  readonly name: string;
  readonly kind: Table['kind'];
  readonly unlogged: boolean;
  readonly rowSecurity: boolean;
  readonly forceRowSecurity: boolean;
  readonly comment: string | null;
  readonly columns: readonly PartData<Column>[];
  readonly indexes: readonly IndexData[];
  readonly foreignKeys: readonly PartData<TableForeignKey>[];
  readonly checks: readonly PartData<CheckConstraint>[];
  readonly exclusions: readonly PartData<Exclusion>[];
  readonly triggers: readonly PartData<Trigger>[];
  readonly policies: readonly PartData<Policy>[];
}

export type IndexData = Omit<PartData<TableIndex>, 'columns' | 'full' | 'covers'>;

/** What kind of object a path names: an index and a column of one table may have the same path. */
export type LocatedKind =
  | 'table'
  | 'column'
  | 'index'
  | 'constraint'
  | 'enum'
  | 'sequence'
  | 'view'
  | 'function'
  | 'type'
  | 'extension'
  | 'trigger'
  | 'policy'
  | 'grant';

/** The place of an object in the project's files; null where there is none. */
export type Locate = (kind: LocatedKind, path: string) => Span | null;

/** `users`, `auth.users`: the schema is left out when it is `public`. */
export function objectPath(schema: string, name: string): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}

/** Gives catalog data its vocabulary. */
export function createCatalog(data: CatalogData, locate: Locate = () => null): Catalog {
  const objects = <Data extends { schema: string; name: string }>(kind: LocatedKind, list: readonly Data[]) =>
    list.map(object => {
      const path = objectPath(object.schema, object.name);
      return withSpan({ ...object, path }, () => locate(kind, path));
    });
  const tables = data.tables.map(table => createTable(table, locate));
  const enums = objects('enum', data.enums);
  const tablesByPath = new Map(tables.map(table => [table.path, table]));
  const enumsByPath = new Map(enums.map(type => [type.path, type]));
  return {
    tables,
    enums,
    sequences: objects('sequence', data.sequences),
    views: objects('view', data.views),
    functions: objects('function', data.functions),
    domains: objects('type', data.domains),
    compositeTypes: objects('type', data.compositeTypes),
    extensions: objects('extension', data.extensions),
    grants: objects('grant', data.grants),
    columns: flatMap(tables, table => table.columns),
    indexes: flatMap(tables, table => table.indexes),
    foreignKeys: flatMap(tables, table => table.foreignKeys),
    checks: flatMap(tables, table => table.checks),
    exclusions: flatMap(tables, table => table.exclusions),
    triggers: flatMap(tables, table => table.triggers),
    policies: flatMap(tables, table => table.policies),
    table: path => tablesByPath.get(path),
    enum: path => enumsByPath.get(path),
  };
}

type Building<Thing> = { -readonly [Key in keyof Thing]: Thing[Key] };

function createTable(data: TableData, locate: Locate): Table {
  const path = objectPath(data.schema, data.name);
  // Its parts point back at the table: it is there first, and filled.
  const table = withSpan({ ...data, path }, () => locate('table', path)) as unknown as Building<Table>;
  const parts = <Data extends { name: string }>(kind: LocatedKind, list: readonly Data[]) =>
    list.map(part => {
      const partPath = `${path}.${part.name}`;
      return withSpan({ ...part, path: partPath, table: table }, () => locate(kind, partPath));
    });
  const columns = parts('column', data.columns);
  const columnsByName = new Map(columns.map(column => [column.name, column]));
  table.columns = columns;
  table.indexes = parts('index', data.indexes).map(withIndexWords);
  table.primaryKey = table.indexes.find(index => index.primary);
  table.foreignKeys = parts('constraint', data.foreignKeys);
  table.checks = parts('constraint', data.checks);
  table.exclusions = parts('constraint', data.exclusions);
  table.triggers = parts('trigger', data.triggers);
  table.policies = parts('policy', data.policies);
  table.column = name => columnsByName.get(name);
  return table;
}

/** A place is looked up when it is asked for: finding it may mean to parse the whole history, and mostly nobody asks. */
function withSpan<Thing extends object>(
  thing: Thing,
  locate: () => Span | null,
): Thing & { readonly span: Span | null } {
  return Object.defineProperty(thing, 'span', { get: locate, enumerable: true }) as Thing & {
    readonly span: Span | null;
  };
}

function withIndexWords(index: Omit<TableIndex, 'columns' | 'full' | 'covers'>): TableIndex {
  const columns = flatMap(index.keys, key => (key.column === null ? [] : [key.column]));
  const full = index.valid && index.predicate === null && columns.length === index.keys.length;
  const covers = (wanted: readonly string[]): boolean => {
    const leading = columns.slice(0, wanted.length);
    return full && index.method === 'btree' && wanted.every(column => leading.includes(column));
  };
  return Object.assign(index, { columns, full, covers });
}
