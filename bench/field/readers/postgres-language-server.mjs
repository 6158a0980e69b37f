import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * postgres-language-server keeps a folder of scripts for each rule of the group `safety`; a comment says whether the rule speaks. Only the rule
 * of the folder runs. A file is one transaction there, until it says COMMIT.
 */
export function postgresLanguageServer(folder) {
  const specs = ['crates/pgls_analyser/tests/specs/safety', 'crates/pgt_analyser/tests/specs/safety', '.']
    .map(path => join(folder, path))
    .find(path => existsSync(path));
  const cases = readdirSync(specs)
    .sort()
    .flatMap(rule =>
      readdirSync(join(specs, rule))
        .filter(file => file.endsWith('.sql'))
        .sort()
        .map(file => {
          const sql = readFileSync(join(specs, rule, file), 'utf8');
          const speaks = !sql.includes('expect_no_diagnostics');
          return { name: `${rule}/${file}`, files: [sql], wrapped: true, claims: [{ rule, speaks }] };
        }),
    );
  return { cases, unread: [] };
}
