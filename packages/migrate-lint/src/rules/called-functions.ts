import { flatMap, type Statement } from '@migrate-lint/core';
import { speaksOf } from './same-migration.ts';

/** A function that the migration makes to move rows, with the statement that calls it. */
export interface CalledFunction {
  readonly made: Statement;
  readonly call: Statement;
}

/** The functions that the migration makes and calls before a statement, as `SELECT move_rows();`. */
export function calledBefore(statement: Statement): readonly CalledFunction[] {
  const { statements } = statement.migration;
  const earlier = statements.slice(0, statements.indexOf(statement));
  return flatMap(earlier, (made, at) =>
    flatMap(functionsOf(made), name => {
      const call = earlier.slice(at + 1).find(({ sql }) => calls(sql, name));
      return call ? [{ made, call }] : [];
    }),
  );
}

function functionsOf({ operations }: Statement): readonly string[] {
  return flatMap(operations, operation =>
    operation.kind === 'create object' && operation.object.kind === 'function' ? [bare(operation.object.name)] : [],
  );
}

/** `f` of `f(integer)`. */
function bare(name: string): string {
  return name.replace(/\(.*$/s, '');
}

function calls(sql: string, name: string): boolean {
  return /^\s*(?:SELECT|CALL|DO|WITH)\b/i.test(sql) && speaksOf(sql, name);
}
