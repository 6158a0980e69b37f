import type { CreateFunctionStmt, DefElem, IntoClause, Node, RenameStmt } from 'libpg-query';
import { alterTable } from './alter-table.ts';
import { functionNamed, thingAt } from './addresses.ts';
import { columnsOf, createIndex } from './constraints.ts';
import { grant, grantByDefault } from './grants.ts';
import {
  all,
  as,
  objectNames,
  qualified,
  signature,
  strings,
  type Body,
  type NodeName,
  type QualifiedName,
} from './nodes.ts';
import { depend, type Thing, type ThingKind, withHeirs } from './thing.ts';
import type { Volatility } from './past/builtin-functions.ts';
import { changeValues } from './past/describe-enum.ts';
import { changeTable } from './past/describe-table.ts';
import { detailOf } from './past/details.ts';
import type { Step } from './step.ts';
import { firstArm, isStar, resultName } from './output-names.ts';
import { readBy } from './reads.ts';
import { createTable, typeOf } from './tables.ts';

type Reader<Name extends NodeName> = (step: Step, statement: Body<Name>) => void;

/** What each kind of statement does to the objects. Kinds that are not here touch none. */
export const readers: { readonly [Name in NodeName]?: Reader<Name> } = {
  CreateStmt: createTable,
  CreateForeignTableStmt: (step, { base }) => base && createTable(step, base),
  CreateTableAsStmt: (step, { into, query, objtype }) => createTableAs(step, into, query, objtype === 'OBJECT_MATVIEW'),
  SelectStmt: (step, statement) => {
    if (statement.intoClause) createTableAs(step, statement.intoClause, { SelectStmt: statement }, false);
    for (const target of all('ResTarget', statement.targetList)) setConfig(step, target.val);
  },
  AlterTableStmt: alterTable,
  IndexStmt: createIndex,

  ViewStmt: (step, { view, query, replace }) => {
    const existing = replace === true ? step.find(view) : undefined;
    step.alter(existing);
    if (existing) depend(existing, readBy(step, query));
    const made = existing ?? step.createRelation('view', view, readBy(step, query));
    if (made) changeTable(step, made, { kind: 'view' });
  },
  RefreshMatViewStmt: (step, { relation, skipData = false }) => {
    const view = step.find(relation);
    if (view && step.objects.changes) changeTable(step, view, { populated: !skipData });
  },
  InsertStmt: (step, { relation }) => {
    const table = step.objects.changes && step.find(relation);
    if (table?.kind === 'table' && detailOf('relation', table)?.seeded !== true)
      changeTable(step, table, { seeded: true });
  },
  CreateSeqStmt: (step, { sequence, options }) => {
    setOwner(step, step.createRelation('sequence', sequence), options);
  },
  AlterSeqStmt: (step, { sequence, options }) => {
    const altered = step.find(sequence);
    step.alter(altered);
    setOwner(step, altered, options);
  },

  CreateEnumStmt: (step, { typeName, vals }) => {
    const values = strings(vals).map(name => ({ name, addedBy: undefined }));
    step.describe(step.create('enum', qualified(strings(typeName))), () => ({ of: 'enum', values }));
  },
  AlterEnumStmt: (step, statement) => {
    const type = alterType(step, statement.typeName);
    step.describe(type, old => (old?.of === 'enum' ? changeValues(old, statement, step.statement) : undefined));
  },
  CreateDomainStmt: (step, { domainname }) => void step.create('type', qualified(strings(domainname))),
  AlterDomainStmt: (step, { typeName }) => void alterType(step, typeName),
  CompositeTypeStmt: (step, { typevar }) => void step.createRelation('type', typevar),
  CreateRangeStmt: (step, { typeName }) => void step.create('type', qualified(strings(typeName))),
  AlterTypeStmt: (step, { typeName }) => void alterType(step, typeName),
  DefineStmt: (step, { kind, defnames, args, replace }) => {
    const { schema, name } = qualified(strings(defnames));
    if (kind === 'OBJECT_TYPE') step.create('type', { schema, name });
    if (kind !== 'OBJECT_AGGREGATE') return;
    const parameters = all('FunctionParameter', as('List', args?.[0])?.items);
    makeFunction(step, { schema, name: `${name}(${signature(parameters)})` }, replace, []);
  },

  CreateFunctionStmt: createFunction,
  AlterFunctionStmt: (step, { func, objtype, actions }) => {
    if (!func) return;
    const altered = thingAt(step, { type: objtype, object: { ObjectWithArgs: func } });
    step.alter(altered);
    const volatility = volatilityIn(actions);
    if (volatility) step.describe(altered, () => ({ of: 'function', volatility }));
  },
  CreateTrigStmt: (step, { relation, trigname, funcname, columns, replace }) => {
    const table = step.findOrAssume(relation);
    const { schema, name } = qualified(strings(funcname));
    const called = functionNamed(step, schema, name);
    const needs = [...(called ? [called] : []), ...(table ? columnsOf(step, table, strings(columns)) : [])];
    makePart(step, table, 'trigger', trigname, replace, needs);
  },
  RuleStmt: (step, { relation, rulename, replace }) =>
    makePart(step, step.findOrAssume(relation), 'trigger', rulename, replace, []),
  CreatePolicyStmt: (step, { table: relation, policy_name, qual, with_check }) => {
    const table = step.findOrAssume(relation);
    makePart(step, table, 'policy', policy_name, false, table ? readBy(step, [qual, with_check], table) : []);
  },
  AlterPolicyStmt: (step, { table, policy_name, qual, with_check }) => {
    const policy = thingAt(step, { type: 'OBJECT_POLICY', relation: table, part: policy_name });
    step.alter(policy);
    // Of the two expressions it keeps the one that is not said.
    const read = readBy(step, [qual, with_check], policy?.table);
    if (policy) depend(policy, qual && with_check ? read : [...new Set([...policy.needs, ...read])]);
  },

  CreateExtensionStmt: (step, { extname = '' }) => void step.create('extension', { schema: 'public', name: extname }),
  AlterExtensionStmt: (step, { extname = '' }) => step.alter(step.objects.find('extension', 'public', extname)),
  CreateSchemaStmt: (step, { schemaname = '' }) => void step.create('schema', { schema: 'public', name: schemaname }),

  RenameStmt: rename,
  AlterObjectSchemaStmt: (step, { objectType, relation, object, newschema = '', missing_ok = false }) => {
    const moved = thingAt(step, { type: objectType, relation, object }, missing_ok);
    if (moved?.kind === 'extension') step.alter(moved);
    else if (moved) step.objects.rename(moved, newschema, moved.name, step.touch('altered'));
  },
  AlterOwnerStmt: (step, { objectType, relation, object }) =>
    step.alter(thingAt(step, { type: objectType, relation, object })),
  CommentStmt: (step, { objtype, object }) => step.alter(thingAt(step, { type: objtype, object })),
  DropStmt: (step, { objects, removeType, behavior, missing_ok = false }) => {
    for (const object of objects ?? []) {
      const dropped = thingAt(step, { type: removeType, object }, missing_ok);
      if (dropped) step.objects.drop(dropped, step.touch('dropped'), behavior === 'DROP_CASCADE');
      if (removeType === 'OBJECT_SCHEMA') step.objects.dropSchema(objectNames(object)[0] ?? '', step.touch('dropped'));
    }
  },
  GrantStmt: grant,
  AlterDefaultPrivilegesStmt: grantByDefault,
  VariableSetStmt: (step, { name, kind, args, is_local = false }) => {
    if (name !== 'search_path' && kind !== 'VAR_RESET_ALL') return;
    const path = all('A_Const', args).map(({ sval }) => sval?.sval ?? '');
    step.objects.setSearchPath(kind === 'VAR_SET_VALUE' ? path : ['public'], is_local);
  },
};

