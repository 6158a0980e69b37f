import { flatMap, type PastTable, type TableChange } from '@migrate-lint/core';
import type { AlterTableCmd, AlterTableStmt, AlterTableType, ColumnDef, Constraint } from 'libpg-query';
import type { Stretch } from '../clauses.ts';
import { all, as, strings } from '../nodes.ts';
import type { Thing } from '../thing.ts';
import { describeColumn } from '../past/describe-column.ts';
import { attachedBound } from '../past/describe-table.ts';
import { ColumnRecord } from '../past/part-records.ts';
import { columnChange } from './column-changes.ts';
import { dependentsOf } from './dependents.ts';
import { columnOf, constraintOf, indexOf, tableOf, type OfTable, type Scene, type Told } from './scene.ts';

/** One subcommand, with what it is done to. */
export interface Clause {
  readonly scene: Scene;
  readonly thing: Thing | undefined;
  readonly base: OfTable;
  readonly table: PastTable;
  readonly command: AlterTableCmd;
  readonly stretch: Stretch | undefined;
}

/** ALTER TABLE, and ALTER of what is altered like one. */
export function alterTable(scene: Scene, statement: AlterTableStmt): readonly Told[] {
  const { step } = scene;
  if (statement.objtype === 'OBJECT_TYPE') return [{ ...scene.base(), kind: 'other', what: 'alter type' }];
  const found = scene.thing(statement.relation, statement.missing_ok);
  if (found?.kind === 'index') {
    const [index, table] = [indexOf(found), tableOf(found.table)];
    const existedBefore = index ? scene.existedBefore(index) : true;
    const kept = { concurrently: false, ifExists: statement.missing_ok ?? false, cascade: false };
    return [
      {
        ...scene.base(),
        kind: 'alter index',
        name: scene.pathOf({}, found),
        target: 'index',
        index,
        table,
        existedBefore,
        ...kept,
      },
    ];
  }
  if (found?.kind === 'sequence') return [{ ...scene.base(), kind: 'other', what: 'alter sequence' }];
  if (!found && statement.missing_ok === true) return [];
  const commands = all('AlterTableCmd', statement.cmds);
  const stretches = step.clausesBehind(statement.relation?.location, commands.length);
  if (found) assumeColumns(scene, found, commands);
  const table = tableOf(found) ?? scene.unknownTable(statement.relation ?? {});
  return flatMap(commands, (command, at) => {
    const stretch = stretches[at];
    const read = (command.subtype && readers[command.subtype]) ?? tableChange;
    return read({ scene, thing: found, base: scene.ofTable(table, stretch), table, command, stretch });
  });
}

const namesColumn =
  /^AT_(?:DropColumn|AlterColumnType|SetNotNull|DropNotNull|ColumnDefault|AddIdentity|SetIdentity|DropIdentity|DropExpression|SetStatistics|SetStorage)$/;

/** Columns that are altered were there, unless the statement makes them itself. */
function assumeColumns(scene: Scene, table: Thing, commands: readonly AlterTableCmd[]): void {
  const added = new Set(commands.map(({ def }) => as('ColumnDef', def)?.colname));
  commands.forEach(({ subtype = '', name, missing_ok: missingOk = false }) => {
    if (name === undefined || missingOk || added.has(name) || !namesColumn.test(subtype)) return;
    scene.assumeColumn(table, name);
  });
}

type Reader = (clause: Clause) => readonly Told[];

