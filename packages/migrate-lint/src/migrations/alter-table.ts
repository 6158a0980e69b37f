import type { AlterTableCmd, AlterTableStmt, AlterTableType, Node } from 'libpg-query';
import type { Stretch } from './clauses.ts';
import { addConstraints } from './constraints.ts';
import { all, as } from './nodes.ts';
import { depend, type Thing } from './objects.ts';
import type { Step } from './step.ts';
import { addColumn, inherit, listOf, ownSequence, typeOf } from './tables.ts';

/** One subcommand, with its clause where that is known. */
interface Command extends AlterTableCmd {
  readonly stretch: Stretch | undefined;
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
  const written = all('AlterTableCmd', statement.cmds);
  const clauses = step.clausesBehind(statement.relation?.location, written.length);
  const commands = written.map((command, index): Command => ({ ...command, stretch: clauses[index] }));
  // Postgres drops first, whatever the order, so that a constraint can be replaced.
  const drops = commands.filter(({ subtype }) => subtype === 'AT_DropColumn' || subtype === 'AT_DropConstraint');
  for (const command of new Set([...drops, ...commands])) {
    const change = (command.subtype && changes[command.subtype]) ?? alter;
    change(step, table, command);
  }
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
    const columns = column.needs.filter(({ kind }) => kind === 'column');
    depend(column, [...columns, ...typeOf(step, as('ColumnDef', def)?.typeName)]);
  },
  AT_AddIdentity: (step, table, { name = '', missing_ok, stretch }) => {
    const column = step.part(table, 'column', name, missing_ok);
    step.alter(column, stretch);
    if (column) ownSequence(step, column, stretch, true);
  },
  AT_DropIdentity: (step, table, { name = '', missing_ok, stretch }) => {
    const column = step.part(table, 'column', name, missing_ok);
    step.alter(column, stretch);
    if (!column) return;
    column.role = undefined;
    for (const owned of [...(column.dependents ?? [])])
      if (owned.kind === 'sequence') step.objects.drop(owned, step.touch('dropped', stretch), false);
  },
  AT_AddConstraint: (step, table, { def, stretch }) => {
    const constraint = as('Constraint', def);
    if (constraint) addConstraints(step, table, [{ constraint, column: undefined, stretch }]);
  },
  AT_DropConstraint: (step, table, command) => dropPart(step, table, 'constraint', command),
  AT_AlterConstraint: alterConstraint,
  AT_ValidateConstraint: alterConstraint,
  AT_AttachPartition: (step, table, command) => changeHeir(step, table, heirOf(step, command.def), command, true),
  AT_DetachPartition: (step, table, command) => changeHeir(step, table, heirOf(step, command.def), command, false),
  AT_AddInherit: (step, table, command) => changeHeir(step, heirOf(step, command.def), table, command, true),
  AT_DropInherit: (step, table, command) => changeHeir(step, heirOf(step, command.def), table, command, false),
};

function dropPart(step: Step, table: Thing, kind: 'column' | 'constraint', command: Command): void {
  const { name = '', missing_ok, behavior, stretch } = command;
  for (const owner of [table, ...table.children]) {
    const part = step.part(owner, kind, name, missing_ok ?? owner !== table);
    if (part) step.objects.drop(part, step.touch('dropped', stretch), behavior === 'DROP_CASCADE');
  }
}

/** ALTER CONSTRAINT keeps the name in the definition. */
function alterConstraint(step: Step, table: Thing, { name, def, stretch }: Command): void {
  step.alter(step.part(table, 'constraint', name ?? as('ATAlterConstraint', def)?.conname ?? '', true), stretch);
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
  if (parent && child) inherit(parent, child, inherits);
  step.alter(child, stretch);
}

const ofColumns =
  /^AT_(?:ColumnDefault|CookedColumnDefault|DropNotNull|SetNotNull|SetExpression|DropExpression|SetStatistics|SetOptions|ResetOptions|SetStorage|SetCompression|AlterColumnGenericOptions|SetIdentity)$/;

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
