import { objectPath, type Call, type ColumnComparison, type Expression } from '@migrate-lint/core';
import type { FuncCall, Node, SelectStmt } from 'libpg-query';
import { all, as, strings, type Body } from '../migrations/nodes.ts';
import { parseStatements, SqlSyntaxError } from '../migrations/parser.ts';
import { comparisonOf, flipped, inverted, literals, truthOf, withoutCast, wrapped } from './expression-words.ts';

/** Reads an expression of the catalog. `loadParser()` comes first. */
export function readExpression(sql: string): Expression {
  const source = /^CHECK\b/i.test(sql) ? `ALTER TABLE t ADD ${sql}` : `SELECT ${sql}`;
  const reader = new Reader();
  let truth: boolean | null | undefined;
  let offset = (byte: number): number => byte;
  try {
    const [statement] = parseStatements(source);
    const tree = expressionIn(statement?.node);
    if (statement && tree) {
      offset = statement.offset;
      reader.visit(tree, { selects: [], condition: true, required: true, negated: false });
      truth = truthOf(tree);
    }
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
  }
  const places = new Map<Call, number>();
  const calls = reader.calls.map(({ call, at, selects }) => {
    const finished = { ...call, repeated: call.repeated && selects.every(select => select.dependent) };
    places.set(finished, offset(at) - (source.length - sql.length));
    return finished;
  });
  return {
    sql,
    alwaysTrue: truth === true,
    alwaysFalse: truth === false || truth === null,
    columns: [...new Set(reader.columns)],
    calls,
    comparisons: reader.comparisons,
    reads: [...reader.reads].filter(name => !reader.queries.has(name)).sort(),
    wrapping: wanted =>
      wrapped(
        sql,
        wanted.flatMap(call => places.get(call) ?? []),
      ),
  };
}

function expressionIn(statement: Node | undefined): Node | undefined {
  const [target] = all('ResTarget', as('SelectStmt', statement)?.targetList);
  if (target) return target.val;
  const [command] = all('AlterTableCmd', as('AlterTableStmt', statement)?.cmds);
  return as('Constraint', command?.def)?.raw_expr;
}

/** A sub-SELECT. It is dependent when it reads a column from around it, and then Postgres runs it again for every row. */
interface Select {
  readonly names: ReadonlySet<string>;
  dependent: boolean;
}

interface State {
  readonly selects: readonly Select[];
  /** The node is a condition, and no operand of one. */
  readonly condition: boolean;
  readonly required: boolean;
  readonly negated: boolean;
}

class Reader {
  readonly columns: string[] = [];
  readonly calls: { call: Call; at: number; selects: readonly Select[] }[] = [];
  readonly comparisons: ColumnComparison[] = [];
  readonly reads = new Set<string>();
  /** Names of `WITH` queries. */
  readonly queries = new Set<string>();
  #references = 0;

  visit(node: Node | undefined, state: State): void {
    if (!node) return;
    const logic = as('BoolExpr', node);
    if (logic) {
      this.#visitLogic(logic, state);
      return;
    }
    this.#compare(node, state);
    const inner = { ...state, condition: false, required: false, negated: false };
    const select = as('SelectStmt', node);
    const call = as('FuncCall', node);
    const column = as('ColumnRef', node);
    const word = as('SQLValueFunction', node);
    if (select) this.#visitSelect(select, inner);
    else if (call) this.#visitCall(call, inner);
    else if (column) this.#own(column, state);
    else if (word) this.#add({ name: (word.op ?? '').slice('SVFOP_'.length).toLowerCase() }, word.location, state);
    else this.#visitAll(node, inner);
  }

