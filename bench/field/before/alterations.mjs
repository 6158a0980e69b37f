import { noteFunction, noteType, reads } from './expressions.mjs';
import { typeBefore, typeOf, typeOfConstant } from './types.mjs';
import { pathOf } from './world.mjs';

/** What ALTER TABLE asks to be there. */
export function alterTable(world, { relation, cmds = [] }, script) {
  const table = world.table(relation);
  const scope = [{ relation, table }];
  for (const { AlterTableCmd: command } of cmds) {
    const handler = commands[command.subtype];
    handler?.({ world, table, scope, relation, script, ...command, command });
  }
}

const needColumn = ({ world, table, name }) => world.column(table, name);

const commands = {
  AT_AddColumn: ({ world, table, relation, scope, def }) => addColumn(world, def.ColumnDef, { table, relation, scope }),
  AT_DropColumn: needColumn,
  AT_ColumnDefault: ({ world, table, scope, name, def }) => {
    const constant = def?.A_Const;
    world.column(table, name, constant ? typeOfConstant(constant) : undefined);
    reads(world, def, scope);
  },
  AT_SetNotNull: needColumn,
  AT_SetStatistics: needColumn,
  AT_SetStorage: needColumn,
  AT_SetOptions: needColumn,
  AT_DropNotNull: ({ world, table, name }) => {
    const column = world.column(table, name);
    if (column) column.notNull = true;
    if (table && name === 'id') table.keyed = false;
  },
  AT_AlterColumnType: ({ world, table, name, def }) => {
    const using = def.ColumnDef.raw_default !== undefined;
    noteType(world, def.ColumnDef.typeName);
    world.column(table, name, typeBefore(name, typeOf(def.ColumnDef.typeName), using));
  },
  AT_AddConstraint: ({ world, table, relation, scope, def }) => {
    world.made.add(`${pathOf(relation)} ${def.Constraint.conname}`);
    addConstraint(world, def.Constraint, { table, relation, scope });
  },
  AT_ValidateConstraint: ({ world, table, name, script }) => {
    if (!table || world.made.has(`${table.path} ${name}`) || table.constraints.has(name)) return;
    table.constraints.set(name, { kind: 'check', column: script.requiredColumn(table.path), valid: false });
  },
  AT_DropConstraint: ({ world, table, name, missing_ok: missing }) => {
    if (!table || missing || world.made.has(`${table.path} ${name}`) || table.constraints.has(name)) return;
    const kind = /_pkey$|^pk_|_pk$/.test(name) ? 'primary' : /_key$|uniq|^uq_/.test(name) ? 'unique' : 'check';
    table.constraints.set(name, { kind, column: kind === 'unique' ? 'email' : undefined, valid: true });
    if (kind === 'unique') table.columns.set('email', table.columns.get('email') ?? { name: 'email', type: 'text' });
  },
  AT_AttachPartition: ({ world, table, relation, def }) => attach(world, table, relation, def.PartitionCmd),
  AT_DetachPartition: ({ world, table, def }) => detach(world, table, def.PartitionCmd),
  AT_EnableTrig: ({ table, name }) => void table?.triggers.add(name),
  AT_DisableTrig: ({ table, name }) => void table?.triggers.add(name),
  AT_EnableAlwaysTrig: ({ table, name }) => void table?.triggers.add(name),
  AT_EnableReplicaTrig: ({ table, name }) => void table?.triggers.add(name),
  AT_ClusterOn: ({ table, name }) => void table?.indexes.set(name, { unique: false }),
};

export function addColumn(world, column, place) {
  const { sql } = typeOf(column.typeName ?? {});
  const defaults = (column.constraints ?? []).map(({ Constraint }) => Constraint);
  const value = defaults.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.raw_expr;
  noteType(world, column.typeName, value);
  if (value?.FuncCall) noteFunction(world, value.FuncCall, [], sql);
  if (place.table && column.colname === 'id') place.table.keyed = false;
  world.make(place.relation, column.colname, sql);
  for (const constraint of defaults) addConstraint(world, constraint, place, { name: column.colname, type: sql });
}

/** `own` is the column that the constraint is written in. */
export function addConstraint(world, constraint, { table, relation, scope }, own) {
  const { contype, keys = [], fk_attrs: foreign = [], pktable, pk_attrs: primary = [], indexname } = constraint;
  const names = list => list.map(({ String: { sval } }) => sval);
  for (const name of names([...keys, ...foreign])) world.column(table, name);
  reads(world, [constraint.raw_expr, constraint.where_clause, constraint.exclusions], scope);
  for (const { List } of constraint.exclusions ?? []) {
    const [element, operator] = List.items;
    const overlaps = operator?.List?.items?.[0]?.String?.sval === '&&';
    if (element.IndexElem?.name) world.column(table, element.IndexElem.name, overlaps ? 'tstzrange' : undefined);
  }
  if (contype === 'CONSTR_PRIMARY' && table) table.keyed = false;
  if (indexname && table && !world.made.has(indexname)) {
    const column = contype === 'CONSTR_PRIMARY' ? 'id' : 'email';
    const key = world.column(table, column);
    if (key && contype === 'CONSTR_PRIMARY') key.notNull = true;
    table.indexes.set(indexname, { unique: true, keys: [column] });
  }
  if (!pktable) return;
  const target = world.table(pktable);
  const [from] = own ? [own] : names(foreign).map(name => table?.columns.get(name) ?? world.madeColumn(relation, name));
  const [to = 'id'] = names(primary);
  const column = world.column(target, to);
  if (!column) return;
  world.keys.push([from ?? { name: to }, column]);
  if (to !== 'id') target.constraints.set(`${target.name}_${to}_key`, { kind: 'unique', column: to });
}

function attach(world, table, relation, { name, bound }) {
  const key = partitioned(world, table, bound);
  const child = world.table(name);
  if (!child || child === table) return;
  if (table) for (const column of table.columns.values()) child.columns.set(column.name, { ...column });
  else if (key) world.column(child, key);
  child.keyed = false;
}

function detach(world, table, { name }) {
  partitioned(world, table, undefined);
  const child = world.table(name);
  if (!child || !table) return;
  const year = 1990 + world.tables.size;
  child.partition = { of: table.path, bound: `FOR VALUES FROM ('${year}-01-01') TO ('${year + 1}-01-01')` };
}

/** A parent becomes partitioned by a column that its bound fits. */
export function partitioned(world, table, bound) {
  if (!table) return undefined;
  table.keyed = false;
  const [datum] = [bound?.lowerdatums ?? bound?.listdatums ?? []].flat();
  const constant = datum?.A_Const;
  const type = constant ? typeOfConstant(constant) : 'timestamp with time zone';
  const key = type === 'integer' ? 'id' : type === 'text' ? 'region' : 'created_at';
  table.partition ??= { strategy: { l: 'LIST', h: 'HASH' }[bound?.strategy] ?? 'RANGE', key };
  world.column(table, 'id');
  world.column(table, table.partition.key, type);
  return table.partition.key;
}
