import type { GrantPrivilege, Maintenance, SetParameter, Transaction } from '@migrate-lint/core';
import type {
  AlterDefaultPrivilegesStmt,
  ClusterStmt,
  GrantStmt,
  LockStmt,
  Node,
  ObjectType,
  ReindexStmt,
  TransactionStmt,
  VacuumStmt,
  VariableSetStmt,
} from 'libpg-query';
import { lockModes } from '../lock-modes.ts';
import { all, as, objectNames, strings, walk, type Body } from '../nodes.ts';
import { splitName } from '../past/volatility.ts';
import { columnOf, indexOf, tableOf, type Scene, type Told } from './scene.ts';

const transactions: Readonly<Partial<Record<NonNullable<TransactionStmt['kind']>, Transaction['kind']>>> = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
  TRANS_STMT_SAVEPOINT: 'savepoint',
  TRANS_STMT_RELEASE: 'savepoint',
  TRANS_STMT_ROLLBACK_TO: 'savepoint',
};

export function transaction(scene: Scene, { kind, chain = false }: TransactionStmt): readonly Told[] {
  const known = kind && transactions[kind];
  const what = `${(kind ?? '').replace('TRANS_STMT_', '').replaceAll('_', ' ').toLowerCase()} transaction`;
  return [known ? { ...scene.base(), kind: known, chain } : { ...scene.base(), kind: 'other', what }];
}

/** SET and RESET, of the session or of what ALTER names. */
export function setParameter(
  scene: Scene,
  statement: VariableSetStmt | undefined,
  whom: SetParameter['for'] = 'session',
): readonly Told[] {
  const { kind, name, args, is_local: local = false } = statement ?? {};
  if (kind === 'VAR_SET_MULTI') return [{ ...scene.base(), kind: 'other', what: `set ${(name ?? '').toLowerCase()}` }];
  const value = kind === 'VAR_SET_VALUE' ? (args ?? []).map(constantText).join(', ') : undefined;
  return [{ ...scene.base(), kind: 'set', name: name?.toLowerCase() ?? 'all', value, local, for: whom }];
}

function constantText(node: Node): string {
  const { sval, ival, fval, boolval } = as('A_Const', as('TypeCast', node)?.arg ?? node) ?? {};
  return sval?.sval ?? fval?.fval ?? (boolval ? String(boolval.boolval ?? false) : String(ival?.ival ?? 0));
}

/** What the functions of a SELECT set: `set_config(…)` and `setval(…)`. */
export function selectedSettings(scene: Scene, select: Body<'SelectStmt'>): readonly Told[] {
  const told: Told[] = [];
  walk(select, (kind, body) => {
    if (kind !== 'FuncCall') return;
    const { funcname, args = [] } = body as Body<'FuncCall'>;
    const name = strings(funcname).at(-1);
    const texts = args.map(arg => as('A_Const', as('TypeCast', arg)?.arg ?? arg));
    if (name === 'setval') told.push(setValue(scene, args[0]));
    if (name !== 'set_config' || texts[0]?.sval === undefined) return;
    const local = texts[2]?.boolval?.boolval ?? false;
    const [parameter, value] = [(texts[0].sval.sval ?? '').toLowerCase(), texts[1]?.sval?.sval];
    told.push({ ...scene.base(), kind: 'set', name: parameter, value, local, for: 'session' });
  });
  return told;
}

/** The sequence is a literal, or that of a column: `pg_get_serial_sequence('"User"', 'id')`. */
function setValue(scene: Scene, sequence: Node | undefined): Told {
  const { objects } = scene.step;
  const literal = as('A_Const', as('TypeCast', sequence)?.arg ?? sequence)?.sval?.sval;
  const call = as('FuncCall', sequence);
  const [table, column] = all('A_Const', call?.args).map(({ sval }) => sval?.sval);
  let thing;
  if (literal !== undefined) thing = objects.find('relation', ...splitName(literal));
  else if (table !== undefined && column !== undefined) {
    const owner = objects.find('relation', ...splitName(table));
    const part = owner && objects.part(owner, 'column', column);
    thing = [...(part?.dependents ?? [])].find(({ kind }) => kind === 'sequence');
    const record = columnOf(part);
    if (record)
      return {
        ...scene.base(),
        kind: 'set sequence',
        sequence: thing?.name,
        table: tableOf(owner),
        column: record.name,
      };
  }
  return ofSequence(scene, thing?.kind === 'sequence' ? thing : undefined, literal);
}

/** A sequence with the column that owns it. */
export function ofSequence(scene: Scene, thing: Parameters<typeof tableOf>[0], name: string | undefined): Told {
  const owner = thing?.needs.find(({ kind }) => kind === 'column');
  const path = thing ? scene.pathOf({}, thing) : name;
  return { ...scene.base(), kind: 'set sequence', sequence: path, table: tableOf(owner?.table), column: owner?.name };
}

export function lockTable(scene: Scene, { relations, mode = 8 }: LockStmt): readonly Told[] {
  const tables = all('RangeVar', relations).flatMap(relation => scene.table(relation) ?? []);
  const existedBefore = tables.some(table => scene.existedBefore(table));
  return [
    { ...scene.base(), kind: 'lock table', tables, existedBefore, mode: lockModes[mode - 1] ?? 'ACCESS EXCLUSIVE' },
  ];
}