const readers: Readonly<Partial<Record<AlterTableType, Reader>>> = {
  AT_AddColumn: addColumn,
  AT_DropColumn: clause => columnChange(clause, 'drop column'),
  AT_AlterColumnType: clause => columnChange(clause, 'alter type'),
  AT_SetNotNull: clause => columnChange(clause, 'set not null'),
  AT_DropNotNull: clause => columnChange(clause, 'drop not null'),
  AT_ColumnDefault: clause => columnChange(clause, clause.command.def ? 'set default' : 'drop default'),
  AT_AddIdentity: clause => columnChange(clause, 'add identity'),
  AT_DropIdentity: clause => columnChange(clause, 'drop identity'),
  AT_SetIdentity: restart,
  AT_DropExpression: clause => columnChange(clause, 'drop expression'),
  AT_SetStatistics: clause => columnChange(clause, 'set statistics'),
  AT_SetStorage: clause => columnChange(clause, 'set storage'),
  AT_AddConstraint: clause => {
    const constraint = as('Constraint', clause.command.def);
    if (constraint?.contype !== 'CONSTR_NOTNULL')
      return constraint ? [addConstraint(clause, constraint, clause.stretch, false)] : [];
    if (constraint.skip_validation === true) return [];
    return flatMap(strings(constraint.keys), name => columnChange({ ...clause, command: { name } }, 'set not null'));
  },
  AT_DropConstraint: clause => constraintChange(clause, 'drop constraint'),
  AT_ValidateConstraint: clause => constraintChange(clause, 'validate constraint'),
  AT_AlterConstraint: clause => constraintChange(clause, 'alter constraint'),
  AT_GenericOptions: ofDialect,
  AT_AttachPartition: clause => partitionChange(clause, 'attach partition'),
  AT_DetachPartition: clause => partitionChange(clause, 'detach partition'),
};

function addColumn({ scene, thing, base, table, command, stretch }: Clause): readonly Told[] {
  const definition = as('ColumnDef', command.def);
  if (!definition) return [];
  const { step } = scene;
  const existing = table.column(definition.colname ?? '');
  const ifNotExists = command.missing_ok ?? false;
  const written = all('Constraint', definition.constraints).filter(
    ({ contype }) => !contype?.startsWith('CONSTR_ATTR_'),
  );
  const clause = { scene, thing, base, table, command, stretch };
  return [
    () => {
      const made = existing ? undefined : columnOf(scene.made(definition));
      const column =
        made ?? new ColumnRecord(headOf(scene, table, definition), describeColumn(step, definition, stretch));
      const { span, conditional, existedBefore } = base;
      return { span, conditional, table, existedBefore, kind: 'add column', column, ifNotExists, existing };
    },
    ...flatMap(existing ? [] : written, (constraint, at) => {
      // DEFERRABLE and the like belong to the constraint in front of them.
      const place = step.clause(constraint.location, written[at + 1]?.location) ?? stretch;
      return ofColumn.test(constraint.contype ?? '') ? [addConstraint(clause, constraint, place, true)] : [];
    }),
  ];
}

const ofColumn = /^CONSTR_(?:CHECK|PRIMARY|UNIQUE|FOREIGN|EXCLUSION)$/;

function headOf(scene: Scene, table: PastTable, { colname: name = '' }: ColumnDef) {
  const id = scene.step.objects.newId();
  return { path: `${table.path}.${name}`, name, kind: 'column', id, createdBy: scene.step.statement } as const;
}

/** Undefined for a constraint that is there already, and for one that another of the statement makes needless. */
function addConstraint(
  { scene, base, table }: Clause,
  written: Constraint,
  place: Stretch | undefined,
  ofNewColumn: boolean,
): Told {
  const usingIndex = written.indexname === undefined ? undefined : table.index(written.indexname);
  const referenced = scene.step.find(written.pktable);
  const target = written.pktable && (tableOf(referenced) ?? scene.unknownTable(written.pktable));
  return () => {
    const made = scene.made(written);
    const constraint = constraintOf(made);
    if (!constraint) return undefined;
    const { conditional, existedBefore } = base;
    return {
      span: scene.step.span(place),
      conditional,
      table,
      existedBefore,
      kind: 'add constraint',
      constraint,
      index: usingIndex ? undefined : indexOf(made?.twin),
      usingIndex,
      referenced: target,
      referencedExistedBefore: target ? scene.existedBefore(target) : false,
      ofNewColumn,
    };
  };
}

