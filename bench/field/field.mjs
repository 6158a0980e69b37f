// `node bench/field/field.mjs --repositories <folder>`: our rules of migrations against the tests of other linters, read from copies of their public
// repositories that the caller gives. What they say and what we say is compared by hazard, and every deviation printed; docs/field.md judges them.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compare } from './compare.mjs';
import { markdown } from './markdown.mjs';
import { mapping } from './mapping.mjs';
import { ourRules } from './ours.mjs';
import { onPostgres } from './postgres.mjs';
import { eugene } from './readers/eugene.mjs';
import { migrationPilot } from './readers/migrationpilot.mjs';
import { pgfence } from './readers/pgfence.mjs';
import { postgresLanguageServer } from './readers/postgres-language-server.mjs';
import { squawk } from './readers/squawk.mjs';
import { linesOf, postgresLines } from './report.mjs';

const readers = {
  squawk,
  eugene,
  'postgres-language-server': postgresLanguageServer,
  pgfence,
  migrationpilot: migrationPilot,
};
const packages = join(resolve(dirname(fileURLToPath(import.meta.url)), '../..'), 'packages');

const text = { type: 'string' };
const { values: options } = parseArgs({
  options: {
    // One folder for each tool, or one that holds them all by these names.
    ...Object.fromEntries(Object.keys(readers).map(tool => [tool, text])),
    repositories: text,
    // The build whose rules are tried.
    packages: { type: 'string', default: packages },
    // The binary of squawk, to hold it against the same claims.
    'squawk-binary': text,
    // A server on which a database may be made, to see whether the scripts run behind what is made for them.
    postgres: text,
    // The tables of docs/field.md instead of the deviations.
    markdown: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const folders = Object.keys(readers).flatMap(tool => {
  const folder = options[tool] ?? (options.repositories && join(options.repositories, tool));
  return folder !== undefined && existsSync(folder) ? [[tool, folder]] : [];
});

if (folders.length === 0) {
  const names = Object.keys(readers).join(', ');
  console.log(
    `Nothing to compare with: name a folder that holds copies of the repositories ${names} by --repositories.`,
  );
} else {
  const rules = await ourRules(options.packages);
  const results = [];
  for (const [tool, folder] of folders) {
    const tests = read(tool, folder);
    if (!tests) continue;
    const result = await compare(tool, tests, rules, options['squawk-binary'] && resolve(options['squawk-binary']));
    results.push(result);
    if (options.markdown) continue;
    console.log(linesOf(result, options.verbose).join('\n'));
    if (options.postgres)
      console.log(postgresLines(await onPostgres(options.postgres, result.scripts), options.verbose).join('\n'));
    if (result.failures.size > 0) process.exitCode = 1;
  }
  if (options.markdown) console.log(markdown(results));
  const missing = namedIds().filter(id => !rules.ids.has(id));
  if (missing.length > 0) console.log(`The mapping names rules that this build does not have: ${missing.join(', ')}`);
}

/** The tests of a tool; undefined, with a sentence, where the folder is none of its. */
function read(tool, folder) {
  try {
    return readers[tool](folder);
  } catch (error) {
    console.error(`${folder} is no copy of ${tool}: ${error.message}`);
    process.exitCode = 2;
    return undefined;
  }
}

function namedIds() {
  const entries = Object.values(mapping).flatMap(rules => Object.values(rules));
  const ids = entries.flatMap(({ ours = [], quiet = [] }) => [...ours, ...quiet]);
  return [...new Set(ids)].filter(id => id !== 'migration/*').sort();
}
