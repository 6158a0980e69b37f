import {
  rememberedFor,
  type CreateIndex,
  type Migrations,
  type Operation,
  type PastConstraint,
  type PastIndex,
  type PastTable,
  type Statement,
} from '@migrate-lint/core';
import { speaksOf } from './same-migration.ts';

/** Whether a statement behind this one names a thing, so that what is done to it cannot wait for the end of the history. */
export function isNamedLater(name: string, statement: Statement, history: Migrations): boolean {
  return laterNaming(name, statement, history).length > 0;
}

/** Whether the table or one of these columns (any, if none is given) has another name at the end of the history, or is gone. */
export function isMovedLater(
  table: PastTable,
  columns: readonly string[] | undefined,
  statement: Statement,
  history: Migrations,
): boolean {
  return laterNaming(table.name, statement, history).some(({ operations }) =>
    operations.some(operation => moves(operation, table, columns)),
  );
}

/** Whether a statement behind this one has to do with the index: it names it, or moves what the index is on, which may take it along. */
export function isTiedLater(index: PastIndex, statement: Statement, history: Migrations): boolean {
  if (isNamedLater(index.name, statement, history)) return true;
  const table = statement.before.table(index.table);
  const isOpaque = index.predicate !== undefined || index.columns.includes(null);
  const columns = isOpaque ? undefined : [...index.columns.filter(column => column !== null), ...index.include];
  return !table || isMovedLater(table, columns, statement, history);
}

/**
 * Whether an index cannot be built in a migration at the end of the history: something behind this statement has to do with it, or a foreign
 * key or an ON CONFLICT rests on it.
 */
export function isNeededLater({ index, table }: CreateIndex, statement: Statement, history: Migrations): boolean {
  if (isTiedLater(index, statement, history)) return true;
  if (!index.unique) return false;
  return laterNaming(table.name, statement, history).some(
    ({ sql, operations }) => /\bON\s+CONFLICT\b/i.test(sql) || operations.some(operation => restsOn(operation, index)),
  );
}

function moves(operation: Operation, { id }: PastTable, columns: readonly string[] | undefined): boolean {
  const { kind } = operation;
  if (kind === 'drop table') return operation.table.id === id;
  if (kind === 'rename table' || kind === 'set schema') return (operation.table ?? operation.object)?.id === id;
  if (kind !== 'drop column' && kind !== 'rename column') return false;
  const name = 'column' in operation ? operation.column.name : (operation.object?.name ?? operation.from);
  return operation.table?.id === id && columns?.includes(name) !== false;
}

function restsOn(operation: Operation, index: PastIndex): boolean {
  if (operation.kind === 'add constraint') return isKeyOf(operation.constraint, index);
  return operation.kind === 'create table' && operation.table.constraints.some(each => isKeyOf(each, index));
}

/** Whether a foreign key points at the columns of the index. */
function isKeyOf({ referencedTable, referencedColumns }: PastConstraint, { table, columns }: PastIndex): boolean {
  return (
    referencedTable === table &&
    referencedColumns.length === columns.length &&
    referencedColumns.every(column => columns.includes(column))
  );
}

/** The statements behind this one, in its migration and in those after it, that have the name as a word. */
function laterNaming(name: string, statement: Statement, history: Migrations): readonly Statement[] {
  const { numbers, byWord } = wordsOf(history);
  // A name of several words or with other letters is looked for where its longest word stands.
  const [longest = ''] = wordsIn(name).sort((a, b) => b.length - a.length);
  const number = numbers.get(statement) ?? 0;
  const there = longest === '' ? [...numbers.keys()] : (byWord.get(longest) ?? []);
  const later = there.filter(each => (numbers.get(each) ?? 0) > number);
  return longest === name.toLowerCase() ? later : later.filter(({ sql }) => speaksOf(sql, name));
}

interface Words {
  readonly numbers: ReadonlyMap<Statement, number>;
  readonly byWord: ReadonlyMap<string, readonly Statement[]>;
}

/** Which statements of a history have a word, in their order: each finding asks for a few names. */
const wordsOf = rememberedFor(({ migrations }: Migrations): Words => {
  const numbers = new Map<Statement, number>();
  const byWord = new Map<string, Statement[]>();
  for (const { statements, syntaxError } of migrations) {
    for (const statement of syntaxError ? [] : statements) {
      numbers.set(statement, numbers.size);
      wordsIn(statement.sql).forEach(word => {
        const others = byWord.get(word);
        if (!others) byWord.set(word, [statement]);
        else if (others.at(-1) !== statement) others.push(statement);
      });
    }
  }
  return { numbers, byWord };
});

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\w$]+/g) ?? [];
