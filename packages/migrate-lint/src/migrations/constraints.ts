import { flatMap, objectPath } from '@migrate-lint/core';
import type { Constraint, ConstrType, IndexStmt, Node } from 'libpg-query';
import type { Stretch } from './clauses.ts';
import { implicitName, indexColumnNames } from './implicit-names.ts';
import { all, as, columnsIn, strings } from './nodes.ts';
import { depend, type Thing, withHeirs } from './thing.ts';
import { describeHeirs } from './past/describe-column.ts';
import {
  describeCheck,
  describeForeignKey,
  describeIndex,
  describeKey,
  describeKeyIndex,
  namedColumns,
} from './past/describe-constraint.ts';
import { detailOf } from './past/details.ts';
import { describeCopy } from './past/describe-table.ts';
import type { Step } from './step.ts';

/** A constraint as it is written, in a table's list or behind a column. */
export interface WrittenConstraint {
  readonly constraint: Constraint;
  /** The column that it stands behind. */
  readonly column: string | undefined;
  readonly stretch: Stretch | undefined;
}

/** Makes the constraints of one statement, in the order in which Postgres names them. Those of a new table are valid. */
export function addConstraints(step: Step, table: Thing, written: readonly WrittenConstraint[], isNew = false): void {
  // Most columns have none.
  if (written.length === 0) return;
  const of = (type: ConstrType, other?: ConstrType) =>
    written.filter(({ constraint: { contype } }) => contype === type || (contype !== undefined && contype === other));
  of('CONSTR_NOTNULL').forEach(each => {
    addNotNull(step, table, each);
  });
  of('CONSTR_CHECK').forEach(each => {
    addCheck(step, table, each, isNew);
  });
  withoutRepetition([...of('CONSTR_PRIMARY'), ...of('CONSTR_UNIQUE', 'CONSTR_EXCLUSION')]).forEach(each => {
    addIndexed(step, table, each);
  });
  of('CONSTR_FOREIGN').forEach(each => {
    addForeignKey(step, table, each, isNew);
  });
}

/** Postgres makes one index of `id int PRIMARY KEY UNIQUE`; the first name that is said is its name. */
function withoutRepetition(written: readonly WrittenConstraint[]): readonly WrittenConstraint[] {
  const kept: WrittenConstraint[] = [];
  for (const each of written) {
    const same = kept.findIndex(
      other =>
        each.constraint.contype !== 'CONSTR_EXCLUSION' &&
        each.constraint.indexname === undefined &&
        keysOf(each).join('\0') === keysOf(other).join('\0') &&
        each.constraint.nulls_not_distinct === other.constraint.nulls_not_distinct &&
        each.constraint.deferrable === other.constraint.deferrable,
    );
    const first = kept[same];
    if (!first) kept.push(each);
    else if (first.constraint.conname === undefined && each.constraint.conname !== undefined)
      kept[same] = { ...first, constraint: { ...first.constraint, conname: each.constraint.conname } };
  }
  return kept;
}

function keysOf({ constraint, column }: WrittenConstraint): readonly string[] {
  return column === undefined ? strings(constraint.keys) : [column];
}

/** A NOT NULL in the table's list; it has a name of its own since Postgres 18, which nothing here asks for. */
function addNotNull(step: Step, table: Thing, { constraint, column }: WrittenConstraint): void {
  if (column !== undefined || constraint.skip_validation === true) return;
  forbidNulls(step, columnsOf(step, table, strings(constraint.keys)));
}

function forbidNulls(step: Step, columns: readonly Thing[]): void {
  for (const column of columns) describeHeirs(step, column, old => ({ ...old, notNull: true }));
}

function addCheck(step: Step, table: Thing, { constraint, stretch }: WrittenConstraint, isNew: boolean): void {
  const columns = columnsOf(step, table, columnsIn(constraint.raw_expr));
  const single = columns.length === 1 ? columns.map(({ name }) => name) : [];
  const name = constraint.conname ?? constraintName(step, table, single, 'check');
  for (const owner of withHeirs(table)) {
    if (step.objects.part(owner, 'constraint', name)) continue;
    const own = columnsOf(
      step,
      owner,
      columns.map(column => column.name),
    );
    const check = step.objects.createPart(owner, 'constraint', name, step.touch('created', stretch), own);
    check.role = 'check';
    step.describe(
      check,
      () => describeCheck(step, owner, constraint, stretch, isNew),
      owner === table ? constraint : undefined,
    );
  }
}

