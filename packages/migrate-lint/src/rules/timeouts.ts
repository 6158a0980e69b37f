import {
  flatMap,
  rememberedFor,
  type Edit,
  type Migration,
  type Migrations,
  type SetParameter,
  type Statement,
} from '@migrate-lint/core';

/** What Postgres gives up after, when it is set: waiting for a lock, or running a statement. */
export type Timeout = 'lock_timeout' | 'statement_timeout';

/** Whether a timeout is in force when the statement begins: set in the file before it, or for the role or the database by an earlier migration. */
export function hasTimeout(timeout: Timeout, statement: Statement, history: Migrations): boolean {
  const { migrations } = history;
  const { migration, transaction } = statement;
  const inFile = settings(timeout, migration.statements.slice(0, migration.statements.indexOf(statement)))
    .filter(({ operation }) => operation.for === 'session')
    // SET LOCAL ends with its transaction.
    .filter(({ operation, statement: by }) => !operation.local || by.transaction === transaction)
    .at(-1);
  if (inFile) return isLimit(inFile.operation);
  const at = migrations.indexOf(migration);
  const lasting = lastingSettings(history).findLast(
    ({ operation, statement: by }) => operation.name === timeout && migrations.indexOf(by.migration) < at,
  );
  return lasting !== undefined && isLimit(lasting.operation);
}

/** Sets the timeout above the first statement of a migration and the comments that belong to it. */
export function setTimeoutFirst(
  timeout: Timeout,
  limit: string,
  { statements, text, file }: Migration,
): readonly Edit[] {
  const [first] = statements;
  if (!first) return [];
  const above = /(?:^|\n|\*\/[^\n]*\n)((?:[ \t]*--[^\n]*\n)*[ \t]*)$/.exec(text.slice(0, first.span.start));
  const start = first.span.start - (above?.[1]?.length ?? 0);
  return [{ file, start, end: start, text: `SET ${timeout} = '${limit}';\n\n` }];
}

interface Setting {
  readonly operation: SetParameter;
  readonly statement: Statement;
}

function settings(timeout: Timeout, statements: readonly Statement[]): readonly Setting[] {
  return allSettings(statements).filter(({ operation }) => operation.name === timeout);
}

function allSettings(statements: readonly Statement[]): readonly Setting[] {
  return flatMap(statements, statement =>
    flatMap(statement.operations, operation => (operation.kind === 'set' ? [{ operation, statement }] : [])),
  );
}

/** ALTER ROLE, ALTER DATABASE and ALTER SYSTEM … SET of the whole history. */
const lastingSettings = rememberedFor(({ migrations }: Migrations): readonly Setting[] => {
  const readable = migrations.filter(({ syntaxError }) => !syntaxError);
  return flatMap(readable, ({ statements }) => allSettings(statements).filter(isLasting));
});

function isLasting({ operation }: Setting): boolean {
  return operation.for !== 'session';
}

/** 0 waits for ever. */
function isLimit({ value }: SetParameter): boolean {
  return value !== undefined && !/^0+(?:\s*[a-z]+)?$/i.test(value.trim());
}
