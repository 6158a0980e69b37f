import type { A_Expr, Node } from 'libpg-query';
import { as, strings, walk, type Body } from '../nodes.ts';

/** Whether a condition holds for every row: `true`, `1 = 1`, `NULL IS NULL`, and what is put together of such. */
export function holdsAlways(condition: Node): boolean {
  return truthOf(condition) === true;
}

/** Undefined where it depends on the row. */
function truthOf(condition: Node | undefined): boolean | undefined {
  const constant = as('A_Const', condition);
  if (constant) return constant.boolval && (constant.boolval.boolval ?? false);
  const several = as('BoolExpr', condition);
  if (several) {
    const truths = (several.args ?? []).map(truthOf);
    if (several.boolop === 'NOT_EXPR') return truths[0] === undefined ? undefined : !truths[0];
    const deciding = several.boolop === 'OR_EXPR';
    if (truths.includes(deciding)) return deciding;
    return truths.every(truth => truth === !deciding) ? !deciding : undefined;
  }
  const nullTest = as('NullTest', condition);
  if (nullTest && as('A_Const', nullTest.arg)) {
    const isNull = as('A_Const', nullTest.arg)?.isnull ?? false;
    return nullTest.nulltesttype === 'IS_NULL' ? isNull : !isNull;
  }
  const comparison = as('A_Expr', condition);
  return comparison && comparedConstants(comparison);
}

function comparedConstants({ name, lexpr, rexpr }: A_Expr): boolean | undefined {
  const [left, right] = [as('A_Const', lexpr), as('A_Const', rexpr)];
  if (!left || !right || left.isnull || right.isnull) return undefined;
  const same = JSON.stringify({ ...left, location: 0 }) === JSON.stringify({ ...right, location: 0 });
  const [operator] = strings(name);
  if (operator === '=') return same;
  return operator === '<>' ? !same : undefined;
}

/** Whether a condition takes no more than a part of the rows at a time: LIMIT in a subquery, BETWEEN, or a lower and an upper bound. */
export function boundsARange(condition: Node): boolean {
  let limits = 0;
  const bounds = new Map<string, Set<string>>();
  walk(condition, (name, body) => {
    if (name === 'SelectStmt' && (body as Body<'SelectStmt'>).limitCount) limits += 1;
    if (name !== 'A_Expr') return;
    const { kind, name: operators, lexpr } = body as A_Expr;
    const column = strings(as('ColumnRef', lexpr)?.fields).at(-1);
    if (kind === 'AEXPR_BETWEEN' && column !== undefined) limits += 1;
    const operator = strings(operators)[0] ?? '';
    const sign = operator === '<>' ? undefined : operator[0];
    if (column !== undefined && (sign === '<' || sign === '>'))
      bounds.set(column, (bounds.get(column) ?? new Set()).add(sign));
  });
  return limits > 0 || [...bounds.values()].some(signs => signs.size === 2);
}

/** `nextval(…)` */
export function isNextValue(node: Node | undefined): boolean {
  return strings(as('FuncCall', node)?.funcname).at(-1) === 'nextval';
}
