import type { Repetition, Statement } from '@migrate-lint/core';
import type { Node, SelectStmt } from 'libpg-query';
import { all, as, strings, type Body } from './nodes.ts';
import type { ParsedStatement } from './parser.ts';
import { nameAt, visitAll } from './tree.ts';

interface Named {
  readonly name: string;
  readonly location: number | undefined;
}

/** The columns that a statement names twice where Postgres allows it once: it refuses the statement, whatever the rows are. */
export function readRepetitions(
  parsed: ParsedStatement,
  { migration, span }: Pick<Statement, 'migration' | 'span'>,
): readonly Repetition[] {
  const found: Repetition[] = [];
  const place = ({ name, location }: Named): Repetition['span'] =>
    location === undefined ? span : nameAt(migration, parsed.offset(location), name);
  const look = (of: Repetition['of'], names: readonly Named[]): void => {
    const seen = new Map<string, Named>();
    for (const named of names) {
      const first = seen.get(named.name);
      if (first) found.push({ column: named.name, of, span: place(named), first: place(first) });
      else seen.set(named.name, named);
    }
  };
  visitAll(parsed.node, (kind, body) => {
    for (const [of, names] of listsOf(kind, body)) look(of, names);
  });
  return found;
}

type Lists = readonly (readonly [Repetition['of'], readonly Named[]])[];

function listsOf(kind: string, body: unknown): Lists {
  switch (kind) {
    case 'CreateStmt':
    case 'base':
      // A foreign table has its definition inside.
      return [['definition', definitions((body as Body<'CreateStmt'>).tableElts)]];
    case 'ViewStmt': {
      const { query, aliases } = body as Body<'ViewStmt'>;
      return [['definition', outputs(as('SelectStmt', query), strings(aliases))]];
    }
    case 'CreateTableAsStmt': {
      const { query, into } = body as Body<'CreateTableAsStmt'>;
      return [['definition', outputs(as('SelectStmt', query), strings(into?.colNames))]];
    }
    case 'SelectStmt': {
      const select = body as SelectStmt;
      return select.intoClause ? [['definition', outputs(select, strings(select.intoClause.colNames))]] : [];
    }
    case 'MergeWhenClause': {
      const { targetList } = body as Body<'MergeWhenClause'>;
      return [['assignment', targets(targetList)]];
    }
    case 'AlterTableStmt':
      return ofAlterTable(body as Body<'AlterTableStmt'>);
    case 'InsertStmt': {
      const { cols, onConflictClause } = body as Body<'InsertStmt'>;
      return [
        ['assignment', targets(cols)],
        ['assignment', targets(onConflictClause?.targetList)],
      ];
    }
    case 'UpdateStmt': {
      const { targetList } = body as Body<'UpdateStmt'>;
      return [['assignment', targets(targetList)]];
    }
    case 'Constraint': {
      const { contype, keys, location } = body as Body<'Constraint'>;
      const isKey = contype === 'CONSTR_UNIQUE' || contype === 'CONSTR_PRIMARY';
      return isKey ? [['key', strings(keys).map(name => ({ name, location }))]] : [];
    }
    default:
      return [];
  }
}

function ofAlterTable({ cmds, relation }: Body<'AlterTableStmt'>): Lists {
  const commands = all('AlterTableCmd', cmds);
  const added = commands.filter(({ subtype, missing_ok }) => subtype === 'AT_AddColumn' && missing_ok !== true);
  const retyped = commands.filter(({ subtype }) => subtype === 'AT_AlterColumnType');
  return [
    ['definition', definitions(added.flatMap(({ def }) => def ?? []))],
    [
      'type',
      retyped.map(({ name = '', def }) => ({ name, location: as('ColumnDef', def)?.location ?? relation?.location })),
    ],
  ];
}

function definitions(nodes: readonly Node[] | undefined): readonly Named[] {
  return all('ColumnDef', nodes).map(({ colname = '', location }) => ({ name: colname, location }));
}

/** The columns that a query makes, as far as their names can be read off; `*` has none. */
function outputs(select: SelectStmt | undefined, said: readonly string[]): readonly Named[] {
  let first = select;
  while (first?.larg) first = first.larg;
  const written = all('ResTarget', first?.targetList);
  const isOpen = written.some(({ val }) => as('A_Star', as('ColumnRef', val)?.fields?.at(-1)));
  // Behind a `*` nobody knows which name is whose.
  if (isOpen && said.length > 0) return said.map(name => ({ name, location: undefined }));
  return written.flatMap(({ name, val, location }, at) => {
    const output = said[at] ?? name ?? outputName(val);
    return output === undefined ? [] : [{ name: output, location: said[at] === undefined ? location : undefined }];
  });
}

/** The name that Postgres gives a column without one: that of the column or function, whatever casts are around it. */
function outputName(node: Node | undefined): string | undefined {
  const fields = as('ColumnRef', node)?.fields;
  if (fields) return as('A_Star', fields.at(-1)) ? undefined : strings(fields).at(-1);
  const cast = as('TypeCast', node);
  return cast ? outputName(cast.arg) : strings(as('FuncCall', node)?.funcname).at(-1);
}

/** Two elements of one array, or two fields of one value, may be written; the whole beside a part may not. */
function targets(nodes: readonly Node[] | undefined): readonly Named[] {
  const written = all('ResTarget', nodes);
  const whole = new Set(written.flatMap(({ name = '', indirection = [] }) => (indirection.length === 0 ? [name] : [])));
  return written
    .filter(({ name = '' }) => whole.has(name))
    .filter(({ name = '', indirection = [] }, at) => {
      const isPart = indirection.length > 0;
      const isSecondPart = written
        .slice(0, at)
        .some(other => other.name === name && (other.indirection ?? []).length > 0);
      return !(isPart && isSecondPart);
    })
    .map(({ name = '', location }) => ({ name, location }));
}