/** `set_config('search_path', …)`, as pg_dump writes it. */
function setConfig(step: Step, value: Node | undefined): void {
  const call = as('FuncCall', value);
  if (strings(call?.funcname).at(-1) !== 'set_config') return;
  const [name, path, local] = all('A_Const', call?.args);
  if (name?.sval?.sval !== 'search_path') return;
  const schemas = (path?.sval?.sval ?? '').split(',').map(schema => schema.trim().replace(/^"(.*)"$/, '$1'));
  step.objects.setSearchPath(schemas.filter(Boolean), local?.boolval?.boolval ?? false);
}

function createTableAs(step: Step, into: IntoClause | undefined, query: Node | undefined, materialized: boolean): void {
  const made = step.createRelation(materialized ? 'view' : 'table', into?.rel, materialized ? readBy(step, query) : []);
  if (!made) return;
  changeTable(step, made, {
    kind: materialized ? 'materialized view' : 'table',
    unlogged: into?.rel?.relpersistence === 'u',
    populated: into?.skipData !== true,
    seeded: !materialized && into?.skipData !== true,
  });
  if (materialized) return;
  const targets = all('ResTarget', firstArm(as('SelectStmt', query))?.targetList);
  const said = strings(into?.colNames);
  made.open = true;
  const star = said.length > 0 ? targets.findIndex(({ val }) => isStar(val)) : -1;
  for (const [index, { name, val }] of targets.entries()) {
    // Behind a `*` nobody knows which of the names that are said is whose.
    if (isStar(val) || (star !== -1 && index > star)) continue;
    const column = said[index] ?? name ?? resultName(val);
    if (column !== undefined) step.objects.createPart(made, 'column', column, step.touch('created'));
  }
}

