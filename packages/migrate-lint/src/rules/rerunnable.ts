import type { Operation, Statement } from '@migrate-lint/core';

/** What fails when the thing is there, or gone, already. */
const once: ReadonlySet<Operation['kind']> = new Set([
  'create table',
  'drop table',
  'add column',
  'drop column',
  'add constraint',
  'drop constraint',
  'create index',
  'drop index',
  'create object',
  'drop object',
  'add enum value',
  'rename table',
  'rename column',
  'rename constraint',
  'rename index',
  'rename enum',
  'rename enum value',
  'rename schema',
  'rename object',
]);

/** Whether the statement may run a second time, after all that stands before it in its migration ran a second time too. */
export function runsAgain(statement: Statement): boolean {
  return statement.operations.every(
    operation =>
      operation.conditional ||
      !once.has(operation.kind) ||
      isTolerant(operation) ||
      isTemporary(operation) ||
      isRemoved(operation, statement),
  );
}

function isTolerant(operation: Operation): boolean {
  return (
    ('ifNotExists' in operation && operation.ifNotExists) ||
    ('ifExists' in operation && operation.ifExists) ||
    ('replace' in operation && operation.replace) ||
    // It comes and goes with the column of the same statement.
    ('ofNewColumn' in operation && operation.ofNewColumn)
  );
}

/** Gone when the session ends. */
function isTemporary(operation: Operation): boolean {
  return 'table' in operation && operation.table?.temporary === true;
}

/** `DROP … IF EXISTS x; CREATE … x` runs as often as one likes. */
function isRemoved(operation: Operation, statement: Statement): boolean {
  const name = madeBy(operation);
  if (name === undefined) return false;
  const { statements } = statement.migration;
  return statements
    .slice(0, statements.indexOf(statement))
    .some(({ operations }) =>
      operations.some(
        earlier =>
          earlier.kind.startsWith('drop ') && 'ifExists' in earlier && earlier.ifExists && namesIt(earlier, name),
      ),
    );
}

function madeBy(operation: Operation): string | undefined {
  const { kind } = operation;
  if (kind === 'create table') return operation.table.name;
  if (kind === 'create index') return operation.index.name;
  if (kind === 'add column') return operation.column.name;
  if (kind === 'add constraint') return operation.constraint.name;
  return kind === 'create object' ? operation.object.name : undefined;
}

function namesIt(drop: Operation, name: string): boolean {
  if (drop.kind === 'drop column') return drop.column.name === name;
  if ('name' in drop && drop.name !== undefined) return lastPart(drop.name) === lastPart(name);
  return 'table' in drop && drop.table?.name === name;
}

/** `f` of `app.f(integer)`. */
function lastPart(name: string): string {
  const bare = name.replace(/\(.*$/, '');
  return bare.slice(bare.lastIndexOf('.') + 1);
}
