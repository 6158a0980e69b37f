import type { CreateStmt, InsertStmt, Node, RangeVar, SelectStmt } from 'libpg-query';
import { endOfName } from '../clauses.ts';
import { all, as, columnsIn, objectNames, strings } from '../nodes.ts';
import type { ParsedStatement, Redefinition, RedefinitionStep } from '../parser.ts';
import { transactionsOf } from '../transactions.ts';

/** The statements of a script, with those marked that make a table of SQLite anew. */
export function withRedefinitions(statements: readonly ParsedStatement[]): readonly ParsedStatement[] {
  const steps = new Map<number, RedefinitionStep>();
  for (const [at, { node }] of statements.entries()) {
    const create = as('CreateStmt', node);
    const block = create && blockOf(statements, at, create);
    if (block?.places.every(place => !steps.has(place)) !== true) continue;
    mark(steps, block);
    const left = statements.slice(0, at).findLastIndex(each => drops(each.node, block.of.standIn));
    if (left !== -1 && !steps.has(left)) steps.set(left, { of: block.of, does: 'clear' });
  }
  return statements.map((statement, at) => {
    const redefinition = steps.get(at);
    return redefinition ? { ...statement, redefinition } : statement;
  });
}

interface Block {
  readonly of: Redefinition;
  readonly make: number;
  readonly copy: number;
  readonly drop: number;
  readonly rename: number;
  readonly places: readonly number[];
}

function mark(steps: Map<number, RedefinitionStep>, { of, places, ...roles }: Block): void {
  for (let at = Math.min(...places); at <= Math.max(...places); at += 1)
    if (!steps.has(at)) steps.set(at, { of, does: 'other' });
  for (const does of ['make', 'copy', 'drop', 'rename'] as const) steps.set(roles[does], { of, does });
}

/** The block to which a CREATE TABLE belongs: that of Prisma and of SQLite's manual, or that which first renames the old table. */
function blockOf(statements: readonly ParsedStatement[], make: number, create: CreateStmt): Block | undefined {
  const { relname: made, schemaname, relpersistence } = create.relation ?? {};
  if (made === undefined || schemaname !== undefined || relpersistence === 't') return undefined;
  const blocks = statements.flatMap(({ node }, copy) => {
    if (copy <= make) return [];
    return sourcesOf(node, made).flatMap(source => blockAround(statements, { make, copy, create, made, source }) ?? []);
  });
  // Rows that are copied in several steps.
  return blocks.length === 1 ? blocks[0] : undefined;
}

interface Copy {
  readonly make: number;
  readonly copy: number;
  readonly create: CreateStmt;
  /** The name of the CREATE TABLE, and that of the table whose rows are copied. */
  readonly made: string;
  readonly source: string;
}

function blockAround(statements: readonly ParsedStatement[], given: Copy): Block | undefined {
  const { make, copy, made, source } = given;
  const drop = statements.findIndex(({ node }, at) => at > make && drops(node, source));
  if (drop < copy) return undefined;
  const behind = statements.findIndex(({ node }, at) => at > drop && renames(node, made, source));
  const before = statements.findLastIndex(({ node }, at) => at < make && renames(node, made, source));
  const rename = behind === -1 ? before : behind;
  const of = rename === -1 ? undefined : redefinitionOf(statements, given, behind !== -1);
  const roles = { make, copy, drop, rename };
  return of && { of, ...roles, places: Object.values(roles) };
}

/** The tables whose rows an INSERT … SELECT puts into another one. */
function sourcesOf(node: Node, table: string): readonly string[] {
  const insert = as('InsertStmt', node);
  if (!insert || insert.relation?.schemaname !== undefined || !isOneName(insert.relation?.relname, table)) return [];
  const ranges = rangesIn(as('SelectStmt', insert.selectStmt)?.fromClause);
  return [...new Set(ranges.flatMap(({ schemaname, relname }) => (schemaname === undefined ? (relname ?? []) : [])))];
}

/** The tables of a FROM, without those of its subqueries. */
function rangesIn(from: readonly Node[] | undefined): readonly RangeVar[] {
  return (from ?? []).flatMap(item => {
    const join = as('JoinExpr', item);
    const sides = [join?.larg, join?.rarg].filter(side => side !== undefined);
    return join ? rangesIn(sides) : (as('RangeVar', item) ?? []);
  });
}

function drops(node: Node, table: string): boolean {
  const drop = as('DropStmt', node);
  const [object, ...others] = drop?.objects ?? [];
  return drop?.removeType === 'OBJECT_TABLE' && others.length === 0 && isOneName(objectNames(object).join('.'), table);
}