/** OWNED BY: the sequence goes with the column. */
function setOwner(step: Step, sequence: Thing | undefined, options: readonly Node[] | undefined): void {
  const option: DefElem | undefined = all('DefElem', options).find(({ defname }) => defname === 'owned_by');
  if (!sequence || !option) return;
  const owner = thingAt(step, { type: 'OBJECT_COLUMN', object: option.arg });
  depend(sequence, owner ? [owner] : []);
}

function alterType(step: Step, typeName: readonly Node[] | undefined): Thing | undefined {
  const { schema, name } = qualified(strings(typeName));
  const type = step.objects.find('type', schema, name);
  step.alter(type);
  return type;
}

function createFunction(step: Step, { funcname, parameters, returnType, replace, options }: CreateFunctionStmt): void {
  const inputs = all('FunctionParameter', parameters);
  const { schema, name } = qualified(strings(funcname));
  const types = [...inputs.map(({ argType }) => argType), returnType].flatMap(type => typeOf(step, type));
  const made = makeFunction(step, { schema, name: `${name}(${signature(inputs)})` }, replace, types);
  // What does not say it is volatile to Postgres.
  step.describe(made, () => ({ of: 'function', volatility: volatilityIn(options) ?? 'volatile' }));
}

function volatilityIn(options: readonly Node[] | undefined): Volatility | undefined {
  const option = all('DefElem', options).find(({ defname }) => defname === 'volatility');
  const word = as('String', option?.arg)?.sval;
  return word === 'immutable' || word === 'stable' || word === 'volatile' ? word : undefined;
}

function makeFunction(
  step: Step,
  { schema, name }: QualifiedName,
  replace: boolean | undefined,
  types: readonly Thing[],
): Thing | undefined {
  const existing = replace === true ? step.objects.find('function', step.objects.schemaFor(schema), name) : undefined;
  step.alter(existing);
  return existing ?? step.create('function', { schema, name }, types);
}

function makePart(
  step: Step,
  table: Thing | undefined,
  kind: ThingKind,
  name = '',
  replace: boolean | undefined,
  needs: readonly Thing[],
): void {
  const existing = table && step.objects.part(table, kind, name);
  if (existing && replace === true) {
    step.alter(existing);
    depend(existing, needs);
  } else if (table && !existing) {
    step.objects.createPart(table, kind, name, step.touch('created'), needs);
  }
}

function rename(
  step: Step,
  { renameType, relation, object, subname, newname = '', missing_ok = false }: RenameStmt,
): void {
  const { objects } = step;
  const touch = step.touch('renamed');
  const renamed = thingAt(step, { type: renameType, relation, object, part: subname }, missing_ok);
  if (renameType === 'OBJECT_SCHEMA') objects.renameSchema(subname ?? '', newname, touch);
  if (!renamed) return;
  const ofType = renameType === 'OBJECT_ATTRIBUTE' || renameType === 'OBJECT_DOMCONSTRAINT';
  if (ofType || (renamed.kind === 'view' && renameType === 'OBJECT_COLUMN')) {
    step.alter(renamed);
    return;
  }
  const heirs = renamed.table ? withHeirs(renamed.table) : [];
  const inherited = heirs.flatMap(heir => objects.part(heir, renamed.kind, renamed.name) ?? []);
  const types = renamed.kind === 'function' ? renamed.name.slice(renamed.name.lastIndexOf('(')) : '';
  for (const each of new Set([renamed, ...inherited])) objects.rename(each, each.schema, `${newname}${types}`, touch);
}
