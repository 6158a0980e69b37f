import { objectPath, type PastColumn, type PastEnum, type PastTable, type Statement } from '@migrate-lint/core';
import type { ColumnDef, Node, RangeVar, SelectStmt, TypeName } from 'libpg-query';
import { all, as, qualified, strings } from './nodes.ts';
import { leaves } from './tree.ts';

/** What a part of a statement can name columns of. */
export interface Range {
  readonly name: string;
  /** Undefined for a sub-SELECT, a function, and a table that the statement itself makes. */
  readonly table: PastTable | undefined;
  /** The columns that the statement itself defines. */
  readonly defined: ReadonlyMap<string, RangeColumn> | undefined;
}

export interface RangeColumn {
  readonly path: string;
  /** Undefined for one that the statement itself makes. */
  readonly column: PastColumn | undefined;
  readonly enum: PastEnum | undefined;
}

type Visitor = (node: Node, ranges: readonly Range[], kind: string) => void;

/** Which tables and columns the names in one statement mean, as far as that is certain. */
export class Names {
  readonly #statement: Statement;
  readonly #queries = new Set<string>();

  constructor(statement: Statement) {
    this.#statement = statement;
  }

  /** Visits the nodes of a syntax tree, each before what is in it, with what can be named there. */
  visit(tree: unknown, visitor: Visitor, ranges: readonly Range[] = []): void {
    if (Array.isArray(tree)) {
      tree.forEach(item => {
        this.visit(item, visitor, ranges);
      });
      return;
    }
    const kinds = Object.keys(tree as object);
    kinds.forEach(kind => {
      const body = (tree as Record<string, unknown>)[kind];
      if (typeof body !== 'object' || body === null) return;
      if (!isNode(kind)) {
        this.visit(body, visitor, ranges);
        return;
      }
      const node = (kinds.length === 1 ? tree : { [kind]: body }) as Node;
      const inner = scopes.has(kind) ? this.#scopeOf(node, ranges) : ranges;
      visitor(node, inner, kind);
      if (!leaves.has(kind)) this.visit(body, visitor, inner);
    });
  }

