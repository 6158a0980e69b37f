import { setFlagsFromString } from 'node:v8';

const [major = 0] = process.versions.node.split('.').map(Number);

/**
 * Loads modules of Node's own before the flags are set: they come compiled for V8 as Node was built, and each that is loaded behind them is compiled anew (Node
 * 20, what the command line uses: 244 million instructions instead of 130).
 */
export function loadOwnModules(names: readonly ('child_process' | 'crypto' | 'fs/promises' | 'process')[]): void {
  for (const name of names) process.getBuiltinModule(`node:${name}`);
}

/**
 * Keeps V8 from optimizing WebAssembly. Postgres, the schema engine and the validator run for seconds: optimizing them takes longer than
 * it saves. Measured on Node 20, 800 migrations: the replay 3.2 s → 1.9 s, the engine's DDL 0.63 s → 0.20 s. The first flag stands for the
 * others, but since V8 13 only where it is set on the command line (Node 24: lint of 820 migrations 0.77 of the time, drift 0.70). Flags are the
 * whole process's, so only the command line sets them; a V8 that does not know a flag complains on stderr, so only those that were looked at
 * get it (V8 11.3 to 14.6, `src/flags/flag-definitions.h`).
 */
export function preferBaselineWasm(): void {
  if (major < 20 || major > 26) return;
  for (const flag of ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
}

/**
 * Compiles each function to plain machine code at once and lets V8 optimize only what runs long. A process that audits once and ends is over
 * before the optimized code pays: all schema rules on 300 models take half of the time (Node 20, 22 and 24, two cores; 26: two thirds), and on 3,000
 * three quarters (26: a sixth more). What counts calls has another name since V8 12 (`src/flags/flag-definitions.h`).
 */
export function optimizeLate(): void {
  for (const flag of late[major] ?? []) setFlagsFromString(flag);
}

const byCalls = ['--invocation-count-for-turbofan=100000', '--invocation-count-for-maglev=100000'];
const late: Readonly<Record<number, readonly string[]>> = {
  20: ['--always-sparkplug', '--interrupt-budget=1000000'],
  22: ['--always-sparkplug', ...byCalls],
  24: ['--always-sparkplug', ...byCalls],
  26: ['--always-sparkplug', ...byCalls],
};
