import { typeOf, typeOfConstant } from './types.mjs';
import { nameOf } from './world.mjs';

const known = new Set(
  (
    'now random gen_random_uuid uuid_generate_v4 clock_timestamp statement_timestamp transaction_timestamp timeofday nextval setval currval ' +
    'lower upper coalesce length char_length count sum max min avg concat substring substr trim replace array_length jsonb_build_object ' +
    'json_build_object to_tsvector to_char to_timestamp date_trunc timezone extract md5 set_config current_setting generate_series row_number ' +
    'timezone date_part overlay position nullif greatest least abs round floor ceil regexp_replace uuidv4 uuidv7 pg_sleep'
  ).split(' '),
);

const nodesOf = value =>
  value === null || typeof value !== 'object' ? [] : Array.isArray(value) ? value.flatMap(nodesOf) : [value];

/** Notes every column that an expression names, in the tables of its scope, and every query inside of it. */
export function reads(world, value, scope) {
  for (const node of nodesOf(value)) {
    if (node.SelectStmt) readsQuery(world, node.SelectStmt, scope);
    else if (node.ColumnRef) noteColumn(world, node.ColumnRef, scope);
    else {
      if (node.A_Expr) noteOperator(world, node.A_Expr, scope);
      if (node.FuncCall) noteFunction(world, node.FuncCall, scope);
      if (node.TypeCast) noteType(world, node.TypeCast.typeName, node.TypeCast.arg);
      if (node.BooleanTest?.arg?.ColumnRef) noteColumn(world, node.BooleanTest.arg.ColumnRef, scope, 'boolean');
      for (const inner of Object.values(node)) reads(world, inner, scope);
    }
  }
}

/** A query: its tables are the scope of what it names. */
export function readsQuery(world, select, outer = []) {
  const queries = new Set((select.withClause?.ctes ?? []).map(({ CommonTableExpr }) => CommonTableExpr.ctename));
  const own = (select.fromClause ?? [])
    .flatMap(from => relationsIn(from))
    .filter(({ relname }) => !queries.has(relname));
  const scope = [...own.map(relation => ({ relation, table: world.table(relation) })), ...outer];
  for (const [key, value] of Object.entries(select)) if (key !== 'larg' && key !== 'rarg') reads(world, value, scope);
  for (const arm of [select.larg, select.rarg]) if (arm) readsQuery(world, arm.SelectStmt ?? arm, outer);
}

function relationsIn(node) {
  if (node.RangeVar) return [node.RangeVar];
  if (node.JoinExpr) return [...relationsIn(node.JoinExpr.larg), ...relationsIn(node.JoinExpr.rarg)];
  return [];
}

export const scopeOf = (world, relation) => [{ relation, table: world.table(relation) }];

function columnOf(world, { fields }, scope, type) {
  const names = fields.flatMap(field => (field.String ? [field.String.sval] : []));
  const [column, qualifier] = [...names].reverse();
  if (column === undefined || names.length < fields.length) return undefined;
  if (['excluded', 'new', 'old'].includes(qualifier)) return undefined;
  const place = scope.find(
    ({ relation }) => qualifier === undefined || (relation.alias?.aliasname ?? relation.relname) === qualifier,
  );
  return place ? world.column(place.table, column, type) : undefined;
}

const noteColumn = (world, reference, scope, type) => void columnOf(world, reference, scope, type);

function noteOperator(world, { kind, name, lexpr, rexpr }, scope) {
  const operator = name?.[0]?.String?.sval;
  for (const [side, other] of [
    [lexpr, rexpr],
    [rexpr, lexpr],
  ]) {
    if (!side?.ColumnRef) continue;
    const values = [other?.List?.items ?? other ?? []].flat().flatMap(value => (value?.A_Const ? [value.A_Const] : []));
    const text = ['~', '~*', '!~', '||'].includes(operator) || /LIKE/.test(kind);
    const ofEnum = values.map(value => enumOf(world, value)).find(Boolean);
    const arithmetic = ['+', '-', '*', '/'].includes(operator) && !other?.TypeCast;
    const type = text
      ? 'text'
      : operator === '&&'
        ? 'tstzrange'
        : (ofEnum ?? (values[0] ? typeOfConstant(values[0]) : arithmetic ? 'integer' : undefined));
    noteColumn(world, side.ColumnRef, scope, type);
  }
}

/** The enum that the script gives this value to. */
export function enumOf(world, { sval }) {
  return [...world.enums.keys()].find(path => sval && world.made.has(`${path}=${sval.sval}`));
}

export function noteFunction(world, { funcname, args = [] }, scope, returns = 'text') {
  const parts = funcname.map(({ String: { sval } }) => sval).filter(part => part !== 'pg_catalog');
  const path = nameOf(parts);
  if (parts.length < funcname.length || known.has(parts.at(-1))) return;
  if (world.made.has(`${path}()`) || world.functions.has(path)) return;
  const types = args.map(arg => (arg.ColumnRef ? (columnOf(world, arg.ColumnRef, scope)?.type ?? 'text') : 'integer'));
  world.functions.set(
    path,
    `CREATE FUNCTION ${path}(${types.join(', ')}) RETURNS ${returns} LANGUAGE sql AS $$ SELECT NULL::${returns} $$;`,
  );
}

/** A type that nobody made is an enum, with the value that is cast or given to it. */
export function noteType(world, typeName, value) {
  const { made, parts } = typeOf(typeName ?? {});
  const path = nameOf(parts);
  if (made || world.made.has(path) || world.domains.has(path)) return;
  if (parts.length > 1) world.schemas.add(parts[0]);
  const values = world.enums.get(path) ?? new Set();
  const constant = value?.A_Const?.sval?.sval ?? value?.TypeCast?.arg?.A_Const?.sval?.sval;
  if (constant !== undefined) values.add(constant);
  world.enums.set(path, values);
}
