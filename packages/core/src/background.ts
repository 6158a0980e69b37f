import { FactUnavailable } from './source.ts';

/** Runs in a thread without types or a loader of its own, so it is plain JavaScript. */
const thread = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData.module)
  .then(module => module[workerData.name](workerData.argument))
  .then(value => parentPort.postMessage({ value }), error => parentPort.postMessage({ error: String(error && error.message || error), name: error && error.name }));
`;

/**
 * Calls an exported function of a built module in a thread of its own, so that what Prisma's compiler takes overlaps with the replay.
 * `load` is the same module by import: sources that are not built (under a test runner) are called in this thread. Argument and result
 * are structured clones; an error keeps its message, and that it is a
 * `FactUnavailable`.
 */
export async function inBackground<Argument, Result>(
  module: URL,
  name: string,
  argument: Argument,
  load: () => Promise<(argument: Argument) => Promise<Result>>,
): Promise<Result> {
  if (module.pathname.endsWith('.ts')) return (await load())(argument);
  const { Worker } = await import('node:worker_threads');
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { eval: true, workerData: { module: module.href, name, argument } });
    worker.once('message', (answer: { value: Result } | { error: string; name: unknown }) => {
      void worker.terminate();
      if ('error' in answer)
        reject(answer.name === 'FactUnavailable' ? new FactUnavailable(answer.error) : new Error(answer.error));
      else resolve(answer.value);
    });
    worker.once('error', reject);
  });
}
