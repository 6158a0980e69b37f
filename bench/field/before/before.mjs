import { loadModule, parseSync } from 'libpg-query';
import { addColumn, addConstraint, alterTable, partitioned } from './alterations.mjs';
import { enumOf, noteType, reads, readsQuery, scopeOf } from './expressions.mjs';
import { typeOf, typeOfConstant } from './types.mjs';
import { nameOf, pathOf, World } from './world.mjs';

await loadModule();

/**
 * The script that makes what another one takes for granted, as a migration before it: every table that it changes and does not make, with the
 * columns that it names. The types are those that its constants, casts and foreign keys ask for, else likely ones by name; before a change of
 * type it is the nearest smaller one. Every table has a primary key `id` unless the script adds one. Undefined for what does not parse.
 */
export function before(sql) {
  let statements;
  try {
    statements = (parseSync(sql).stmts ?? []).map(({ stmt }) => stmt);
  } catch {
    return undefined;
  }
  const world = new World();
  const script = scriptOf(statements);
  for (const statement of statements) {
    const [[kind, node]] = Object.entries(statement);
    statementKinds[kind]?.(world, node, script);
  }
  return world.sql();
}

/** The statements of a script as Postgres's parser parts them, which counts in bytes. */
export function statementsOf(sql) {
  const bytes = Buffer.from(sql);
  return (parseSync(sql).stmts ?? []).map(({ stmt_location: start = 0, stmt_len: length }) =>
    bytes.subarray(start, length === undefined ? undefined : start + length).toString(),
  );
}

/** What has to be known of the whole script. */
function scriptOf(statements) {
  const commands = statements.flatMap(({ AlterTableStmt: alter }) =>
    (alter?.cmds ?? []).map(({ AlterTableCmd }) => ({ path: pathOf(alter.relation), ...AlterTableCmd })),
  );
  return {
    statements,
    requiredColumn: path =>
      commands.find(command => command.path === path && command.subtype === 'AT_SetNotNull')?.name,
    indexCalled: name => statements.find(({ IndexStmt }) => IndexStmt?.idxname === name)?.IndexStmt,
  };
}

const parts = list => list.map(({ String: { sval } }) => sval);
const relationOf = list => ({ schemaname: list.at(-2), relname: list.at(-1) });