  #scopeOf(node: Node, ranges: readonly Range[]): readonly Range[] {
    const select = selectOf(node);
    const update = as('UpdateStmt', node);
    const remove = as('DeleteStmt', node);
    const insert = as('InsertStmt', node);
    const ctes = (select ?? update ?? remove ?? insert)?.withClause?.ctes;
    for (const { ctename = '' } of all('CommonTableExpr', ctes)) this.#queries.add(ctename);
    if (select) return [...ranges, ...this.fromClause(select)];
    if (update) return [...this.relation(update.relation), ...this.#ranges(update.fromClause)];
    if (remove) return [...this.relation(remove.relation), ...this.#ranges(remove.usingClause)];
    // The table that is written to is none of those that its SELECT reads.
    if (insert) return [];
    const create = as('CreateStmt', node);
    if (create) return [this.#defined(create.tableElts, create.relation)];
    const policy = as('CreatePolicyStmt', node) ?? as('AlterPolicyStmt', node);
    const own = as('AlterTableStmt', node)?.relation ?? as('IndexStmt', node)?.relation ?? policy?.table;
    return own ? this.relation(own) : ranges;
  }

  /** What a SELECT itself reads. */
  fromClause(select: SelectStmt): readonly Range[] {
    return this.#ranges(select.fromClause);
  }

  #ranges(from: readonly Node[] | undefined): readonly Range[] {
    return (from ?? []).flatMap(item => {
      const join = as('JoinExpr', item);
      if (join) return this.#ranges([join.larg, join.rarg].flatMap(side => side ?? []));
      const table = as('RangeVar', item);
      if (table) return this.relation(table);
      const other = as('RangeSubselect', item) ?? as('RangeFunction', item);
      return [{ name: other?.alias?.aliasname ?? '', table: undefined, defined: undefined }];
    });
  }

  /** The table of a name. */
  relation(relation: RangeVar | undefined): readonly Range[] {
    if (!relation) return [];
    const name = relation.alias?.aliasname ?? relation.relname ?? '';
    return [{ name, table: this.#tableOf(relation), defined: undefined }];
  }

  #tableOf({ schemaname, relname = '' }: RangeVar): PastTable | undefined {
    if (schemaname === undefined && this.#queries.has(relname)) return undefined;
    return this.#statement.before.table(objectPath(schemaname ?? 'public', relname));
  }

  #defined(elements: readonly Node[] | undefined, relation: RangeVar | undefined): Range {
    const columns = all('ColumnDef', elements);
    const defined = new Map(columns.map(column => [column.colname ?? '', this.columnOf(column, relation)]));
    return { name: relation?.relname ?? '', table: undefined, defined };
  }

  /** A column that the statement defines. */
  columnOf({ colname = '', typeName }: ColumnDef, relation: RangeVar | undefined): RangeColumn {
    const table = objectPath(relation?.schemaname ?? 'public', relation?.relname ?? '');
    return { path: `${table}.${colname}`, column: undefined, enum: this.enumOf(typeName) };
  }

  /** The enum of a type, or of the elements of an array. */
  enumOf(type: TypeName | undefined, array = false): PastEnum | undefined {
    if (!type || (type.arrayBounds?.length ?? 0) > 0 !== array) return undefined;
    const { schema, name } = qualified(strings(type.names));
    return this.#statement.before.enum(objectPath(schema ?? 'public', name));
  }

  /** The columns of a range, in their order; none where not all are known. */
  columnsIn(range: Range | undefined): readonly RangeColumn[] {
    if (!range || !isKnown(range)) return [];
    const { table, defined } = range;
    return table ? table.columns.map(column => this.#known(column, table)) : [...(defined?.values() ?? [])];
  }

  /** The column of a range. */
  columnIn(range: Range | undefined, name: string): RangeColumn | undefined {
    if (!range || !isKnown(range)) return undefined;
    const column = range.table?.column(name);
    return range.table && column ? this.#known(column, range.table) : range.defined?.get(name);
  }

  #known(column: PastColumn, table: PastTable): RangeColumn {
    const path = (column.type ?? '').replace(/"((?:[^"]|"")*)"/g, (_, name: string) => name.replaceAll('""', '"'));
    return { path: `${table.path}.${column.name}`, column, enum: this.#statement.before.enum(path) };
  }

  /** The column that an expression is, if that is certain. */
  named(node: Node | undefined, ranges: readonly Range[]): RangeColumn | undefined {
    const names = strings(as('ColumnRef', node)?.fields);
    const [name, range] = [names.at(-1), names.at(-2)];
    if (name === undefined) return undefined;
    const named = range === undefined ? ranges : ranges.filter(each => each.name === range);
    // What is not known may have a column of the name too, and be the one that is meant.
    if (!named.every(isKnown)) return undefined;
    const found = named.flatMap(each => this.columnIn(each, name) ?? []);
    return found.length === 1 ? found[0] : undefined;
  }
}

/** A SELECT, or an arm of a UNION, which has no node around it. */
export function selectOf(node: Node): SelectStmt | undefined {
  const { larg, rarg } = node as { readonly larg?: SelectStmt; readonly rarg?: SelectStmt };
  return as('SelectStmt', node) ?? larg ?? rarg;
}

/** The keys of a syntax tree that are kinds of nodes, or arms of a UNION. */
function isNode(key: string): boolean {
  const first = key.charCodeAt(0);
  return (first >= 65 && first <= 90) || key === 'larg' || key === 'rarg';
}

/** The nodes within which other columns can be named. */
const scopes: ReadonlySet<string> = new Set([
  ...['SelectStmt', 'larg', 'rarg', 'UpdateStmt', 'DeleteStmt', 'InsertStmt', 'CreateStmt'],
  ...['AlterTableStmt', 'IndexStmt', 'CreatePolicyStmt', 'AlterPolicyStmt'],
]);

/** Whether all of its columns are known. */
function isKnown({ table, defined }: Range): boolean {
  return table ? !table.open : defined !== undefined;
}
