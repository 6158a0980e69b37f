import { setFlagsFromString } from 'node:v8';

const [major = 0] = process.versions.node.split('.').map(Number);

/**
 * Keeps V8 from optimizing WebAssembly. Postgres, the schema engine and the validator run for seconds: optimizing them takes longer than
 * it saves. Measured on Node 20, 800 migrations: the replay 3.2 s → 1.9 s, the engine's DDL 0.63 s → 0.20 s. The flag is the whole
 * process's, so only the command line sets it; a V8 that does not know a flag complains on stderr, so only those that were looked at get it
 * (`liftoff_only` in V8 11.3 to 13.6, `src/flags/flag-definitions.h`).
 */
export function preferBaselineWasm(): void {
  if (major >= 20 && major <= 24) setFlagsFromString('--liftoff-only');
}

/**
 * Lets V8 optimize only what runs long. A process that audits once and ends is over before the optimized code pays: all schema rules on 300
 * models take 85 ms in place of 150 (Node 20, two cores), and on 3,000 as long as before. Node 22 and later have no such flag.
 */
export function optimizeLate(): void {
  if (major === 20) setFlagsFromString('--interrupt-budget=1000000');
}