function addForeignKey(
  step: Step,
  table: Thing,
  { constraint, column, stretch }: WrittenConstraint,
  isNew: boolean,
): void {
  const names = column === undefined ? strings(constraint.fk_attrs) : [column];
  const name = constraint.conname ?? constraintName(step, table, names, 'fkey');
  if (step.objects.part(table, 'constraint', name)) return;
  const { target, unique, columns } = referenced(step, constraint);
  const known = columnsOf(step, table, names);
  const needs = target ? [...known, target, ...(unique ? [unique] : []), ...columnsOf(step, target, columns)] : known;
  const key = step.objects.createPart(table, 'constraint', name, step.touch('created', stretch), needs);
  key.role = 'foreign';
  step.describe(
    key,
    () => {
      const { schemaname, relname = '' } = constraint.pktable ?? {};
      const path = target ?? objectPath(step.objects.schemaFor(schemaname), relname);
      const others = target ? namedColumns(step, target, columns) : strings(constraint.pk_attrs);
      return describeForeignKey(constraint, namedColumns(step, table, names), path, others, isNew);
    },
    constraint,
  );
}

interface Referenced {
  readonly target: Thing | undefined;
  readonly unique: Thing | undefined;
  readonly columns: readonly string[];
}

/** The table, the columns and the unique index that a foreign key points at. */
function referenced(step: Step, { pktable, pk_attrs }: Constraint): Referenced {
  const table = step.find(pktable);
  if (!table) return { target: undefined, unique: undefined, columns: [] };
  const names = strings(pk_attrs);
  const unique = [...table.parts.values()].find(({ kind, role, keys }) =>
    names.length === 0
      ? kind === 'index' && role === 'primary'
      : kind === 'index' && role !== undefined && [...keys].sort().join('\0') === [...names].sort().join('\0'),
  );
  return { target: table, unique, columns: names.length === 0 ? (unique?.keys ?? []) : names };
}

const roles = { CONSTR_PRIMARY: 'primary', CONSTR_UNIQUE: 'unique', CONSTR_EXCLUSION: 'exclusion' } as const;
const labels = { primary: 'pkey', unique: 'key', exclusion: 'excl' } as const;

function addIndexed(step: Step, table: Thing, written: WrittenConstraint): void {
  const { constraint, stretch } = written;
  const role = roles[constraint.contype as keyof typeof roles];
  const touch = step.touch('created', stretch);
  if (constraint.indexname !== undefined) {
    const index = step.objects.part(table, 'index', constraint.indexname);
    const name = constraint.conname ?? constraint.indexname;
    if (!index || step.objects.part(table, 'constraint', name)) return;
    if (name !== index.name) step.objects.rename(index, index.schema, name, step.touch('renamed', stretch));
    else step.alter(index, stretch);
    index.role = role;
    const key = step.objects.createPart(table, 'constraint', name, touch, index.needs);
    joinTwins(key, index);
    const columns = detailOf('index', index)?.columns ?? [];
    step.describe(key, () => describeKey(role, columns, constraint.deferrable), constraint);
    step.objects.changes?.note(index);
    if (role === 'primary') forbidNulls(step, columnsOf(step, table, index.keys));
    return;
  }
  const elements = exclusionElements(constraint);
  const keys = role === 'exclusion' ? indexColumnNames(elements) : keysOf(written);
  const including = strings(constraint.including);
  const name =
    constraint.conname ??
    implicitName(table.name, role === 'primary' ? [] : [...keys, ...including], labels[role], taken =>
      isTaken(step, table, taken, true),
    );
  if (step.objects.part(table, 'constraint', name)) return;
  const columns = columnsOf(step, table, [
    ...keys,
    ...including,
    ...columnsOfElements(elements, constraint.where_clause),
  ]);
  const index = step.objects.createPart(table, 'index', name, touch, columns);
  index.keys = keys;
  index.included = including;
  index.role = role;
  const key = step.objects.createPart(table, 'constraint', name, touch, columns);
  joinTwins(key, index);
  step.describe(index, () => describeKeyIndex(step, table, constraint, keys, stretch));
  step.describe(
    key,
    () => describeKey(role, detailOf('index', index)?.columns ?? [], constraint.deferrable),
    constraint,
  );
  if (role === 'primary') forbidNulls(step, columnsOf(step, table, keys));
}

