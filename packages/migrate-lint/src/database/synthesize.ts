import { objectPath, type Action, type IndexData, type TableData } from '@migrate-lint/core';
import type { A_Const, Constraint, IndexStmt, Node } from 'libpg-query';
import type { ParsedStatement } from '../migrations/parser.ts';

/** What a statement of Prisma's DDL would have made. */
export interface SynthesizedObject {
  readonly schema: string;
  readonly table: string;
  readonly index?: IndexData;
  readonly foreignKey?: TableData['foreignKeys'][number];
}

/**
 * The index or foreign keys that a statement of the engine's DDL would make, from its parse tree; nothing for other statements. What the
 * tree says is all there is to them, and making them for real is half of the time that building the schema takes.
 */
export function synthesize({ node }: Pick<ParsedStatement, 'node'>, sql: string): readonly SynthesizedObject[] {
  if ('IndexStmt' in node) {
    const { relation } = node.IndexStmt;
    const made = index(node.IndexStmt, sql);
    return [{ schema: relation?.schemaname ?? 'public', table: relation?.relname ?? '', index: made }];
  }
  if (!('AlterTableStmt' in node)) return [];
  const { relation, cmds = [] } = node.AlterTableStmt;
  return cmds.flatMap(command => {
    const definition = 'AlterTableCmd' in command ? command.AlterTableCmd.def : undefined;
    const constraint = definition && 'Constraint' in definition ? definition.Constraint : undefined;
    if (constraint?.contype !== 'CONSTR_FOREIGN') return [];
    const made = foreignKey(constraint, sql);
    return [{ schema: relation?.schemaname ?? 'public', table: relation?.relname ?? '', foreignKey: made }];
  });
}

/** Whether the parse tree says all that Postgres would: no predicate to deparse, no operator class that may be the default. */
export function isPlain({ node }: Pick<ParsedStatement, 'node'>): boolean {
  if ('AlterTableStmt' in node) return true;
  if (!('IndexStmt' in node) || node.IndexStmt.whereClause) return false;
  return (node.IndexStmt.indexParams ?? []).every(
    parameter =>
      'IndexElem' in parameter &&
      parameter.IndexElem.name !== undefined &&
      parameter.IndexElem.opclass === undefined &&
      parameter.IndexElem.collation === undefined,
  );
}

function index(statement: IndexStmt, definition: string): IndexData {
  return {
    name: statement.idxname ?? '',
    method: statement.accessMethod ?? 'btree',
    unique: statement.unique === true,
    primary: false,
    constraint: null,
    deferrable: false,
    valid: true,
    nullsNotDistinct: false,
    predicate: null,
    include: [],
    definition,
    keys: (statement.indexParams ?? []).flatMap(parameter => {
      const element = 'IndexElem' in parameter ? parameter.IndexElem : undefined;
      if (element?.name === undefined) return [];
      return {
        column: element.name,
        definition: element.name,
        operatorClass: strings(element.opclass).at(-1) ?? null,
        collation: null,
        descending: element.ordering === 'SORTBY_DESC',
        nullsFirst: element.ordering === 'SORTBY_DESC',
      };
    }),
  };
}

const actions: Readonly<Partial<Record<string, Action>>> = {
  c: 'Cascade',
  r: 'Restrict',
  n: 'SetNull',
  d: 'SetDefault',
};

function foreignKey(constraint: Constraint, definition: string): TableData['foreignKeys'][number] {
  const action = (code = 'a'): Action => actions[code] ?? 'NoAction';
  return {
    name: constraint.conname ?? '',
    columns: strings(constraint.fk_attrs),
    referencedTable: objectPath(constraint.pktable?.schemaname ?? 'public', constraint.pktable?.relname ?? ''),
    referencedColumns: strings(constraint.pk_attrs),
    onDelete: action(constraint.fk_del_action),
    onUpdate: action(constraint.fk_upd_action),
    validated: true,
    deferrable: false,
    enforced: true,
    definition: definition.slice(definition.indexOf('FOREIGN KEY')).replace(/;\s*$/, ''),
  };
}

function strings(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap(node => ('String' in node ? [(node.String as A_Const['sval'])?.sval ?? ''] : []));
}
