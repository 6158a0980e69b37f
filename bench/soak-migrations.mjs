// Reads 10,000 mutated histories (or as many as the first argument says), from a seed of the clock (or the second argument), with the
// property of packages/migrate-lint/test/migrations-mutations.test.ts, and compares 500 generated ones with an embedded database.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [runs = '10000', seed = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
process.stdout.write(`seed ${seed}\n`);

function soak(file, name, count) {
  const { status } = spawnSync(
    process.execPath,
    [
      '--liftoff-only',
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--selectProjects',
      'migrate-lint',
      '--testPathPatterns',
      file,
      '--testNamePattern',
      name,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, RUNS: String(count), SEED: seed, SOAK: 'yes' } },
  );
  if (status !== 0) process.exitCode = 1;
}

soak('migrations-mutations', 'mutated', Number(runs));
soak('migrations-past', 'generated', Math.ceil(Number(runs) / 20));
