import type { ColumnDef, CreateStmt, TypeName } from 'libpg-query';
import type { Stretch } from './clauses.ts';
import { addConstraints, columnsOf, copyIndexes, type WrittenConstraint } from './constraints.ts';
import { implicitName } from './implicit-names.ts';
import { all, as, columnsIn, qualified, strings } from './nodes.ts';
import { depend, type Thing } from './thing.ts';
import { describeColumn, inheritDetail, isSerial, withSequence } from './past/describe-column.ts';
import { describeCopy, describeTable } from './past/describe-table.ts';
import { imagined } from './past/details.ts';
import { isBuiltinType } from './past/types.ts';
import type { Step } from './step.ts';

/** CREATE TABLE with its columns and constraints. */
export function createTable(step: Step, statement: CreateStmt): void {
  const parents = all('RangeVar', statement.inhRelations).flatMap(parent => step.find(parent) ?? []);
  // Names are looked up before the new table can hide another one.
  const sources = (statement.tableElts ?? []).map(element => step.find(as('TableLikeClause', element)?.relation));
  const table = step.createRelation('table', statement.relation);
  if (table) fillTable(step, table, statement, parents, sources);
}

/** The table that a statement would make if there were none of its name: `look` sees it, and then it is gone. */
export function imagineTable<Seen>(step: Step, statement: CreateStmt, look: (table: Thing) => Seen): Seen {
  const { objects } = step;
  const parents = all('RangeVar', statement.inhRelations).flatMap(parent => step.find(parent) ?? []);
  const sources = (statement.tableElts ?? []).map(element => step.find(as('TableLikeClause', element)?.relation));
  const touch = step.touch('created');
  const table = objects.create('table', imagined, statement.relation?.relname ?? '', touch);
  fillTable(step, table, statement, parents, sources);
  table.schema = objects.schemaFor(statement.relation?.schemaname);
  const seen = look(table);
  table.schema = imagined;
  objects.drop(table, touch, false);
  return seen;
}

function fillTable(
  step: Step,
  table: Thing,
  statement: CreateStmt,
  parents: readonly Thing[],
  sources: readonly (Thing | undefined)[],
): void {
  step.describe(table, () => describeTable(step, statement, parents), statement);
  for (const parent of parents) {
    inherit(step, parent, table, true);
    copyParts(step, table, parent, undefined);
    if (statement.partbound) copyIndexes(step, table, parent, undefined);
  }
  // A table of a composite type has that type's columns.
  table.open = statement.ofTypename !== undefined || parents.some(({ open }) => open);
  const constraints: WrittenConstraint[] = [];
  statement.tableElts?.forEach((element, index) => {
    const column = as('ColumnDef', element);
    const constraint = as('Constraint', element);
    const like = as('TableLikeClause', element);
    if (column) constraints.push(...addColumn(step, table, column, step.clause(column.location)));
    else if (constraint) constraints.push({ constraint, column: undefined, stretch: step.clause(constraint.location) });
    else if (like) copyLike(step, table, sources[index], like.options ?? 0, step.clause(like.relation?.location));
  });
  addConstraints(step, table, constraints, true);
}

const including = {
  constraints: 1 << 2,
  defaults: 1 << 3,
  generated: 1 << 4,
  identity: 1 << 5,
  indexes: 1 << 6,
} as const;

function copyLike(
  step: Step,
  table: Thing,
  source: Thing | undefined,
  options: number,
  stretch: Stretch | undefined,
): void {
  table.open ||= source?.open ?? true;
  if (!source) return;
  const kept = {
    defaults: (options & including.defaults) !== 0,
    generated: (options & including.generated) !== 0,
    identity: (options & including.identity) !== 0,
  };
  copyParts(step, table, source, stretch, (options & including.constraints) !== 0, kept);
  for (const { kind, role, name } of (options & including.identity) === 0 ? [] : source.parts.values()) {
    const column = kind === 'column' && role === 'identity' ? step.objects.part(table, kind, name) : undefined;
    if (column) ownSequence(step, column, stretch, true);
  }
  if ((options & including.indexes) !== 0) copyIndexes(step, table, source, stretch);
}