const statementKinds = {
  AlterTableStmt: alterStatement,
  CreateStmt: createTable,
  CreateTableAsStmt: (world, { query, into }) => {
    reads(world, query, []);
    world.made.add(pathOf(into.rel));
  },
  ViewStmt: (world, { query, view }) => {
    reads(world, query, []);
    world.made.add(pathOf(view));
  },
  IndexStmt: (world, { relation, idxname, indexParams = [], whereClause }) => {
    const scope = scopeOf(world, relation);
    for (const { IndexElem } of indexParams) {
      if (IndexElem.name) world.column(scope[0].table, IndexElem.name);
      else reads(world, IndexElem.expr, scope);
    }
    reads(world, whereClause, scope);
    if (idxname) world.made.add(idxname);
  },
  InsertStmt: (world, { relation, cols = [], selectStmt, onConflictClause }) => {
    const scope = scopeOf(world, relation);
    const [values = []] = selectStmt?.SelectStmt?.valuesLists?.map(({ List }) => List.items) ?? [];
    cols.forEach(({ ResTarget }, index) => assigned(world, scope, ResTarget.name, values[index]));
    (onConflictClause?.infer?.indexElems ?? []).forEach(({ IndexElem }) => {
      if (!world.column(scope[0].table, IndexElem.name)) return;
      const { name, constraints } = scope[0].table;
      constraints.set(`${name}_${IndexElem.name}_key`, { kind: 'unique', column: IndexElem.name });
    });
    for (const { ResTarget } of onConflictClause?.targetList ?? [])
      assigned(world, scope, ResTarget.name, ResTarget.val);
    reads(world, selectStmt, scope);
  },
  UpdateStmt: (world, { relation, targetList = [], whereClause, fromClause = [], withClause }) => {
    const scope = [
      ...scopeOf(world, relation),
      ...fromClause.flatMap(({ RangeVar }) => (RangeVar ? scopeOf(world, RangeVar) : [])),
    ];
    for (const { ResTarget } of targetList) assigned(world, scope, ResTarget.name, ResTarget.val);
    reads(world, [whereClause, withClause], scope);
  },
  MergeStmt: (world, { relation, sourceRelation, joinCondition, mergeWhenClauses = [] }) => {
    const scope = [
      ...scopeOf(world, relation),
      ...(sourceRelation.RangeVar ? scopeOf(world, sourceRelation.RangeVar) : []),
    ];
    reads(world, joinCondition, scope);
    for (const { MergeWhenClause } of mergeWhenClauses)
      for (const { ResTarget } of MergeWhenClause.targetList ?? [])
        assigned(world, scope, ResTarget.name, ResTarget.val);
  },
  DeleteStmt: (world, { relation, whereClause, withClause }) =>
    reads(world, [whereClause, withClause], scopeOf(world, relation)),
  SelectStmt: (world, select) => readsQuery(world, select),
  CopyStmt: (world, { relation }) => void (relation && world.table(relation)),
  TruncateStmt: (world, { relations }) => relations.forEach(({ RangeVar }) => world.table(RangeVar)),
  LockStmt: (world, { relations }) => relations.forEach(({ RangeVar }) => world.table(RangeVar)),
  VacuumStmt: (world, { rels = [] }) => rels.forEach(({ VacuumRelation }) => world.table(VacuumRelation.relation)),
  ClusterStmt: (world, { relation, indexname }) => {
    const table = relation && world.table(relation);
    if (table && indexname) table.indexes.set(indexname, { unique: false });
  },
  ReindexStmt: (world, { kind, relation, name }, script) => {
    if (kind === 'REINDEX_OBJECT_INDEX') needIndex(world, relation, script);
    else if (relation) world.table(relation);
    else if (kind === 'REINDEX_OBJECT_SCHEMA') world.schemas.add(name);
  },
  RefreshMatViewStmt: (world, { relation }) => {
    if (!world.made.has(pathOf(relation))) world.views.set(pathOf(relation), 'materialized view');
  },
  CreateTrigStmt: (world, { relation, funcname }) => {
    world.table(relation);
    const path = nameOf(parts(funcname));
    if (!world.made.has(`${path}()`))
      world.functions.set(
        path,
        `CREATE FUNCTION ${path}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;`,
      );
  },
  CreatePolicyStmt: (world, { table, qual, with_check: check }) => reads(world, [qual, check], scopeOf(world, table)),
  CreateFunctionStmt: (world, { funcname }) => void world.made.add(`${nameOf(parts(funcname))}()`),
  CreateEnumStmt: (world, { typeName }) => madeType(world, parts(typeName)),
  CreateDomainStmt: (world, { domainname }) => void world.made.add(nameOf(parts(domainname))),
  CompositeTypeStmt: (world, { typevar }) => void world.made.add(pathOf(typevar)),
  CreateSchemaStmt: (world, { schemaname }) => void world.schemas.delete(schemaname),
  CreateSeqStmt: (world, { sequence }) => void world.made.add(pathOf(sequence)),
  AlterSeqStmt: (world, { sequence }) => {
    if (!world.made.has(pathOf(sequence))) world.sequences.add(pathOf(sequence));
  },
  AlterEnumStmt: (world, { typeName, oldVal, newVal, newValNeighbor }) => {
    const path = nameOf(parts(typeName));
    if (world.made.has(path)) return;
    const values = world.enums.get(path) ?? new Set();
    for (const value of [oldVal, newValNeighbor]) if (value) values.add(value);
    world.enums.set(path, values.add('first'));
    if (!oldVal) world.made.add(`${path}=${newVal}`);
  },
  AlterDomainStmt: (world, { typeName, name, def }) =>
    needDomain(world, parts(typeName), name, JSON.stringify(def ?? {}).includes('"ival"') ? 'integer' : 'text'),
  RenameStmt: rename,
  AlterObjectSchemaStmt: (world, { relation, newschema }) => {
    if (relation) world.table(relation);
    world.schemas.add(newschema);
  },
  CommentStmt: (world, { objtype, object }) => {
    const items = object?.List ? parts(object.List.items) : [];
    if (objtype === 'OBJECT_TABLE' && items.length > 0) world.table(relationOf(items));
    if (objtype === 'OBJECT_COLUMN') world.column(world.table(relationOf(items.slice(0, -1))), items.at(-1));
  },
  GrantStmt: (world, { objects = [], targtype }) => {
    if (targtype === 'ACL_TARGET_OBJECT') objects.forEach(({ RangeVar }) => RangeVar && world.table(RangeVar));
  },
  DropStmt: drop,
};

function alterStatement(world, node, script) {
  if (node.objtype === 'OBJECT_INDEX') needIndex(world, node.relation, script);
  else if (node.objtype === 'OBJECT_MATVIEW') world.views.set(pathOf(node.relation), 'materialized view');
  else if (node.objtype === 'OBJECT_TABLE') alterTable(world, node, script);
}

