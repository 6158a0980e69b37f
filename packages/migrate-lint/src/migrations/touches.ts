import type { Statement } from '@migrate-lint/core';
import { blockStatements } from './do-blocks.ts';
import { as, bodyOf, kindOf } from './nodes.ts';
import { Objects, type LastTouches } from './objects.ts';
import type { ParsedStatement } from './parser.ts';
import { redefinedParts } from './redefined-parts.ts';
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

/** Looks at the objects before a step changes them; what it gives back is called when they are changed. */
export type Witness = (step: Step) => () => void;

/** Reads a history from its first statement to its last. What a function or dynamic SQL makes is not seen. */
export function objectsAfter(history: Iterable<HistoryStatement>, objects = new Objects(), witness?: Witness): Objects {
  const defaultGrants: DefaultGrant[] = [];
  let migration;
  for (const { statement, parsed } of history) {
    if (migration !== statement.migration) objects.endMigration();
    migration = statement.migration;
    objects.indexesOfTable = parsed.indexesOfTable ?? false;
    objects.ignoresCase = parsed.ignoresCase ?? false;
    const step = new Step(objects, statement, { text: parsed.text ?? migration.text, parsed }, defaultGrants);
    if (!parsed.parts) read(step, witness);
    (redefinedParts(step, parsed) ?? parsed.parts)?.forEach(part => {
      read(step.ofPart(part), witness);
    });
  }
  return objects;
}

function read(step: Step, witness?: Witness): void {
  const name = kindOf(step.node);
  if (name === undefined) return;
  const testify = witness?.(step);
  const reader = readers[name] as ((step: Step, body: unknown) => void) | undefined;
  reader?.(step, bodyOf(step.node, name));
  testify?.();
  const block = as('DoStmt', step.node);
  if (block) for (const source of blockStatements(block)) read(step.inBlock(source), witness);
  const schema = as('CreateSchemaStmt', step.node);
  if (!schema?.schemaElts) return;
  // What CREATE SCHEMA holds is made in it.
  const { searchPath } = step.objects;
  step.objects.searchPath = [schema.schemaname ?? '', ...searchPath];
  for (const node of schema.schemaElts) read(step.inside(node), witness);
  step.objects.searchPath = searchPath;
}
