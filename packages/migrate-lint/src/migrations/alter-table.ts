import type { AlterTableCmd, AlterTableStmt, AlterTableType, Node } from 'libpg-query';
import type { Stretch } from './clauses.ts';
import { addConstraints } from './constraints.ts';
import { all, as, strings } from './nodes.ts';
import { depend, type Thing, withHeirs } from './thing.ts';
import { describeDefault, describeHeirs, isNull, retype, typeIn } from './past/describe-column.ts';
import { attachedBound, changeTable } from './past/describe-table.ts';
import { unknownColumn, type ColumnDetail, type ConstraintDetail, type RelationDetail } from './past/details.ts';
import type { Step } from './step.ts';
import { addColumn, inherit, listOf, ownSequence, typeOf } from './tables.ts';

/** One subcommand, with its clause where that is known. */
type Command = { readonly [Key in 'subtype' | 'name' | 'missing_ok' | 'behavior' | 'def']: AlterTableCmd[Key] } & {
  readonly stretch: Stretch | undefined;
};

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
  const written = all('AlterTableCmd', statement.cmds);
  const clauses = step.clausesBehind(statement.relation?.location, written.length);
  const commands = written.map(({ subtype, name, missing_ok, behavior, def }, at): Command => {
    return { subtype, name, missing_ok, behavior, def, stretch: clauses[at] };
  });
  // Postgres drops first, whatever the order, so that a constraint can be replaced.
  const drops = commands.filter(({ subtype }) => subtype === 'AT_DropColumn' || subtype === 'AT_DropConstraint');
  const inOrder = drops.length === 0 ? commands : new Set([...drops, ...commands]);
  inOrder.forEach(command => {
    const change = (command.subtype && changes[command.subtype]) ?? alter;
    change(step, table, command);
  });
}

type Change = (step: Step, table: Thing, command: Command) => void;

/** The subcommands that do more than to alter one thing. */
const changes: Readonly<Partial<Record<AlterTableType, Change>>> = {
  AT_AddColumn: (step, table, { def, stretch }) => {
    const definition = as('ColumnDef', def);
    if (definition) addConstraints(step, table, addColumn(step, table, definition, stretch));
  },
  AT_DropColumn: (step, table, command) => dropPart(step, table, 'column', command),
  AT_AlterColumnType: (step, table, { name = '', missing_ok, def, stretch }) => {
    const column = step.part(table, 'column', name, missing_ok);
    step.alter(column, stretch);
    if (!column) return;
    const definition = as('ColumnDef', def);
    describeHeirs(step, column, old =>
      retype(old, typeIn(step, definition?.typeName), strings(definition?.collClause?.collname).at(-1)),
    );
    const columns = column.needs.filter(({ kind }) => kind === 'column');
    depend(column, [...columns, ...typeOf(step, as('ColumnDef', def)?.typeName)]);
  },
  AT_AddIdentity: (step, table, { name = '', missing_ok, def, stretch }) => {
    const column = step.part(table, 'column', name, missing_ok);
    step.alter(column, stretch);
    if (!column) return;
    ownSequence(step, column, stretch, true);
    const identity = identityKind(as('Constraint', def)?.generated_when);
    step.describe(column, old => ({ ...(old?.of === 'column' ? old : unknownColumn), identity, notNull: true }));
  },
  AT_SetIdentity: (step, table, { name = '', missing_ok, def, stretch }) => {
    const column = step.part(table, 'column', name, missing_ok);
    step.alter(column, stretch);
    const option = all('DefElem', as('List', def)?.items).find(({ defname }) => defname === 'generated');
    const code = as('Integer', option?.arg)?.ival;
    if (column && code !== undefined)
      describeHeirs(step, column, old => ({ ...old, identity: identityKind(String.fromCharCode(code)) }));
  },
  AT_DropIdentity: (step, table, { name = '', missing_ok, stretch }) => {
    const column = step.part(table, 'column', name, missing_ok);
    step.alter(column, stretch);
    if (!column) return;
    column.role = undefined;
    describeHeirs(step, column, old => ({ ...old, identity: undefined }));
    for (const owned of [...(column.dependents ?? [])])
      if (owned.kind === 'sequence') step.objects.drop(owned, step.touch('dropped', stretch), false);
  },
  AT_SetNotNull: ofColumn(() => old => ({ ...old, notNull: true })),
  AT_DropNotNull: ofColumn(() => old => ({ ...old, notNull: false })),
  AT_ColumnDefault: ofColumn((step, { def, stretch }) => {
    const value = isNull(def) ? undefined : describeDefault(step, def, stretch);
    return old => ({ ...old, default: value, serial: false });
  }),
  AT_DropExpression: ofColumn(() => old => ({ ...old, generated: undefined })),
  AT_EnableRowSecurity: ofTable(() => ({ rowSecurity: true })),
  AT_DisableRowSecurity: ofTable(() => ({ rowSecurity: false })),
  AT_SetLogged: ofTable(() => ({ unlogged: false })),
  AT_SetUnLogged: ofTable(() => ({ unlogged: true })),
  AT_AddConstraint: (step, table, { def, stretch }) => {
    const constraint = as('Constraint', def);
    if (constraint) addConstraints(step, table, [{ constraint, column: undefined, stretch }]);
  },
  AT_DropConstraint: (step, table, command) => dropPart(step, table, 'constraint', command),
  AT_AlterConstraint: (step, table, command) => {
    const { deferrable = false } = as('ATAlterConstraint', command.def) ?? as('Constraint', command.def) ?? {};
    alterConstraint(step, table, command, old => ({ ...old, deferrable }));
  },
  AT_ValidateConstraint: (step, table, command) =>
    alterConstraint(step, table, command, old => ({ ...old, validated: true })),
  AT_AttachPartition: (step, table, command) => {
    const partition = heirOf(step, command.def);
    changeHeir(step, table, partition, command, true);
    const bound = attachedBound(step.text, command.stretch);
    if (partition) changeTable(step, partition, { partitionOf: { table, bound } });
  },
  AT_DetachPartition: (step, table, command) => {
    const partition = heirOf(step, command.def);
    changeHeir(step, table, partition, command, false);
    if (partition) changeTable(step, partition, { partitionOf: undefined });
  },
  AT_AddInherit: (step, table, command) => changeHeir(step, heirOf(step, command.def), table, command, true),
  AT_DropInherit: (step, table, command) => changeHeir(step, heirOf(step, command.def), table, command, false),
};

