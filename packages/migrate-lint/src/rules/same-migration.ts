import {
  flatMap,
  groupBy,
  rememberedFor,
  type Migration,
  type Operation,
  type PastObject,
  type Statement,
} from '@migrate-lint/core';
import type { OperationOf } from './operations.ts';

/** An operation of a migration, with its statement. */
export interface Done {
  readonly operation: Operation;
  readonly statement: Statement;
}

/** The same of one kind. */
export interface DoneOf<Kind extends Operation['kind']> extends Done {
  readonly operation: OperationOf<Kind>;
}

/** Everything that a migration does, in its order. */
export const doneBy = rememberedFor(({ statements }: Migration): readonly Done[] =>
  flatMap(statements, statement => statement.operations.map(operation => ({ operation, statement }))),
);

const doneByKind = rememberedFor((migration: Migration): ReadonlyMap<Operation['kind'], readonly Done[]> =>
  groupBy(doneBy(migration), ({ operation }) => operation.kind),
);

/** What the migration of a statement does of one kind, in its order. */
export function doneOf<Kind extends Operation['kind']>(kind: Kind, { migration }: Statement): readonly DoneOf<Kind>[] {
  return (doneByKind(migration).get(kind) ?? []) as readonly DoneOf<Kind>[];
}

/** Everything that the migration of a statement does, in its order. */
export function migrationOf({ migration }: Statement): readonly Done[] {
  return doneBy(migration);
}

/** What the migration does before an operation of a statement, the clauses before it too. */
export function before(operation: Operation, statement: Statement): readonly Done[] {
  const all = migrationOf(statement);
  return all.slice(
    0,
    all.findIndex(done => done.operation === operation),
  );
}

/** What it does after it. */
export function after(operation: Operation, statement: Statement): readonly Done[] {
  const all = migrationOf(statement);
  return all.slice(all.findIndex(done => done.operation === operation) + 1);
}

/** Whether the migration drops a table after an operation. */
export function isDroppedLater({ id }: PastObject, operation: Operation, statement: Statement): boolean {
  return after(operation, statement).some(
    ({ operation: later }) => later.kind === 'drop table' && later.table.id === id,
  );
}

/** The names that a thing had in the course of the migration, the one that it has before the statement first. */
export function namesOf(thing: PastObject, statement: Statement): readonly string[] {
  return [...new Set([thing.name, ...pathsOf(thing, statement).slice(1).map(lastPart)])];
}

/** What gives things other names or schemas; hardly any migration does. */
const renamesBy = rememberedFor((migration: Migration): readonly Done[] =>
  doneBy(migration).filter(({ operation: { kind } }) => kind === 'set schema' || kind.startsWith('rename ')),
);

/** Its paths in the course of the migration; of a column the names. */
export function pathsOf(thing: PastObject, { migration }: Statement): readonly string[] {
  const former = flatMap(renamesBy(migration), ({ operation }) => {
    if (operation.kind === 'set schema') return operation.table?.id === thing.id ? [operation.from] : [];
    const isRename = operation.kind.startsWith('rename ') && 'from' in operation;
    return isRename && operation.object?.id === thing.id ? [operation.from] : [];
  });
  return [...new Set([thing.path, ...former])];
}

/** `name` of `schema.name`. */
function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** Whether a name stands in SQL as a word of its own, quoted or not. */
export function speaksOf(sql: string, name: string): boolean {
  return timesIn(sql, name) > 0;
}

/** How often a name stands in SQL as a word of its own. */
export function timesIn(sql: string, name: string): number {
  const [text, word] = [sql.toLowerCase(), name.toLowerCase()];
  if (word === '') return 0;
  let times = 0;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (!isOfWord(text[at - 1]) && !isOfWord(text[at + word.length])) times += 1;
  return times;
}

function isOfWord(character: string | undefined): boolean {
  return character !== undefined && /[\w$]/.test(character);
}
