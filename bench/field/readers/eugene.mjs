import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { callsOf, testsOf, textOf } from './rust.mjs';

/**
 * eugene documents each hint with a `bad.sql` that yields it and a `good.sql` that does not, in scripts that run one after another, each in a
 * transaction; the tests of its lints say the same of single statements.
 */
export function eugene(folder) {
  const crate = existsSync(join(folder, 'eugene/examples')) ? join(folder, 'eugene') : folder;
  const examples = readdirSync(join(crate, 'examples')).filter(name => /^[EW]\d+$/.test(name));
  const cases = examples
    .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
    .flatMap(rule =>
      ['bad', 'good'].flatMap(kind => {
        const path = join(crate, 'examples', rule, `${kind}.sql`);
        if (!existsSync(path)) return [];
        const claims = [{ rule, speaks: kind === 'bad' }];
        return [{ name: `${rule} ${kind}`, files: scriptsOf(readFileSync(path, 'utf8')), wrapped: true, claims }];
      }),
    );
  const { cases: tested, unread } = lintTests(crate);
  return { cases: [...cases, ...tested], unread };
}

/** CONCURRENTLY cannot be in a transaction: eugene runs a script of that one statement without. */
function scriptsOf(text) {
  return text.split(/^-- \d+\.sql *\n/m).filter(script => script.trim() !== '');
}

function lintTests(crate) {
  const ids = constants(
    readFileSync(join(crate, 'src/hint_data.rs'), 'utf8'),
    /const (\w+): StaticHintData[^}]*?id: "(\w+)"/g,
  );
  const rules = constants(
    readFileSync(join(crate, 'src/lints/rules.rs'), 'utf8'),
    /const (\w+): LintRule = LintRule \{\s*meta: &crate::hint_data::(\w+)/g,
  );
  const source = readFileSync(join(crate, 'src/lints.rs'), 'utf8');
  const { tests, literals } = testsOf(source.slice(source.search(/#\[cfg\(test\)\]/)));
  const cases = [];
  const unread = [];
  for (const { name, body } of tests) {
    const linted = callsOf(['anon_lint'], body);
    const read = linted.flatMap((call, index) => {
      const sql = textOf(call.arguments[0] ?? '', body, literals);
      const until = linted[index + 1]?.index ?? body.length;
      const claims = claimsOf(body.slice(call.index, until), name => ids.get(rules.get(name) ?? name));
      return sql === undefined || claims.length === 0 ? [] : [{ sql, claims }];
    });
    if (read.length === 0) unread.push(`lints.rs ${name}`);
    read.forEach(({ sql, claims }, index) =>
      cases.push({ name: `${name}${read.length > 1 ? ` ${index + 1}` : ''}`, files: [sql], wrapped: true, claims }),
    );
  }
  return { cases, unread };
}

const constants = (source, pattern) => new Map([...source.matchAll(pattern)].map(([, name, value]) => [name, value]));

function claimsOf(text, idOf) {
  const asserted = /assert!\(\s*(!?)matched_lint_rule\(\s*&report,\s*(?:rules::)?(\w+)\.id(?:\(\))?/g;
  return [...text.matchAll(asserted)].flatMap(([, not, name]) => {
    const rule = idOf(name);
    return rule === undefined ? [] : [{ rule, speaks: not === '' }];
  });
}
