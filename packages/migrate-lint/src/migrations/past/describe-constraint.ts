import type { Constraint, IndexStmt, Node } from 'libpg-query';
import type { Stretch } from '../clauses.ts';
import { before, behind, elements, inBrackets, topTokens, written } from '../excerpts.ts';
import { all, as, columnsIn, strings } from '../nodes.ts';
import type { Thing } from '../thing.ts';
import type { Step } from '../step.ts';
import type { ConstraintDetail, IndexDetail, Named } from './details.ts';

const none: ConstraintDetail = {
  of: 'constraint',
  type: 'check',
  columns: [],
  validated: true,
  expression: undefined,
  notNull: undefined,
  referencedTable: undefined,
  referencedColumns: [],
  onDelete: undefined,
  onUpdate: undefined,
  deferrable: false,
};

/** The columns of these names; the name alone where nothing is known of it. */
export function namedColumns(step: Step, table: Thing, names: readonly string[]): readonly Named[] {
  return names.map(name => step.objects.part(table, 'column', name) ?? name);
}

/** What an expression names is a column of the table if that has it, or if not all of its columns are known. */
function columnNamed(step: Step, table: Thing, name: string): Named | undefined {
  return step.objects.part(table, 'column', name) ?? (table.open && name !== '*' ? name : undefined);
}

/** What CREATE TABLE makes is valid, whatever it says. */
function isValidated({ skip_validation: skipped = false }: Constraint, isNew: boolean): boolean {
  return isNew || !skipped;
}

export function describeCheck(
  step: Step,
  table: Thing,
  constraint: Constraint,
  stretch: Stretch | undefined,
  isNew: boolean,
): ConstraintDetail {
  const check = stretch && behind(step.text, stretch, 'check');
  const notNull = as('NullTest', constraint.raw_expr);
  const [column] =
    notNull?.nulltesttype === 'IS_NOT_NULL' ? columnsIn(as('ColumnRef', notNull.arg) && notNull.arg) : [];
  return {
    ...none,
    columns: columnsIn(constraint.raw_expr).flatMap(name => columnNamed(step, table, name) ?? []),
    validated: isValidated(constraint, isNew),
    expression: check && written(step.text, inBrackets(step.text, check)),
    notNull: column === undefined ? undefined : columnNamed(step, table, column),
  };
}

const actions: Readonly<Record<string, ConstraintDetail['onDelete']>> = {
  a: 'NoAction',
  r: 'Restrict',
  c: 'Cascade',
  n: 'SetNull',
  d: 'SetDefault',
};

export function describeForeignKey(
  constraint: Constraint,
  columns: readonly Named[],
  referencedTable: Named,
  referencedColumns: readonly Named[],
  isNew: boolean,
): ConstraintDetail {
  return {
    of: 'constraint',
    type: 'foreign',
    columns,
    validated: isValidated(constraint, isNew),
    expression: undefined,
    notNull: undefined,
    referencedTable,
    referencedColumns,
    onDelete: actions[constraint.fk_del_action ?? 'a'],
    onUpdate: actions[constraint.fk_upd_action ?? 'a'],
    deferrable: constraint.deferrable ?? false,
  };
}

export function describeKey(
  type: 'primary' | 'unique' | 'exclusion',
  columns: readonly (Named | null)[],
  deferrable = false,
): ConstraintDetail {
  return { ...none, type, columns: columns.filter(column => column !== null), deferrable };
}

/** The index that a constraint makes. */
export function describeKeyIndex(
  step: Step,
  table: Thing,
  constraint: Constraint,
  columns: readonly string[],
  stretch: Stretch | undefined,
): IndexDetail {
  const pairs = all('List', constraint.exclusions).flatMap(({ items }) => items?.slice(0, 1) ?? []);
  const isExclusion = constraint.contype === 'CONSTR_EXCLUSION';
  const keys = isExclusion ? pairs.map(keyOf) : columns;
  const include = strings(constraint.including);
  const where = stretch && behind(step.text, stretch, 'where');
  return {
    of: 'index',
    method: constraint.access_method ?? 'btree',
    unique: !isExclusion,
    columns: keys.map(name => (name === null ? null : (namedColumns(step, table, [name])[0] ?? null))),
    expressions: keys.map((name, at) => (name === null ? withoutOperator(step, stretch, at) : undefined)),
    include: namedColumns(step, table, include),
    predicate: constraint.where_clause && where && written(step.text, inBrackets(step.text, where)),
    nullsNotDistinct: constraint.nulls_not_distinct ?? false,
    operatorClasses: pairs.flatMap(operatorClass),
    concurrently: false,
    plain: !isExclusion && include.length === 0 && constraint.nulls_not_distinct !== true,
  };
}

function keyOf(element: Node): string | null {
  return as('IndexElem', element)?.name ?? null;
}

function operatorClass(element: Node): readonly string[] {
  return strings(as('IndexElem', element)?.opclass).slice(-1);
}

/** An expression of EXCLUDE, which has its operator behind it. */
function withoutOperator(step: Step, stretch: Stretch | undefined, at: number): string | undefined {
  const list = stretch && inBrackets(step.text, stretch);
  const element = list && elements(step.text, list)[at];
  return element && written(step.text, before(step.text, element, 'with'));
}

const methodsOfPrisma = new Set(['btree', 'hash', 'gin', 'gist', 'spgist', 'brin']);

/** CREATE INDEX. */
export function describeIndex(step: Step, table: Thing, statement: IndexStmt): IndexDetail {
  const parameters = statement.indexParams ?? [];
  const list = inBrackets(step.text, behind(step.text, step.whole, 'on') ?? step.whole);
  const places = list ? elements(step.text, list) : [];
  const include = (statement.indexIncludingParams ?? []).flatMap(element => keyOf(element) ?? []);
  const where = statement.whereClause && behind(step.text, step.whole, 'where');
  const method = statement.accessMethod ?? 'btree';
  const isOrdinary = all('IndexElem', parameters).every(
    ({ name, nulls_ordering, collation }) =>
      name !== undefined && (nulls_ordering ?? 'SORTBY_NULLS_DEFAULT') === 'SORTBY_NULLS_DEFAULT' && !collation,
  );
  return {
    of: 'index',
    method,
    unique: statement.unique ?? false,
    columns: parameters.map(element => {
      const name = keyOf(element);
      return name === null ? null : (step.objects.part(table, 'column', name) ?? name);
    }),
    expressions: parameters.map((element, at) =>
      keyOf(element) === null ? expressionAt(step, places[at]) : undefined,
    ),
    include: namedColumns(step, table, include),
    predicate: where && written(step.text, where),
    nullsNotDistinct: statement.nulls_not_distinct ?? false,
    operatorClasses: parameters.flatMap(operatorClass),
    concurrently: statement.concurrent ?? false,
    plain:
      isOrdinary &&
      !statement.whereClause &&
      include.length === 0 &&
      statement.nulls_not_distinct !== true &&
      methodsOfPrisma.has(method),
  };
}

/** An expression ends with its first closing bracket; what may follow is an operator class or an order. */
function expressionAt(step: Step, place: Stretch | undefined): string | undefined {
  if (!place) return undefined;
  for (const { first, end } of topTokens(step.text, place)) {
    if (first === ')') return step.text.slice(place.start, end);
  }
  return written(step.text, place);
}
