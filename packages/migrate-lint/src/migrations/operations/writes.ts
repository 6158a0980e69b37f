import type { PastTable, Write } from '@migrate-lint/core';
import type { DeleteStmt, InsertStmt, MergeStmt, Node, RangeVar, UpdateStmt, WithClause } from 'libpg-query';
import { before, behind, written } from '../excerpts.ts';
import { all, as } from '../nodes.ts';
import { boundsARange, holdsAlways, isNextValue } from './conditions.ts';
import { readsOf } from './create.ts';
import type { Scene, Told } from './scene.ts';

type Kind = Write['kind'];
type Said = Partial<Pick<Write, 'where' | 'everyRow' | 'columns' | 'reads' | 'cascade' | 'rows' | 'batched'>>;

export function write(scene: Scene, kind: Kind, relations: readonly RangeVar[], said: Said): Told {
  const tables = relations.flatMap(relation => scene.table(relation) ?? []);
  const paths = new Set(tables.map(({ path }) => path));
  return {
    ...scene.base(),
    kind,
    tables,
    existedBefore: tables.some(table => scene.existedBefore(table)),
    where: undefined,
    everyRow: false,
    columns: [],
    cascade: false,
    rows: undefined,
    batched: false,
    ...said,
    reads: (said.reads ?? []).filter(path => !paths.has(path) || kind === 'insert'),
  };
}

const clauseEnds = [
  'returning',
  'group',
  'having',
  'window',
  'order',
  'limit',
  'offset',
  'fetch',
  'for',
  'union',
  'intersect',
  'except',
  'on',
] as const;

/** The condition of the outermost WHERE as it is written. */
function conditionText({ step: { text, whole } }: Scene): string | undefined {
  const where = behind(text, whole, 'where');
  return where && written(text, before(text, where, ...clauseEnds));
}

/** What a condition says of the rows. */
function rowsOf(scene: Scene, condition: Node | undefined): Pick<Write, 'where' | 'everyRow' | 'batched'> {
  return {
    where: condition && conditionText(scene),
    everyRow: !condition || holdsAlways(condition),
    batched: condition !== undefined && boundsARange(condition),
  };
}

export function insert(scene: Scene, statement: InsertStmt): readonly Told[] {
  const { relation, selectStmt, cols, withClause } = statement;
  const select = as('SelectStmt', selectStmt);
  const values = select?.valuesLists?.map(list => as('List', list)?.items ?? []);
  const table = scene.table(relation);
  const rows = values?.length ?? (selectStmt ? undefined : 1);
  const reads = readsOf(scene, statement);
  const limited = select?.limitCount !== undefined;
  const ofRows = values || !selectStmt ? { everyRow: false } : rowsOf(scene, select?.whereClause);
  const said = all('ResTarget', cols).map(({ name = '' }) => name);
  const columns = cols ? said : implied(table, values, select?.targetList?.length);
  const own = write(scene, 'insert', relation ? [relation] : [], {
    ...ofRows,
    ...(limited ? { batched: true } : {}),
    columns,
    reads,
    rows,
  });
  return [...commonWrites(scene, withClause ?? select?.withClause), own];
}

/** Without a list an INSERT fills the first columns; those that take their default in every row are left out. */
function implied(
  table: PastTable | undefined,
  values: readonly (readonly Node[])[] | undefined,
  targets: number | undefined,
): readonly string[] {
  const width = values?.[0]?.length ?? targets ?? 0;
  const isLeft = (at: number): boolean =>
    values?.every(row => as('SetToDefault', row[at]) !== undefined || isNextValue(row[at])) ?? false;
  return (table?.columns ?? []).slice(0, width).flatMap(({ name }, at) => (isLeft(at) ? [] : [name]));
}

export function update(scene: Scene, statement: UpdateStmt): readonly Told[] {
  const { relation, targetList, whereClause, withClause } = statement;
  const own = write(scene, 'update', relation ? [relation] : [], {
    ...rowsOf(scene, whereClause),
    columns: [...new Set(all('ResTarget', targetList).map(({ name = '' }) => name))],
    reads: readsOf(scene, statement),
  });
  return [...commonWrites(scene, withClause), own];
}

export function remove(scene: Scene, statement: DeleteStmt): readonly Told[] {
  const { relation, whereClause, withClause } = statement;
  const own = write(scene, 'delete', relation ? [relation] : [], {
    ...rowsOf(scene, whereClause),
    reads: readsOf(scene, statement),
  });
  return [...commonWrites(scene, withClause), own];
}

export function merge(scene: Scene, statement: MergeStmt): readonly Told[] {
  const { relation, mergeWhenClauses, withClause } = statement;
  const targets = all('MergeWhenClause', mergeWhenClauses).flatMap(({ targetList }) => all('ResTarget', targetList));
  const own = write(scene, 'merge', relation ? [relation] : [], {
    columns: [...new Set(targets.map(({ name = '' }) => name))],
    reads: readsOf(scene, statement),
  });
  return [...commonWrites(scene, withClause), own];
}

/** What the queries of WITH write; their conditions stand in brackets, where nobody looks for the text. */
export function commonWrites(scene: Scene, clause: WithClause | undefined): readonly Told[] {
  return all('CommonTableExpr', clause?.ctes).flatMap(({ ctequery }) => {
    const written: readonly [Kind, UpdateStmt | DeleteStmt | InsertStmt | undefined][] = [
      ['update', as('UpdateStmt', ctequery)],
      ['delete', as('DeleteStmt', ctequery)],
      ['insert', as('InsertStmt', ctequery)],
    ];
    return written.flatMap(([kind, inner]) => {
      if (!inner?.relation) return [];
      const condition = 'whereClause' in inner ? inner.whereClause : undefined;
      const targets = 'targetList' in inner ? inner.targetList : 'cols' in inner ? inner.cols : undefined;
      return write(scene, kind, [inner.relation], {
        everyRow: kind !== 'insert' && (!condition || holdsAlways(condition)),
        batched: condition !== undefined && boundsARange(condition),
        columns: all('ResTarget', targets).map(({ name = '' }) => name),
      });
    });
  });
}
