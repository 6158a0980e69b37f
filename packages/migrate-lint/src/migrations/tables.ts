import type { AlterTableCmd, AlterTableStmt, ColumnDef, CreateStmt, TypeName } from 'libpg-query';
import type { Stretch } from './clauses.ts';
import { addConstraints, columnsOf, copyIndexes, type WrittenConstraint } from './constraints.ts';
import { implicitName } from './implicit-names.ts';
import { all, as, columnsIn, objectNames, qualified, strings } from './nodes.ts';
import { depend, type Thing } from './objects.ts';
import type { Step } from './step.ts';

/** CREATE TABLE with its columns and constraints. */
export function createTable(step: Step, statement: CreateStmt): void {
  const parents = all('RangeVar', statement.inhRelations).flatMap(parent => step.find(parent) ?? []);
  // Names are looked up before the new table can hide another one.
  const sources = (statement.tableElts ?? []).map(element => step.find(as('TableLikeClause', element)?.relation));
  const table = step.createRelation('table', statement.relation);
  if (!table) return;
  for (const parent of parents) {
    inherit(parent, table, true);
    copyParts(step, table, parent, undefined);
    if (statement.partbound) copyIndexes(step, table, parent, undefined);
  }
  // A table of a composite type has that type's columns.
  table.open = statement.ofTypename !== undefined || parents.some(({ open }) => open);
  const constraints: WrittenConstraint[] = [];
  for (const [index, element] of (statement.tableElts ?? []).entries()) {
    const column = as('ColumnDef', element);
    const constraint = as('Constraint', element);
    const like = as('TableLikeClause', element);
    if (column) constraints.push(...addColumn(step, table, column, step.clause(column.location)));
    else if (constraint) constraints.push({ constraint, column: undefined, stretch: step.clause(constraint.location) });
    else if (like) copyLike(step, table, sources[index], like.options ?? 0, step.clause(like.relation?.location));
  }
  addConstraints(step, table, constraints);
}

const including = { constraints: 1 << 2, identity: 1 << 5, indexes: 1 << 6 } as const;

function copyLike(step: Step, table: Thing, source: Thing | undefined, options: number, stretch: Stretch | undefined): void {
  table.open ||= source?.open ?? true;
  if (!source) return;
  copyParts(step, table, source, stretch, (options & including.constraints) !== 0);
  for (const { kind, role, name } of (options & including.identity) === 0 ? [] : source.parts.values()) {
    const column = kind === 'column' && role === 'identity' ? step.objects.part(table, kind, name) : undefined;
    if (column) ownSequence(step, column, stretch, true);
  }
  if ((options & including.indexes) !== 0) copyIndexes(step, table, source, stretch);
}

/** The columns and CHECKs of another table, as an heir or a copy has them. */
function copyParts(step: Step, table: Thing, source: Thing, stretch: Stretch | undefined, checks = true): void {
  for (const { kind, name, role, needs } of [...source.parts.values()]) {
    if (!(kind === 'column' || (checks && role === 'check')) || step.objects.part(table, kind, name)) continue;
    const own = columnsOf(step, table, needs.map(need => need.name));
    const types = needs.filter(need => need.table === undefined && need !== source);
    step.objects.createPart(table, kind, name, step.touch('created', stretch), [...own, ...types]).role =
      kind === 'constraint' ? role : undefined;
  }
}

const serials = new Set(['serial', 'serial2', 'serial4', 'serial8', 'smallserial', 'bigserial']);

/** Makes a column, also in the tables that inherit it. The constraints behind it are handed back, to be made when all columns are there. */
function addColumn(step: Step, table: Thing, definition: ColumnDef, stretch: Stretch | undefined): readonly WrittenConstraint[] {
  const name = definition.colname ?? '';
  if (step.objects.part(table, 'column', name)) return [];
  const written = all('Constraint', definition.constraints);
  const expression = written.find(({ contype }) => contype === 'CONSTR_GENERATED')?.raw_expr;
  const needs = [...typeOf(step, definition.typeName), ...columnsOf(step, table, columnsIn(expression))];
  const column = step.objects.createPart(table, 'column', name, step.touch('created', stretch), needs);
  for (const child of table.children) addColumn(step, child, { ...definition, constraints: [] }, stretch);
  const identity = written.some(({ contype }) => contype === 'CONSTR_IDENTITY');
  if (identity || serials.has(strings(definition.typeName?.names).at(-1) ?? '')) ownSequence(step, column, stretch, identity);
  // DEFERRABLE and the like belong to the constraint in front of them.
  const starts = written.filter(({ contype }) => !contype?.startsWith('CONSTR_ATTR_'));
  return starts.map((constraint, index) => ({
    constraint,
    column: name,
    stretch: step.clause(constraint.location, starts[index + 1]?.location),
  }));
}

/** The sequence of a serial or identity column: it goes with the column. */
function ownSequence(step: Step, column: Thing, stretch: Stretch | undefined, identity: boolean): void {
  if (identity) column.role = 'identity';
  const { objects } = step;
  const name = implicitName(column.table?.name ?? '', [column.name], 'seq', taken =>
    objects.find('relation', column.schema, taken) !== undefined,
  );
  const sequence = step.create('sequence', { schema: column.schema, name }, [column]);
  if (sequence) sequence.touch = step.touch('created', stretch);
}

/** The enum, domain or composite type of the project that a column has. */
export function typeOf(step: Step, type: TypeName | undefined): readonly Thing[] {
  const { schema, name } = qualified(strings(type?.names));
  return listOf(step.objects.find('type', schema, name));
}