function constraintChange(
  { scene, thing, base, table, command }: Clause,
  kind: 'drop constraint' | 'validate constraint' | 'alter constraint',
): readonly Told[] {
  const definition = as('ATAlterConstraint', command.def) ?? as('Constraint', command.def);
  const name = command.name ?? definition?.conname ?? '';
  const found = thing && scene.step.objects.part(thing, 'constraint', name);
  const { span, conditional, existedBefore } = base;
  return [
    {
      span,
      conditional,
      table,
      existedBefore,
      kind,
      name,
      constraint: table.constraint(name),
      ifExists: command.missing_ok ?? false,
      cascade: command.behavior === 'DROP_CASCADE',
      dependents: found && kind === 'drop constraint' ? dependentsOf(found) : [],
    },
  ];
}

function partitionChange(
  { scene, base, command, stretch }: Clause,
  kind: 'attach partition' | 'detach partition',
): readonly Told[] {
  const partition = as('PartitionCmd', command.def);
  const bound = kind === 'attach partition' ? attachedBound(scene.step.text, stretch) : '';
  return [
    {
      ...base,
      kind,
      partition: scene.table(partition?.name),
      concurrently: partition?.concurrent ?? false,
      bound: bound === '' ? undefined : bound,
    },
  ];
}

/** ALTER COLUMN … RESTART moves the sequence; SET GENERATED changes nothing that is stored. */
function restart({ scene, thing, base, table, command }: Clause): readonly Told[] {
  const options = all('DefElem', as('List', command.def)?.items);
  if (!options.some(({ defname }) => defname === 'restart')) return [{ ...base, kind: 'other', what: 'set identity' }];
  const column = command.name;
  const owner = thing && column !== undefined ? scene.step.objects.part(thing, 'column', column) : undefined;
  const sequence = [...(owner?.dependents ?? [])].find(({ kind }) => kind === 'sequence');
  return [{ ...scene.base(), span: base.span, kind: 'set sequence', sequence: sequence?.name, table, column }];
}

const changes: Readonly<Partial<Record<AlterTableType, TableChange['kind']>>> = {
  AT_SetLogged: 'set logged',
  AT_SetUnLogged: 'set unlogged',
  AT_SetTableSpace: 'set tablespace',
  AT_SetAccessMethod: 'set access method',
  AT_EnableRowSecurity: 'enable row security',
  AT_DisableRowSecurity: 'disable row security',
  AT_ForceRowSecurity: 'force row security',
  AT_NoForceRowSecurity: 'no force row security',
  AT_EnableTrig: 'enable trigger',
  AT_EnableAlwaysTrig: 'enable trigger',
  AT_EnableReplicaTrig: 'enable trigger',
  AT_EnableTrigAll: 'enable trigger',
  AT_EnableTrigUser: 'enable trigger',
  AT_DisableTrig: 'disable trigger',
  AT_DisableTrigAll: 'disable trigger',
  AT_DisableTrigUser: 'disable trigger',
  AT_ReplicaIdentity: 'replica identity',
  AT_SetRelOptions: 'set storage parameters',
  AT_ResetRelOptions: 'set storage parameters',
  AT_ChangeOwner: 'change owner',
};

const ofDialects = [
  'convert character set',
  'set engine',
  'set online',
  'hide index',
  'show index',
  'redefine',
] as const;

/** What only MySQL or SQLite has, in words: their dialects write it so. */
function ofDialect(clause: Clause): readonly Told[] {
  const { base, command } = clause;
  const said = as('String', command.def)?.sval;
  const kind = ofDialects.find(each => each === said);
  const change: TableChange | undefined = kind && { ...base, kind, name: command.name };
  return change ? [change] : tableChange(clause);
}

function tableChange({ base, command }: Clause): readonly Told[] {
  const kind = command.subtype && changes[command.subtype];
  const words = (command.subtype ?? '')
    .replace(/^AT_/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  if (!kind) return [{ ...base, kind: 'other', what: `alter table ${words}` }];
  const options = all('DefElem', as('List', command.def)?.items).map(({ defname }) => defname);
  const name = command.name ?? command.newowner?.rolename ?? (options.length > 0 ? options.join(', ') : undefined);
  return [{ ...base, kind, name }];
}
