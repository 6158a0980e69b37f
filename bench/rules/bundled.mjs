import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const out = join(root, 'node_modules/.cache/migrate-lint-bench');

/** The path of the bundled rules, made anew in a process of its own after each build. */
export function bundledRules() {
  const built = ['core', 'generator-audit', 'migrate-lint']
    .map(name => statSync(join(root, 'packages', name, 'dist/.tsbuildinfo')).mtimeMs)
    .join();
  const kept = join(out, 'built.json');
  try {
    const { of, name } = JSON.parse(readFileSync(kept, 'utf8'));
    if (of === built) return join(out, 'files', name);
  } catch {
    // There is none yet.
  }
  const files = join(out, 'files');
  mkdirSync(files, { recursive: true });
  const name = execFileSync(process.execPath, [join(root, 'bench/rules/build.mjs'), files], { encoding: 'utf8' });
  writeFileSync(kept, JSON.stringify({ of: built, name }));
  return join(files, name);
}