function listOf(thing: Thing | undefined): readonly Thing[] {
  return thing ? [thing] : [];
}

/** ALTER TABLE, and ALTER of what is altered like one: views, indexes, sequences, composite types. */
export function alterTable(step: Step, statement: AlterTableStmt): void {
  if (statement.objtype === 'OBJECT_TYPE') {
    const { schemaname, relname = '' } = statement.relation ?? {};
    step.alter(step.objects.find('type', schemaname, relname));
    return;
  }
  const table = step.findOrAssume(statement.relation, statement.missing_ok);
  if (!table) return;
  if (table.kind === 'index' || table.kind === 'sequence') {
    step.alter(table);
    return;
  }
  const commands = all('AlterTableCmd', statement.cmds);
  const clauses = step.clausesBehind(statement.relation?.location, commands.length);
  const steps = commands.map((command, index) => ({ command, stretch: clauses[index] }));
  // Postgres drops first, whatever the order, so that a constraint can be replaced.
  const drops = steps.filter(({ command: { subtype } }) => subtype === 'AT_DropColumn' || subtype === 'AT_DropConstraint');
  for (const { command, stretch } of new Set([...drops, ...steps])) alterWith(step, table, command, stretch);
}

function alterWith(step: Step, table: Thing, command: AlterTableCmd, stretch: Stretch | undefined): void {
  const { subtype = '', name = '', missing_ok, def } = command;
  const cascade = command.behavior === 'DROP_CASCADE';
  const column = () => step.part(table, 'column', name, missing_ok);
  switch (subtype) {
    case 'AT_AddColumn': {
      const definition = as('ColumnDef', def);
      if (definition) addConstraints(step, table, addColumn(step, table, definition, stretch));
      return;
    }
    case 'AT_DropColumn':
    case 'AT_DropConstraint': {
      const kind = subtype === 'AT_DropColumn' ? 'column' : 'constraint';
      for (const owner of [table, ...table.children]) {
        const part = step.part(owner, kind, name, missing_ok ?? owner !== table);
        if (part) step.objects.drop(part, step.touch('dropped', stretch), cascade);
      }
      return;
    }
    case 'AT_AlterColumnType': {
      const altered = column();
      step.alter(altered, stretch);
      if (!altered) return;
      const columns = altered.needs.filter(need => need.kind === 'column');
      depend(altered, [...columns, ...typeOf(step, as('ColumnDef', def)?.typeName)]);
      return;
    }
    case 'AT_AddIdentity': {
      const altered = column();
      step.alter(altered, stretch);
      if (!altered) return;
      ownSequence(step, altered, stretch, true);
      return;
    }
    case 'AT_DropIdentity': {
      const altered = column();
      step.alter(altered, stretch);
      if (altered) altered.role = undefined;
      for (const owned of [...(altered?.dependents ?? [])])
        if (owned.kind === 'sequence') step.objects.drop(owned, step.touch('dropped', stretch), false);
      return;
    }
    case 'AT_AddConstraint': {
      const constraint = as('Constraint', def);
      if (constraint) addConstraints(step, table, [{ constraint, column: undefined, stretch }]);
      return;
    }
    case 'AT_AlterConstraint':
    case 'AT_ValidateConstraint':
      step.alter(step.part(table, 'constraint', name || constraintIn(def), true), stretch);
      return;
    case 'AT_AttachPartition':
    case 'AT_DetachPartition':
    case 'AT_AddInherit':
    case 'AT_DropInherit': {
      const other = step.find(as('PartitionCmd', def)?.name ?? as('RangeVar', def));
      const [parent, child] = subtype.endsWith('Partition') ? [table, other] : [other, table];
      if (parent && child) inherit(parent, child, subtype.startsWith('AT_A'));
      step.alter(child, stretch);
      return;
    }
    default:
      for (const altered of alteredBy(step, table, subtype, name, missing_ok)) step.alter(altered, stretch);
  }
}

function inherit(parent: Thing, child: Thing, inherits: boolean): void {
  parent.children[inherits ? 'add' : 'delete'](child);
  const others = child.needs.filter(need => need !== parent);
  depend(child, inherits ? [...others, parent] : others);
}

/** ALTER CONSTRAINT keeps the name in the definition. */
function constraintIn(definition: AlterTableCmd['def']): string {
  return as('ATAlterConstraint', definition)?.conname ?? as('Constraint', definition)?.conname ?? objectNames(definition).join();
}

const columnCommands =
  /^AT_(?:ColumnDefault|CookedColumnDefault|DropNotNull|SetNotNull|SetExpression|DropExpression|SetStatistics|SetOptions|ResetOptions|SetStorage|SetCompression|AlterColumnGenericOptions|SetIdentity)$/;

/** What the other subcommands alter: a column, a trigger or rule, or the table itself. */
function alteredBy(step: Step, table: Thing, subtype: string, name: string, missingOk?: boolean): readonly Thing[] {
  if (columnCommands.test(subtype)) return listOf(step.part(table, 'column', name, missingOk));
  if (/Trig(?:All|User)$/.test(subtype)) return [table, ...[...table.parts.values()].filter(({ kind }) => kind === 'trigger')];
  // A trigger that Postgres made for a foreign key is not known by name.
  if (/(?:Trig|Rule)$/.test(subtype)) return listOf(step.part(table, 'trigger', name, true));
  return [table];
}