function createTable(world, { relation, tableElts = [], inhRelations = [], partbound }) {
  const path = pathOf(relation);
  const place = { table: undefined, relation, scope: [] };
  if (relation.schemaname && relation.schemaname !== 'public') world.schemas.add(relation.schemaname);
  for (const { RangeVar } of inhRelations) {
    const parent = world.table(RangeVar);
    if (partbound) partitioned(world, parent, partbound);
  }
  world.made.add(path);
  for (const { ColumnDef, Constraint, TableLikeClause } of tableElts) {
    if (ColumnDef) addColumn(world, ColumnDef, place);
    if (Constraint) addConstraint(world, Constraint, place);
    if (TableLikeClause) world.likes.set(path, world.table(TableLikeClause.relation)?.path ?? path);
  }
}

function assigned(world, scope, name, value) {
  const constant = value?.A_Const ?? value?.TypeCast?.arg?.A_Const;
  const cast = value?.TypeCast && typeOf(value.TypeCast.typeName);
  const type = cast?.sql ?? (constant && (enumOf(world, constant) ?? typeOfConstant(constant)));
  world.column(scope[0].table, name, type);
  reads(world, value, scope);
}

function needIndex(world, relation, script) {
  if (world.made.has(relation.relname)) return;
  const own = script.indexCalled(relation.relname);
  const keys = own?.indexParams.flatMap(({ IndexElem }) => (IndexElem.name ? [IndexElem.name] : []));
  const table = world.table(
    own ? own.relation : { schemaname: relation.schemaname, relname: `${relation.relname}_table` },
  );
  for (const key of keys ?? ['value']) world.column(table, key);
  table?.indexes.set(relation.relname, { unique: own?.unique === true, keys: keys ?? ['value'] });
}

function needDomain(world, names, constraint, type = 'text') {
  const path = nameOf(names);
  if (world.made.has(path) || world.domains.has(path)) return;
  world.domains.set(path, { type, constraint });
  world.column(world.table({ relname: `${names.at(-1)}_values` }), 'value', path);
}

function madeType(world, names) {
  world.made.add(nameOf(names));
  if (names.length > 1) world.schemas.add(names[0]);
}

function rename(world, { renameType, relationType, relation, object, subname, newname }, script) {
  if (renameType === 'OBJECT_TABLE') {
    world.table(relation);
    world.made.add(pathOf({ ...relation, relname: newname }));
  } else if (renameType === 'OBJECT_COLUMN' && relationType === 'OBJECT_TABLE') {
    world.column(world.table(relation), subname);
    world.made.add(`${pathOf(relation)}.${newname}`);
  } else if (renameType === 'OBJECT_INDEX') {
    needIndex(world, relation, script);
    world.made.add(newname);
  } else if (renameType === 'OBJECT_TABCONSTRAINT') {
    const table = world.table(relation);
    if (table && !world.made.has(`${table.path} ${subname}`))
      table.constraints.set(subname, { kind: 'check', valid: true });
  } else if (renameType === 'OBJECT_TYPE') noteType(world, { names: object.List.items });
  else if (renameType === 'OBJECT_SCHEMA') needSchema(world, subname, true);
}

function drop(world, { removeType, objects, behavior }, script) {
  for (const object of objects) {
    const names = parts(object.List?.items ?? object.TypeName?.names ?? (object.String ? [object] : []));
    const relation = relationOf(names);
    if (removeType === 'OBJECT_TABLE') {
      // What is dropped and made again was there before, whatever comes behind.
      world.table(relation);
    } else if (removeType === 'OBJECT_INDEX') needIndex(world, relation, script);
    else if (removeType === 'OBJECT_SCHEMA') needSchema(world, names[0], behavior === 'DROP_CASCADE');
    else if (removeType === 'OBJECT_TRIGGER') world.table(relationOf(names.slice(0, -1)))?.triggers.add(names.at(-1));
    else if (removeType === 'OBJECT_TYPE') noteType(world, object.TypeName);
    else if (removeType === 'OBJECT_DOMAIN') needDomain(world, names);
    else if (removeType === 'OBJECT_SEQUENCE') world.sequences.add(nameOf(names));
    else if (removeType === 'OBJECT_VIEW') needView(world, relation, 'view');
    else if (removeType === 'OBJECT_MATVIEW') needView(world, relation, 'materialized view');
  }
}

/** Without CASCADE only an empty schema can be dropped. */
function needSchema(world, name, filled) {
  world.schemas.add(name);
  if (filled) world.column(world.table({ schemaname: name, relname: 'kept' }), 'value');
}

function needView(world, relation, kind) {
  if (!world.made.has(pathOf(relation))) world.views.set(pathOf(relation), kind);
}
