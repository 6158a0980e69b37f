import { flatMap, type Operation, type Statement } from '@migrate-lint/core';
import { kindOf } from '../nodes.ts';
import { Chronicle } from '../past/chronicle.ts';
import { objectsAfter, type HistoryStatement } from '../touches.ts';
import { readers, readOther } from './readers.ts';
import { Scene, type Told } from './scene.ts';

/** What came of reading a history: for each of its statements what it does, and its number. */
export interface ReadHistory {
  readonly chronicle: Chronicle;
  readonly numbers: ReadonlyMap<Statement, number>;
  readonly operations: ReadonlyMap<Statement, readonly Operation[]>;
}

/** Reads all of a history once, with every state that it goes through. */
export function readHistory(history: readonly HistoryStatement[]): ReadHistory {
  const chronicle = new Chronicle();
  const numbers = new Map(history.map(({ statement }, number) => [statement, number]));
  const operations = new Map<Statement, Operation[]>();
  objectsAfter(history, chronicle.objects, step => {
    const number = numbers.get(step.statement) ?? 0;
    const told = tell(new Scene(step, chronicle, number));
    return () => {
      chronicle.keep(number + 1);
      const found = flatMap(told, each => (typeof each === 'function' ? (each() ?? []) : each));
      chronicle.changes.made.clear();
      if (found.length === 0) return;
      const before = operations.get(step.statement) ?? [];
      operations.set(step.statement, [...before, ...found.sort(inText)]);
    };
  });
  return { chronicle, numbers, operations };
}

function tell(scene: Scene): readonly Told[] {
  const [name, body] = kindOf(scene.step.node) ?? [];
  if (name === undefined) return [];
  const reader = readers[name] as ((scene: Scene, body: unknown) => readonly Told[]) | undefined;
  return reader ? reader(scene, body) : readOther(scene, name);
}

function inText(a: Operation, b: Operation): number {
  return a.span.start - b.span.start;
}