/** Whether an option in brackets is on: `(CONCURRENTLY)`, `(FULL true)`, but not `(FULL off)`. */
function isOn(options: readonly Node[] | undefined, name: string): boolean {
  return all('DefElem', options).some(({ defname, arg }) => {
    const value = as('String', arg)?.sval ?? (as('Integer', arg) ? String(as('Integer', arg)?.ival ?? 0) : 'true');
    return defname === name && !['false', 'off', '0', 'no'].includes(value.toLowerCase());
  });
}

export function vacuum(scene: Scene, { options, rels, is_vacuumcmd: isVacuum = false }: VacuumStmt): readonly Told[] {
  const kind = !isVacuum ? 'analyze' : isOn(options, 'full') ? 'vacuum full' : 'vacuum';
  const relations = all('VacuumRelation', rels).map(({ relation }) => relation);
  return maintain(scene, kind, relations);
}

export function cluster(scene: Scene, { relation }: ClusterStmt): readonly Told[] {
  return maintain(scene, 'cluster', relation ? [relation] : []);
}

export function maintain(
  scene: Scene,
  kind: Maintenance['kind'],
  relations: readonly Parameters<Scene['table']>[0][],
  { concurrently = false, noData = false } = {},
): readonly Told[] {
  const all = relations.length === 0 ? [undefined] : relations;
  return all.map(relation => {
    const table = scene.table(relation);
    const existedBefore = table ? scene.existedBefore(table) : true;
    return { ...scene.base(), kind, table, existedBefore, concurrently, noData };
  });
}

const targets = {
  REINDEX_OBJECT_INDEX: 'index',
  REINDEX_OBJECT_TABLE: 'table',
  REINDEX_OBJECT_SCHEMA: 'schema',
  REINDEX_OBJECT_DATABASE: 'database',
  REINDEX_OBJECT_SYSTEM: 'system',
} as const;

export function reindex(scene: Scene, { kind, relation, name = '', params }: ReindexStmt): readonly Told[] {
  const target = targets[kind ?? 'REINDEX_OBJECT_INDEX'];
  const found = target === 'table' ? scene.thing(relation) : scene.step.find(relation);
  const index = indexOf(found);
  const table = tableOf(index ? found?.table : found);
  const known = index ?? table;
  return [
    {
      ...scene.base(),
      kind: 'reindex',
      name: relation ? scene.pathOf(relation, found) : name,
      target,
      index,
      table,
      existedBefore: known ? scene.existedBefore(known) : true,
      concurrently: isOn(params, 'concurrently'),
      ifExists: false,
      cascade: false,
    },
  ];
}

const types: Readonly<Partial<Record<ObjectType, GrantPrivilege['type']>>> = {
  OBJECT_TABLE: 'table',
  OBJECT_SCHEMA: 'schema',
  OBJECT_FUNCTION: 'function',
  OBJECT_PROCEDURE: 'function',
  OBJECT_ROUTINE: 'function',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_DATABASE: 'database',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'type',
};

export function grant(scene: Scene, statement: GrantStmt, byDefault = false): readonly Told[] {
  const { is_grant: isGrant = false, targtype, objtype, objects, privileges, grantees } = statement;
  const type = (objtype && types[objtype]) ?? 'other';
  const named = targtype === 'ACL_TARGET_OBJECT' ? (objects ?? []) : [];
  const words = all('AccessPriv', privileges).map(({ priv_name: word = 'all' }) => word.toUpperCase());
  return [
    {
      ...scene.base(),
      kind: byDefault ? 'default grant' : isGrant ? 'grant' : 'revoke',
      privileges: words.length === 0 ? ['ALL'] : words,
      on: named.map(object => onOf(scene, object)),
      type,
      to: rolesOf(grantees),
    },
  ];
}

function onOf(scene: Scene, object: Node): string {
  const relation = as('RangeVar', object);
  return relation ? scene.pathOf(relation, scene.step.find(relation)) : objectNames(object).join('.');
}

export function grantByDefault(scene: Scene, { action }: AlterDefaultPrivilegesStmt): readonly Told[] {
  if (action?.is_grant !== true) return [{ ...scene.base(), kind: 'other', what: 'revoke default privileges' }];
  return grant(scene, action, true);
}

/** Membership in roles. */
export function grantRole(
  scene: Scene,
  { is_grant: isGrant = false, ...statement }: Body<'GrantRoleStmt'>,
): readonly Told[] {
  const privileges = all('AccessPriv', statement.granted_roles).map(({ priv_name: name = '' }) => name);
  const to = rolesOf(statement.grantee_roles);
  return [{ ...scene.base(), kind: isGrant ? 'grant' : 'revoke', privileges, on: [], type: 'role', to }];
}

function rolesOf(roles: readonly Node[] | undefined): readonly string[] {
  return all('RoleSpec', roles).map(({ roletype, rolename }) => {
    if (roletype === 'ROLESPEC_PUBLIC') return 'PUBLIC';
    return rolename ?? (roletype ?? '').replace('ROLESPEC_', '');
  });
}
