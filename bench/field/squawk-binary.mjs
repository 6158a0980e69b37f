import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What squawk itself says of scripts: its rules by script, in one run for those in a transaction and one for the others. */
export function squawkSays(binary, scripts) {
  const folder = mkdtempSync(join(tmpdir(), 'migrate-lint-squawk-'));
  try {
    const files = scripts.map(({ sql }, index) => {
      const file = join(folder, `${index}.sql`);
      writeFileSync(file, sql);
      return file;
    });
    const said = scripts.map(() => new Set());
    for (const wrapped of [false, true]) {
      const chosen = files.filter((_, index) => scripts[index].wrapped === wrapped);
      if (chosen.length === 0) continue;
      const flags = ['--reporter', 'json', ...(wrapped ? ['--assume-in-transaction'] : [])];
      const { stdout, error } = spawnSync(binary, [...flags, ...chosen], {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        cwd: folder,
      });
      if (error) throw error;
      for (const { file, rule_name: rule } of JSON.parse(stdout)) said[Number(/(\d+)\.sql$/.exec(file)[1])].add(rule);
    }
    return said.map(rules => [...rules].sort());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