function renames(node: Node, from: string, to: string): boolean {
  const rename = as('RenameStmt', node);
  const isOfTable = rename?.renameType === 'OBJECT_TABLE' && isOneName(rename.relation?.relname, from);
  return isOfTable && isOneName(rename.newname, to);
}

/** Quoted or not, names of SQLite have no case. */
function isOneName(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}

function redefinitionOf(
  statements: readonly ParsedStatement[],
  { make, copy, create, made, source }: Copy,
  isNew: boolean,
): Redefinition | undefined {
  const [making, copying] = [statements[make], statements[copy]];
  const insert = as('InsertStmt', copying?.node);
  const select = as('SelectStmt', insert?.selectStmt);
  if (!making || !copying || !insert || !select) return undefined;
  const copied = copiedBy(insert, select, create, source);
  if (!copied) return undefined;
  const { start, end, text = '' } = making;
  const passes = /^\s*(?:replace|insert\s+or)\b/i.test(text.slice(copying.start, copying.end));
  const { fromClause = [], whereClause, havingClause } = select;
  return {
    table: isNew ? source : made,
    standIn: isNew ? made : source,
    create,
    whole: { start, end },
    head: { start, end: endOfName(text, create.relation?.location ?? start) },
    ...copied,
    isFiltered: passes || leavesRows(select),
    decidedBy: passes ? copied.copies.map(({ to }) => to) : columnsIn(whereClause, havingClause),
    reads: [...fromClause, ...(whereClause ? [whereClause] : [])],
    looksUpKeys: hasKeysOn(statements.slice(0, make)),
  };
}

/** What the INSERT writes into which column; undefined where that cannot be told. */
function copiedBy(
  { cols }: InsertStmt,
  { targetList, fromClause }: SelectStmt,
  { tableElts }: CreateStmt,
  source: string,
): Pick<Redefinition, 'copies' | 'copiesAll'> | undefined {
  const values = all('ResTarget', targetList).map(({ val }) => val);
  const made = all('ColumnDef', tableElts).filter(({ constraints }) => !isGenerated(constraints));
  const columns = cols ? all('ResTarget', cols).map(({ name }) => name) : made.map(({ colname }) => colname);
  const copiesAll = values.length === 1 && isStar(values[0]);
  if (!copiesAll && (values.some(isStar) || columns.length !== values.length)) return undefined;
  const ranges = rangesIn(fromClause);
  const own = ranges.find(({ relname }) => isOneName(relname, source));
  const name = own?.alias?.aliasname ?? source;
  const copies = columns.map((written, at) => {
    const to = made.find(({ colname }) => isOneName(colname, written))?.colname ?? written ?? '';
    const value = copiesAll ? undefined : values[at];
    const [column, of] = strings(as('ColumnRef', value)?.fields).toReversed();
    // In a join a bare name may be a column of any table, but mostly its own keeps its name.
    const isOwn = of === undefined ? ranges.length === 1 || isOneName(column, to) : isOneName(of, name);
    const from = isOwn ? column : undefined;
    return { to, from: isOneName(from, to) ? to : from, value };
  });
  return { copies, copiesAll };
}

function isGenerated(constraints: readonly Node[] | undefined): boolean {
  return all('Constraint', constraints).some(({ contype }) => contype === 'CONSTR_GENERATED');
}

function isStar(value: Node | undefined): boolean {
  return as('A_Star', as('ColumnRef', value)?.fields?.at(-1)) !== undefined;
}

function leavesRows(select: SelectStmt): boolean {
  const { whereClause, groupClause, havingClause, distinctClause, limitCount, limitOffset, fromClause } = select;
  const isJoin = rangesIn(fromClause).length > 1;
  return isJoin || [whereClause, groupClause, havingClause, distinctClause, limitCount, limitOffset].some(each => each);
}

/** Whether foreign keys are on behind some statements, as Prisma opens the database; in a transaction the PRAGMA does nothing. */
function hasKeysOn(statements: readonly ParsedStatement[]): boolean {
  const places = transactionsOf(
    statements.map(({ node }) => node),
    undefined,
  );
  const set = statements.findLast(
    ({ node }, at) => as('VariableSetStmt', node)?.name === 'foreign_keys' && places[at]?.inBlock === false,
  );
  const [value] = all('A_Const', as('VariableSetStmt', set?.node)?.args);
  return !['off', '0', 'false', 'no'].includes(value?.sval?.sval ?? 'on');
}
