import { flatMap, type Operation, type Statement } from '@migrate-lint/core';
import { bodyOf, kindOf } from '../nodes.ts';
import { Chronicle } from '../past/chronicle.ts';
import { objectsAfter, type HistoryStatement } from '../touches.ts';
import { readers, readOther } from './readers.ts';
import { Scene, type Told } from './scene.ts';

/** What came of reading a history. */
export interface ReadHistory {
  readonly chronicle: Chronicle;
  readonly statements: ReadonlyMap<Statement, ReadStatement>;
}

/** Its place in the history, and what it does. */
export interface ReadStatement {
  readonly number: number;
  readonly operations: readonly Operation[];
}

/** Reads all of a history once, with every state that it goes through. */
export function readHistory(history: readonly HistoryStatement[]): ReadHistory {
  const chronicle = new Chronicle();
  const statements = new Map<Statement, { readonly number: number; operations: readonly Operation[] }>();
  history.forEach(({ statement }, number) => {
    statements.set(statement, { number, operations: [] });
  });
  objectsAfter(history, chronicle.objects, step => {
    const read = statements.get(step.statement);
    const number = read?.number ?? 0;
    const told = tell(new Scene(step, chronicle, number));
    return () => {
      chronicle.keep(number + 1);
      const found = flatMap(told, each => (typeof each === 'function' ? (each() ?? []) : each));
      chronicle.changes.made.clear();
      if (found.length === 0) return;
      found.sort(inText);
      if (read) read.operations = read.operations.length === 0 ? found : [...read.operations, ...found];
    };
  });
  return { chronicle, statements };
}

function tell(scene: Scene): readonly Told[] {
  const { node } = scene.step;
  const name = kindOf(node);
  if (name === undefined) return [];
  const reader = readers[name] as ((scene: Scene, body: unknown) => readonly Told[]) | undefined;
  return reader ? reader(scene, bodyOf(node, name)) : readOther(scene, name);
}

function inText(a: Operation, b: Operation): number {
  return a.span.start - b.span.start;
}
