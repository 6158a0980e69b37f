import type { A_Expr, Node } from 'libpg-query';
import { as, strings } from '../migrations/nodes.ts';

/** Two sides and what stands between them; without a right side where the operator needs none. */
interface Comparison {
  readonly left: Node | undefined;
  readonly operator: string;
  readonly right: Node | undefined;
  /** Where they are not simply the literals of the other side. */
  readonly constants?: readonly (string | null)[];
}

const flips: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const symmetric: readonly string[] = ['=', '<>', 'is distinct from', 'is not distinct from'];
const inversions: Readonly<Record<string, string>> = {
  '=': '<>',
  '<': '>=',
  '>': '<=',
  in: 'not in',
  'is null': 'is not null',
  '~~': '!~~',
  'is distinct from': 'is not distinct from',
};

/** The operator with its sides changed, where there is one. */
export function flipped(operator: string): string | undefined {
  return symmetric.includes(operator) ? operator : flips[operator];
}

/** The operator that holds where this one does not. */
export function inverted(operator: string): string {
  const [back] = Object.entries(inversions).find(([, opposite]) => opposite === operator) ?? [];
  return inversions[operator] ?? back ?? `not ${operator}`;
}

/** The comparison that this node makes by itself, whatever stands below it. */
export function comparisonOf(node: Node): Comparison | undefined {
  const operation = as('A_Expr', node);
  if (operation) return comparisonOfOperation(operation);
  const nulls = as('NullTest', node);
  if (nulls) {
    const operator = nulls.nulltesttype === 'IS_NULL' ? 'is null' : 'is not null';
    return { left: nulls.arg, operator, right: undefined };
  }
  const test = as('BooleanTest', node);
  if (test?.booltesttype === 'IS_TRUE' || test?.booltesttype === 'IS_FALSE') {
    return { left: test.arg, operator: '=', right: undefined, constants: [String(test.booltesttype === 'IS_TRUE')] };
  }
  const link = as('SubLink', node);
  // `IN (SELECT …)` has no operator of its own.
  if (link?.subLinkType !== 'ANY_SUBLINK') return undefined;
  return {
    left: link.testexpr,
    operator: link.operName ? `${strings(link.operName).at(-1) ?? ''} any` : 'in',
    right: link.subselect,
  };
}

/** BETWEEN, NULLIF and the like are none: Postgres writes a BETWEEN of the catalog as two comparisons. */
function comparisonOfOperation({ kind, name, lexpr, rexpr }: A_Expr): Comparison | undefined {
  const symbol = strings(name).at(-1) ?? '';
  const operator = kind && operators[kind]?.(symbol);
  return lexpr && operator !== undefined ? { left: lexpr, operator, right: rexpr } : undefined;
}

const operators: Readonly<Record<string, (symbol: string) => string>> = {
  AEXPR_OP: symbol => symbol,
  AEXPR_LIKE: symbol => symbol,
  AEXPR_ILIKE: symbol => symbol,
  AEXPR_IN: symbol => (symbol === '=' ? 'in' : 'not in'),
  AEXPR_OP_ANY: symbol => (symbol === '=' ? 'in' : `${symbol} any`),
  AEXPR_OP_ALL: symbol => (symbol === '<>' ? 'not in' : `${symbol} all`),
  AEXPR_DISTINCT: () => 'is distinct from',
  AEXPR_NOT_DISTINCT: () => 'is not distinct from',
};

export function withoutCast(node: Node | undefined): Node | undefined {
  const inner = as('TypeCast', node)?.arg ?? as('CollateClause', node)?.arg;
  return inner ? withoutCast(inner) : node;
}

/** The literal that a node is, or those of its list; none for anything else. */
export function literals(node: Node | undefined): readonly (string | null)[] {
  const bare = withoutCast(node);
  const list = as('A_ArrayExpr', bare)?.elements ?? as('List', bare)?.items;
  if (list) return list.flatMap(literals);
  const minus = as('A_Expr', bare);
  if (minus && !minus.lexpr && strings(minus.name).at(-1) === '-')
    return literals(minus.rexpr).map(text => `-${text ?? ''}`);
  const constant = as('A_Const', bare);
  if (!constant) return [];
  // The parser leaves out what is zero, false or empty.
  if (constant.isnull) return [null];
  if (constant.ival) return [String(constant.ival.ival ?? 0)];
  if (constant.boolval) return [String(constant.boolval.boolval ?? false)];
  return [constant.fval?.fval ?? constant.sval?.sval ?? constant.bsval?.bsval ?? ''];
}

/** What an expression gives whatever the row is; undefined where that depends. */
export function truthOf(node: Node | undefined): boolean | null | undefined {
  const bare = withoutCast(node);
  const logic = as('BoolExpr', bare);
  if (logic) {
    const parts = (logic.args ?? []).map(truthOf);
    if (logic.boolop === 'NOT_EXPR') return typeof parts[0] === 'boolean' ? !parts[0] : parts[0];
    const decisive = logic.boolop === 'OR_EXPR';
    if (parts.includes(decisive)) return decisive;
    return parts.includes(undefined) ? undefined : parts.includes(null) ? null : !decisive;
  }
  const operation = as('A_Expr', bare);
  if (operation?.kind === 'AEXPR_OP' && strings(operation.name).at(-1) === '=') {
    const [left, right] = [literals(operation.lexpr), literals(operation.rexpr)];
    if (left.length !== 1 || right.length !== 1) return undefined;
    return left[0] === null || right[0] === null ? null : left[0] === right[0];
  }
  const constant = as('A_Const', bare);
  if (!constant) return undefined;
  const [text] = literals(bare);
  return text === null ? null : { true: true, t: true, false: false, f: false }[text ?? ''];
}

const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/g;
const name = /(?:"(?:[^"]|"")*"|\w+)(?:\.(?:"(?:[^"]|"")*"|\w+))*/y;

/** The text with the calls that start at these places each in a sub-SELECT; a call within one of them is in that already. */
export function wrapped(sql: string, places: readonly number[]): string {
  let text = '';
  let done = 0;
  for (const start of [...places].sort((a, b) => a - b)) {
    if (start < done) continue;
    const end = endOfCall(sql, start);
    text += `${sql.slice(done, start)}(SELECT ${sql.slice(start, end)})`;
    done = end;
  }
  return text + sql.slice(done);
}

function endOfCall(sql: string, start: number): number {
  name.lastIndex = start;
  const afterName = start + (name.exec(sql)?.[0].length ?? 0);
  if (sql[afterName] !== '(') return afterName;
  token.lastIndex = afterName;
  let depth = 0;
  for (let match = token.exec(sql); match; match = token.exec(sql)) {
    depth += match[0] === '(' ? 1 : match[0] === ')' ? -1 : 0;
    if (depth === 0) return token.lastIndex;
  }
  return sql.length;
}