/** The columns and CHECKs of another table, as an heir or a copy has them. */
function copyParts(
  step: Step,
  table: Thing,
  source: Thing,
  stretch: Stretch | undefined,
  checks = true,
  kept = { defaults: true, generated: true, identity: false },
): void {
  for (const part of inOrder(source)) {
    const { kind, name, role, needs } = part;
    if (!(kind === 'column' || (checks && role === 'check')) || step.objects.part(table, kind, name)) continue;
    const own = columnsOf(
      step,
      table,
      needs.map(need => need.name),
    );
    const types = needs.filter(need => need.table === undefined && need !== source);
    const copy = step.objects.createPart(table, kind, name, step.touch('created', stretch), [...own, ...types]);
    copy.role = kind === 'constraint' ? role : undefined;
    step.describe(copy, () => describeCopy(step, part, table, kept));
  }
}

/** The parts of a table, the oldest first. */
export function inOrder(table: Thing): readonly Thing[] {
  return [...table.parts.values()].sort((a, b) => a.id - b.id);
}

/** Makes a column, also in the tables that inherit it. The constraints behind it are handed back, to be made when all columns are there. */
export function addColumn(
  step: Step,
  table: Thing,
  definition: ColumnDef,
  stretch: Stretch | undefined,
): readonly WrittenConstraint[] {
  const name = definition.colname ?? '';
  if (step.objects.part(table, 'column', name)) return [];
  const written = all('Constraint', definition.constraints);
  const expression = written.find(({ contype }) => contype === 'CONSTR_GENERATED')?.raw_expr;
  const needs = [...typeOf(step, definition.typeName), ...columnsOf(step, table, columnsIn(expression))];
  const column = step.objects.createPart(table, 'column', name, step.touch('created', stretch), needs);
  step.describe(column, () => describeColumn(step, definition, stretch), definition);
  table.children.forEach(child => {
    addColumn(step, child, { ...definition, constraints: [] }, stretch);
  });
  const identity = written.some(({ contype }) => contype === 'CONSTR_IDENTITY');
  if (identity || isSerial(definition.typeName)) ownSequence(step, column, stretch, identity);
  table.children.forEach(child => {
    inheritDetail(step, column, step.objects.part(child, 'column', name));
  });
  // DEFERRABLE and the like belong to the constraint in front of them.
  const starts = written.filter(({ contype }) => !contype?.startsWith('CONSTR_ATTR_'));
  return starts.map((constraint, index) => ({
    constraint,
    column: name,
    stretch: step.clause(constraint.location, starts[index + 1]?.location),
  }));
}

/** The sequence of a serial or identity column: it goes with the column. */
export function ownSequence(step: Step, column: Thing, stretch: Stretch | undefined, identity: boolean): void {
  if (identity) column.role = 'identity';
  const { objects } = step;
  const name = implicitName(
    column.table?.name ?? '',
    [column.name],
    'seq',
    taken => objects.find('relation', column.schema, taken) !== undefined,
  );
  const sequence = step.create('sequence', { schema: column.schema, name }, [column]);
  if (sequence) sequence.touch = step.touch('created', stretch);
  if (sequence && !identity) withSequence(step, column, sequence);
}

/** The enum, domain or composite type of the project that a column has, or the table whose rows are its values. */
export function typeOf(step: Step, type: TypeName | undefined): readonly Thing[] {
  const { schema, name } = qualified(strings(type?.names));
  if ((schema === undefined || schema === 'pg_catalog') && isBuiltinType(name)) return [];
  return listOf(step.objects.find('type', schema, name) ?? step.objects.find('relation', schema, name));
}

export function listOf(thing: Thing | undefined): readonly Thing[] {
  return thing ? [thing] : [];
}

/** A table becomes the heir or partition of another, or is that no more. */
export function inherit(step: Step, parent: Thing, child: Thing, inherits: boolean): void {
  parent.children[inherits ? 'add' : 'delete'](child);
  const others = child.needs.filter(need => need !== parent);
  depend(child, inherits ? [...others, parent] : others);
  step.objects.changes?.note(parent);
  step.objects.changes?.note(child);
}