  #visitLogic({ boolop, args }: Body<'BoolExpr'>, state: State): void {
    const negated = boolop === 'NOT_EXPR' ? !state.negated : state.negated;
    // NOT (a OR b) is NOT a AND NOT b.
    const conjunction = boolop === 'NOT_EXPR' || (boolop === 'OR_EXPR') === state.negated;
    for (const arg of args ?? []) this.visit(arg, { ...state, negated, required: state.required && conjunction });
  }

  #visitAll(tree: unknown, state: State): void {
    if (typeof tree !== 'object' || tree === null) return;
    for (const body of Object.values(tree)) {
      if (Array.isArray(body)) for (const item of body) this.visit(item as Node, state);
      else if (isNode(body)) this.visit(body, state);
      else this.#visitAll(body, state);
    }
  }

  #visitSelect(select: SelectStmt, state: State): void {
    const names = new Set<string>();
    for (const item of select.fromClause ?? []) this.#ranges(item, names);
    for (const query of all('CommonTableExpr', select.withClause?.ctes)) this.queries.add(query.ctename ?? '');
    const selects = [...state.selects, { names, dependent: false }];
    // The arms of a UNION are statements without a node around them.
    const { larg, rarg, ...rest } = select;
    for (const arm of [larg, rarg]) if (arm) this.#visitSelect(arm, { ...state, selects });
    this.#visitAll(rest, { ...state, selects });
  }

  #ranges(item: Node, names: Set<string>): void {
    const table = as('RangeVar', item);
    const join = as('JoinExpr', item);
    const other = as('RangeSubselect', item) ?? as('RangeFunction', item);
    if (table) {
      names.add(table.alias?.aliasname ?? table.relname ?? '');
      this.reads.add(objectPath(table.schemaname ?? 'public', table.relname ?? ''));
    }
    if (join) for (const side of [join.larg, join.rarg]) if (side) this.#ranges(side, names);
    const alias = join?.alias?.aliasname ?? other?.alias?.aliasname;
    if (alias !== undefined) names.add(alias);
  }

  #visitCall(call: FuncCall, state: State): void {
    const name = strings(call.funcname).filter((part, at) => at > 0 || part !== 'pg_catalog');
    const before = [this.columns.length, this.#references] as const;
    const at = this.calls.length;
    this.#visitAll({ ...call, funcname: undefined }, state);
    const constants = (call.args ?? []).flatMap(literals);
    const columns = this.columns.slice(before[0]);
    const fixed = this.#references === before[1] && call.agg_star !== true;
    this.#add({ name: name.join('.'), constants, columns, repeated: fixed }, call.location, state, at);
  }

  #add(call: Pick<Call, 'name'> & Partial<Call>, location: number | undefined, { selects }: State, at?: number): void {
    const complete = { constants: [], columns: [], repeated: true, inSubselect: selects.length > 0, ...call };
    this.calls.splice(at ?? this.calls.length, 0, { call: complete, at: location ?? 0, selects });
  }

  /** In a sub-SELECT Postgres writes the table's name before every column; one of its own table is of no FROM around it. */
  #own({ fields }: Body<'ColumnRef'>, { selects }: State): boolean {
    this.#references += 1;
    const names = strings(fields);
    const star = (fields ?? []).length > names.length;
    const range = star ? names.at(-1) : names.at(-2);
    const from = range === undefined ? selects.length - 1 : selects.findLastIndex(({ names }) => names.has(range));
    for (const select of selects.slice(from + 1)) select.dependent = true;
    if (from === -1) this.columns.push(star ? '*' : (names.at(-1) ?? ''));
    return from === -1;
  }

  #compare(node: Node, state: State): void {
    const bare = state.condition && as('ColumnRef', node) !== undefined;
    const found = bare ? { left: node, operator: '=', right: undefined, constants: ['true'] } : comparisonOf(node);
    if (!found) return;
    const [left, right] = [this.#ownName(found.left, state), this.#ownName(found.right, state)];
    const column = left ?? right;
    const operator = left === undefined ? flipped(found.operator) : found.operator;
    if (column === undefined || operator === undefined) return;
    const other = left === undefined ? found.left : found.right;
    const side = new Reader();
    side.visit(other, { ...state, condition: false, required: false });
    this.comparisons.push({
      column,
      operator: state.negated ? inverted(operator) : operator,
      constants: found.constants ?? literals(other),
      columns: [...new Set(side.columns)],
      calls: side.calls.map(({ call }) => call.name),
      required: state.required,
      inSubselect: state.selects.length > 0,
    });
  }

  /** The name of a bare own column. */
  #ownName(node: Node | undefined, state: State): string | undefined {
    const column = as('ColumnRef', withoutCast(node));
    const side = new Reader();
    return column && side.#own(column, state) ? side.columns[0] : undefined;
  }
}

function isNode(body: unknown): body is Node {
  const [name] = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  return name !== undefined && /^[A-Z]/.test(name);
}
