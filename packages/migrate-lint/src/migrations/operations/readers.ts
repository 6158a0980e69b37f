import { all, qualified, strings, type Body, type NodeName } from '../nodes.ts';
import { isDynamic } from '../do-blocks.ts';
import { alterTable } from './alter-table.ts';
import {
  aggregateArguments,
  createFunction,
  createNamed,
  createPart,
  createView,
  relationName,
} from './create-object.ts';
import { createIndex, createTable, createTableAs } from './create.ts';
import { drop, dropOther } from './drop.ts';
import { rename, setSchema } from './rename.ts';
import type { Scene, Told } from './scene.ts';
import {
  cluster,
  grant,
  grantByDefault,
  grantRole,
  lockTable,
  maintain,
  ofSequence,
  reindex,
  selectedSettings,
  setParameter,
  transaction,
  vacuum,
} from './settings.ts';
import { alterDomain, alterEnum } from './types.ts';
import { commonWrites, insert, merge, remove, update, write } from './writes.ts';

type Reader<Name extends NodeName> = (scene: Scene, statement: Body<Name>) => readonly Told[];

/** What each kind of statement does, in words. */
export const readers: { readonly [Name in NodeName]?: Reader<Name> } = {
  CreateStmt: createTable,
  CreateForeignTableStmt: (scene, { base }) => (base ? createTable(scene, base) : []),
  CreateTableAsStmt: (scene, { into, query, objtype, if_not_exists: ifNotExists = false }) =>
    objtype === 'OBJECT_MATVIEW'
      ? createView(scene, into?.rel, query, false, ifNotExists)
      : createTableAs(scene, into, query, ifNotExists),
  SelectStmt: (scene, statement) => [
    ...commonWrites(scene, statement.withClause),
    ...(statement.intoClause ? createTableAs(scene, statement.intoClause, statement, false) : []),
    ...selectedSettings(scene, statement),
  ],
  AlterTableStmt: alterTable,
  IndexStmt: createIndex,

  ViewStmt: (scene, { view, query, replace = false }) => createView(scene, view, query, replace, false),
  CreateSeqStmt: (scene, { sequence, if_not_exists: ifNotExists }) =>
    createNamed(scene, { space: 'relation', name: relationName(sequence), ifNotExists }),
  AlterSeqStmt: (scene, { sequence, options }) =>
    all('DefElem', options).some(({ defname }) => defname === 'restart')
      ? [ofSequence(scene, scene.step.find(sequence), relationName(sequence).name)]
      : [{ ...scene.base(), kind: 'other', what: 'alter sequence' }],
  CreateEnumStmt: (scene, { typeName }) => createNamed(scene, { space: 'type', name: qualified(strings(typeName)) }),
  CreateDomainStmt: (scene, { domainname }) =>
    createNamed(scene, { space: 'type', name: qualified(strings(domainname)) }),
  CompositeTypeStmt: (scene, { typevar }) => createNamed(scene, { space: 'type', name: relationName(typevar) }),
  CreateRangeStmt: (scene, { typeName }) => createNamed(scene, { space: 'type', name: qualified(strings(typeName)) }),
  DefineStmt: (scene, { kind, defnames, args, replace = false }) => {
    if (kind === 'OBJECT_TYPE') return createNamed(scene, { space: 'type', name: qualified(strings(defnames)) });
    if (kind === 'OBJECT_AGGREGATE') return createFunction(scene, defnames, aggregateArguments(args), replace);
    return other(scene, 'create');
  },
  CreateFunctionStmt: (scene, { funcname, parameters, replace = false }) =>
    createFunction(scene, funcname, parameters, replace),
  CreateTrigStmt: (scene, { relation, trigname = '', replace }) =>
    createPart(scene, relation, 'trigger', trigname, replace),
  RuleStmt: (scene, { relation, rulename = '', replace }) => createPart(scene, relation, 'trigger', rulename, replace),
  CreatePolicyStmt: (scene, { table, policy_name: name = '' }) => createPart(scene, table, 'policy', name),
  CreateExtensionStmt: (scene, { extname = '', if_not_exists: ifNotExists }) =>
    createNamed(scene, { space: 'extension', name: { schema: undefined, name: extname }, ifNotExists }),
  CreateSchemaStmt: (scene, { schemaname = '', if_not_exists: ifNotExists }) =>
    createNamed(scene, { space: 'schema', name: { schema: undefined, name: schemaname }, ifNotExists }),

  AlterEnumStmt: alterEnum,
  AlterDomainStmt: alterDomain,
  RenameStmt: rename,
  AlterObjectSchemaStmt: setSchema,
  DropStmt: drop,
  DropOwnedStmt: (scene, { roles }) =>
    dropOther(
      scene,
      'owned',
      all('RoleSpec', roles)
        .flatMap(({ rolename }) => rolename ?? [])
        .join(', '),
      false,
    ),
  DropdbStmt: (scene, { dbname = '', missing_ok: missingOk = false }) =>
    dropOther(scene, 'database', dbname, missingOk),

  InsertStmt: insert,
  UpdateStmt: update,
  DeleteStmt: remove,
  MergeStmt: merge,
  TruncateStmt: (scene, { relations, behavior }) => [
    write(scene, 'truncate', all('RangeVar', relations), { everyRow: true, cascade: behavior === 'DROP_CASCADE' }),
  ],
  CopyStmt: (scene, { relation, attlist, is_from: isFrom = false, is_program: isProgram = false }) => [
    ...(isFrom && relation
      ? [write(scene, 'copy', [relation], { columns: strings(attlist) })]
      : other(scene, 'copy to')),
    ...(isProgram ? other(scene, isFrom ? 'copy from program' : 'copy to program') : []),
  ],

  VacuumStmt: vacuum,
  ClusterStmt: cluster,
  ReindexStmt: reindex,
  RefreshMatViewStmt: (scene, { relation, concurrent, skipData }) =>
    maintain(scene, 'refresh', [relation], { concurrently: concurrent ?? false, noData: skipData ?? false }),
  LockStmt: lockTable,
  TransactionStmt: transaction,
  VariableSetStmt: (scene, statement) => setParameter(scene, statement),
  AlterRoleSetStmt: (scene, { setstmt }) => setParameter(scene, setstmt, 'role'),
  AlterDatabaseSetStmt: (scene, { setstmt }) => setParameter(scene, setstmt, 'database'),
  AlterSystemStmt: (scene, { setstmt }) => setParameter(scene, setstmt, 'system'),
  GrantStmt: (scene, statement) => grant(scene, statement),
  GrantRoleStmt: grantRole,
  AlterDefaultPrivilegesStmt: grantByDefault,
  // A statement of another dialect that no node of Postgres says: its words.
  String: (scene, { sval = '' }) => other(scene, sval),
  DoStmt: (scene, statement) => [{ ...scene.base(), kind: 'block', dynamic: isDynamic(statement) }],
};

/** What no reader knows, by the parser's own name: `AlterOwnerStmt` is `alter owner`. */
export function readOther(scene: Scene, name: string): readonly Told[] {
  const words = name.replace(/Stmt$/, '').replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  return other(scene, words.toLowerCase());
}

function other(scene: Scene, what: string): readonly Told[] {
  return [{ ...scene.base(), kind: 'other', what }];
}
