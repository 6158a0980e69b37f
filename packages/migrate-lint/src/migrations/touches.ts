import type { Statement } from '@migrate-lint/core';
import { blockStatements } from './do-blocks.ts';
import { as, type NodeName } from './nodes.ts';
import { Objects, type LastTouches } from './objects.ts';
import type { ParsedStatement } from './parser.ts';
import { readers } from './statements.ts';
import { Step, type DefaultGrant } from './step.ts';

export interface HistoryStatement {
  readonly statement: Statement;
  readonly parsed: ParsedStatement;
}

/** Tells which statement of a history touched an object last. Renames are followed. */
export function lastTouches(history: Iterable<HistoryStatement>): LastTouches {
  return objectsAfter(history).lastTouches();
}

/** Reads a history from its first statement to its last. What a function or dynamic SQL makes is not seen. */
export function objectsAfter(history: Iterable<HistoryStatement>): Objects {
  const objects = new Objects();
  const defaultGrants: DefaultGrant[] = [];
  let migration;
  for (const { statement, parsed } of history) {
    if (migration !== statement.migration) objects.endMigration();
    migration = statement.migration;
    read(new Step(objects, statement, parsed, defaultGrants));
  }
  return objects;
}

function read(step: Step): void {
  const [name, body] = Object.entries(step.node)[0] ?? [];
  if (name === undefined) return;
  const reader = readers[name as NodeName] as ((step: Step, body: unknown) => void) | undefined;
  reader?.(step, body);
  for (const node of blockStatements(as('DoStmt', step.node))) read(step.inside(node));
  const schema = as('CreateSchemaStmt', step.node);
  if (!schema?.schemaElts) return;
  // What CREATE SCHEMA holds is made in it.
  const { searchPath } = step.objects;
  step.objects.searchPath = [schema.schemaname ?? '', ...searchPath];
  for (const node of schema.schemaElts) read(step.inside(node));
  step.objects.searchPath = searchPath;
}