function joinTwins(constraint: Thing, index: Thing): void {
  constraint.twin = index;
  index.twin = constraint;
  constraint.role = index.role;
  depend(constraint, [...constraint.needs, index]);
  depend(index, [...index.needs, constraint]);
}

function exclusionElements(constraint: Constraint): readonly Node[] {
  return flatMap(all('List', constraint.exclusions), ({ items }) => items?.slice(0, 1) ?? []);
}

/** CREATE INDEX. */
export function createIndex(step: Step, statement: IndexStmt): void {
  const table = step.findOrAssume(statement.relation);
  if (!table) return;
  const elements = statement.indexParams ?? [];
  const names = indexColumnNames([...elements, ...(statement.indexIncludingParams ?? [])]);
  const name = statement.idxname ?? implicitName(table.name, names, 'idx', taken => isTaken(step, table, taken, false));
  if (isTaken(step, table, name, false)) return;
  const columns = columnsOfElements([...elements, ...(statement.indexIncludingParams ?? [])], statement.whereClause);
  const index = step.objects.createPart(table, 'index', name, step.touch('created'), columnsOf(step, table, columns));
  index.keys = names.slice(0, elements.length);
  index.included = names.slice(elements.length);
  if (statement.unique === true && !statement.whereClause) index.role = 'unique';
  step.describe(index, () => describeIndex(step, table, statement), statement);
}

/** The indexes of another table, as LIKE … INCLUDING INDEXES and PARTITION OF make them: under names of their own. */
export function copyIndexes(step: Step, table: Thing, source: Thing, stretch: Stretch | undefined): void {
  for (const index of [...source.parts.values()]) {
    if (index.kind !== 'index') continue;
    const label = index.twin && index.role && index.role in labels ? labels[index.role as keyof typeof labels] : 'idx';
    const columnNames = label === 'pkey' ? [] : [...index.keys, ...index.included];
    const name = implicitName(table.name, columnNames, label, taken =>
      isTaken(step, table, taken, index.twin !== undefined),
    );
    const touch = step.touch('created', stretch);
    const columns = columnsOf(
      step,
      table,
      index.needs.map(need => need.name),
    );
    const copy = step.objects.createPart(table, 'index', name, touch, columns);
    copy.keys = index.keys;
    copy.included = index.included;
    copy.role = index.role;
    step.describe(copy, () => describeCopy(step, index, table, everything));
    const { twin } = index;
    if (!twin) continue;
    const key = step.objects.createPart(table, 'constraint', name, touch, columns);
    joinTwins(key, copy);
    step.describe(key, () => describeCopy(step, twin, table, everything));
    if (index.role === 'primary') forbidNulls(step, columnsOf(step, table, index.keys));
  }
}

const everything = { defaults: true, generated: true, identity: true };

/** The columns that index elements and a predicate read. */
function columnsOfElements(elements: readonly Node[], predicate: Node | undefined): readonly string[] {
  const named = flatMap(elements, element => as('IndexElem', element)?.name ?? []);
  return [...named, ...columnsIn(elements, predicate)];
}

/** The parts of a table that are columns of these names; `*` is all of them. */
export function columnsOf(step: Step, table: Thing, names: readonly string[]): readonly Thing[] {
  if (names.length === 0) return [];
  if (names.includes('*')) return [...table.parts.values()].filter(({ kind }) => kind === 'column');
  return flatMap([...new Set(names)], name => step.objects.part(table, 'column', name) ?? []);
}

function isTaken(step: Step, table: Thing, name: string, constraint: boolean): boolean {
  const { objects } = step;
  if (objects.indexesOfTable) return objects.part(table, 'index', name) !== undefined;
  return (
    objects.find('relation', table.schema, name) !== undefined ||
    (constraint && objects.hasConstraint(table.schema, name))
  );
}

function constraintName(step: Step, table: Thing, columns: readonly string[], label: string): string {
  return implicitName(table.name, columns, label, name => step.objects.hasConstraint(table.schema, name));
}