function dropPart(step: Step, table: Thing, kind: 'column' | 'constraint', command: Command): void {
  const { name = '', missing_ok, behavior, stretch } = command;
  for (const owner of withHeirs(table)) {
    const part = step.part(owner, kind, name, missing_ok ?? owner !== table);
    if (part) step.objects.drop(part, step.touch('dropped', stretch), behavior === 'DROP_CASCADE');
  }
}

/** A subcommand that changes a column, also where it is inherited. */
function ofColumn(change: (step: Step, command: Command) => (old: ColumnDetail) => ColumnDetail): Change {
  return (step, table, command) => {
    const column = step.part(table, 'column', command.name ?? '', command.missing_ok);
    step.alter(column, command.stretch);
    if (column && step.objects.changes) describeHeirs(step, column, change(step, command));
  };
}

function ofTable(change: () => Partial<RelationDetail>): Change {
  return (step, table, { stretch }) => {
    step.alter(table, stretch);
    changeTable(step, table, change());
  };
}

function identityKind(when: string | undefined): ColumnDetail['identity'] {
  return when === 'a' ? 'always' : 'by default';
}

/** ALTER CONSTRAINT keeps the name in the definition. */
function alterConstraint(
  step: Step,
  table: Thing,
  { name, def, stretch }: Command,
  change: (old: ConstraintDetail) => ConstraintDetail,
): void {
  const wanted = name ?? as('ATAlterConstraint', def)?.conname ?? as('Constraint', def)?.conname ?? '';
  for (const owner of withHeirs(table)) {
    const constraint = step.part(owner, 'constraint', wanted, true);
    step.alter(constraint, stretch);
    step.describe(constraint, old => (old?.of === 'constraint' ? change(old) : undefined));
  }
}

/** The other table of ATTACH PARTITION and INHERIT. */
function heirOf(step: Step, definition: Node | undefined): Thing | undefined {
  return step.find(as('PartitionCmd', definition)?.name ?? as('RangeVar', definition));
}

function changeHeir(
  step: Step,
  parent: Thing | undefined,
  child: Thing | undefined,
  { stretch }: Command,
  inherits: boolean,
): void {
  if (parent && child) inherit(step, parent, child, inherits);
  step.alter(child, stretch);
}

const ofColumns =
  /^AT_(?:CookedColumnDefault|SetExpression|SetStatistics|SetOptions|ResetOptions|SetStorage|SetCompression|AlterColumnGenericOptions)$/;

/** The other subcommands alter a column, a trigger or rule, or the table itself. */
function alter(step: Step, table: Thing, { subtype: type, name = '', missing_ok, stretch }: Command): void {
  const subtype: string = type ?? '';
  const altered = (): readonly Thing[] => {
    if (ofColumns.test(subtype)) return listOf(step.part(table, 'column', name, missing_ok));
    const triggers = [...table.parts.values()].filter(({ kind }) => kind === 'trigger');
    if (/Trig(?:All|User)$/.test(subtype)) return [table, ...triggers];
    // A trigger that Postgres made for a foreign key is not known by name.
    return /(?:Trig|Rule)$/.test(subtype) ? listOf(step.part(table, 'trigger', name, true)) : [table];
  };
  for (const thing of altered()) step.alter(thing, stretch);
}
