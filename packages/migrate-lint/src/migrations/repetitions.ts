import { flatMap, objectPath, type Repetition, type Statement } from '@migrate-lint/core';
import type { Node, RangeVar, SelectStmt } from 'libpg-query';
import { all, as, bodyOf, kindOf, strings, type Body } from './nodes.ts';
import type { ParsedStatement } from './parser.ts';
import { resultsOf } from './results.ts';
import { literalAt, nameAt, visitAll } from './tree.ts';

interface Named {
  readonly name: string;
  readonly location: number | undefined;
  /** It does not stand there: Postgres makes it up, or a `*` stands for it. */
  readonly unwritten?: boolean;
}

/** The columns that a statement names twice where Postgres allows it once: it refuses the statement, whatever the rows are. */
export function readRepetitions(parsed: ParsedStatement, statement: Statement): readonly Repetition[] {
  const { migration, span } = statement;
  const found: Repetition[] = [];
  const place = ({ name, location, unwritten = false }: Named): Repetition['span'] => {
    if (location === undefined) return span;
    const start = parsed.offset(location);
    return unwritten ? literalAt(migration, start) : nameAt(migration, start, name);
  };
  const look = (of: Repetition['of'], names: readonly Named[]): void => {
    if (names.length < 2) return;
    const seen = new Map<string, Named>();
    const starred = new Set<number | undefined>();
    names.forEach(named => {
      const first = seen.get(named.name);
      if (!first) seen.set(named.name, named);
      // A `*` may stand for several: Postgres names the first, and so do we.
      else if (!named.unwritten || !starred.has(named.location))
        found.push({ column: named.name, of, span: place(named), first: place(first) });
      if (first && named.unwritten) starred.add(named.location);
    });
  };
  const visit = (kind: string, body: unknown): void => {
    listsOf(kind, body, statement).forEach(({ of, names }) => {
      look(of, names);
    });
  };
  const kind = kindOf(parsed.node);
  if (kind !== undefined && flat.has(kind)) visit(kind, bodyOf(parsed.node, kind));
  else visitAll(parsed.node, visit);
  return found;
}

/** Postgres takes no query inside of these, and nearly all of a history is made of them. */
const flat: ReadonlySet<string> = new Set([
  'AlterEnumStmt',
  'AlterTableStmt',
  'CommentStmt',
  'CreateEnumStmt',
  'CreateStmt',
  'DropStmt',
  'IndexStmt',
  'RenameStmt',
]);

/** Names that have to differ. */
interface List {
  readonly of: Repetition['of'];
  readonly names: readonly Named[];
}

type Lists = readonly List[];

function listsOf(kind: string, body: unknown, statement: Statement): Lists {
  switch (kind) {
    case 'CreateStmt':
    case 'base':
      // A foreign table has its definition inside.
      return ofTable((body as Body<'CreateStmt'>).tableElts);
    case 'ViewStmt': {
      const { query, aliases } = body as Body<'ViewStmt'>;
      return [{ of: 'result', names: results(as('SelectStmt', query), strings(aliases), statement) }];
    }
    case 'CreateTableAsStmt': {
      const { query, into, if_not_exists: ifNotExists = false } = body as Body<'CreateTableAsStmt'>;
      if (ifNotExists && isThere(into?.rel, statement)) return [];
      return [{ of: 'result', names: results(as('SelectStmt', query), strings(into?.colNames), statement) }];
    }
    case 'SelectStmt': {
      const select = body as SelectStmt;
      return select.intoClause
        ? [{ of: 'result', names: results(select, strings(select.intoClause.colNames), statement) }]
        : [];
    }
    case 'MergeWhenClause': {
      const { targetList } = body as Body<'MergeWhenClause'>;
      return [{ of: 'assignment', names: targets(targetList) }];
    }
    case 'AlterTableStmt':
      return ofAlterTable(body as Body<'AlterTableStmt'>);
    case 'InsertStmt': {
      const { cols, onConflictClause } = body as Body<'InsertStmt'>;
      return [
        { of: 'assignment', names: targets(cols) },
        { of: 'assignment', names: targets(onConflictClause?.targetList) },
      ];
    }
    case 'UpdateStmt': {
      const { targetList } = body as Body<'UpdateStmt'>;
      return [{ of: 'assignment', names: targets(targetList) }];
    }
    default:
      return [];
  }
}

function ofTable(elements: readonly Node[] | undefined): Lists {
  return [{ of: 'definition', names: definitions(elements) }, ...keysIn(elements)];
}

function keysIn(nodes: readonly Node[] | undefined): Lists {
  return all('Constraint', nodes)
    .filter(({ contype }) => contype === 'CONSTR_UNIQUE' || contype === 'CONSTR_PRIMARY')
    .map(({ keys, location }) => ({ of: 'key', names: strings(keys).map(name => ({ name, location })) }));
}

function ofAlterTable({ cmds, relation }: Body<'AlterTableStmt'>): Lists {
  const commands = all('AlterTableCmd', cmds);
  const added = commands.filter(({ subtype, missing_ok }) => subtype === 'AT_AddColumn' && missing_ok !== true);
  const retyped = commands.filter(({ subtype }) => subtype === 'AT_AlterColumnType');
  return [
    { of: 'definition', names: definitions(flatMap(added, ({ def }) => def ?? [])) },
    {
      of: 'type',
      names: retyped.map(({ name = '', def }) => ({
        name,
        location: as('ColumnDef', def)?.location ?? relation?.location,
      })),
    },
    ...keysIn(flatMap(commands, ({ def }) => def ?? [])),
  ];
}

function definitions(nodes: readonly Node[] | undefined): readonly Named[] {
  return all('ColumnDef', nodes).map(({ colname = '', location }) => ({ name: colname, location }));
}

function isThere(relation: RangeVar | undefined, { before }: Statement): boolean {
  return before.relation(objectPath(relation?.schemaname ?? 'public', relation?.relname ?? '')) !== undefined;
}

/** The columns of a view or a table that is made of a query, as far as their names are known; `said` are those behind its name. */
function results(select: SelectStmt | undefined, said: readonly string[], statement: Statement): readonly Named[] {
  const made = resultsOf(select, statement);
  // Behind a `*` nobody knows which name is whose.
  if (said.length > 0 && made.some(({ several }) => several)) return said.map(name => ({ name, location: undefined }));
  return flatMap(made, ({ name, location, written }, at): readonly Named[] => {
    const own = said[at];
    if (own !== undefined) return [{ name: own, location: undefined }];
    return name === undefined ? [] : [{ name, location, unwritten: !written }];
  });
}

/** Two elements of one array, or two fields of one value, may be written; the whole beside a part may not. */
function targets(nodes: readonly Node[] | undefined): readonly Named[] {
  const written = all('ResTarget', nodes);
  const whole = new Set(
    flatMap(written, ({ name = '', indirection = [] }) => (indirection.length === 0 ? [name] : [])),
  );
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
