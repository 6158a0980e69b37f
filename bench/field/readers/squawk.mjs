import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { callsOf, testsOf, textOf } from './rust.mjs';

const speaking = ['lint', 'lint_errors', 'lint_errors_with', 'fix', 'fix_sql', 'fix_sql_with'];
const silent = ['lint_ok', 'lint_ok_with'];

/**
 * squawk keeps the tests of a rule in its file: `lint_ok(sql, rule)` says that the rule is silent, `lint_errors` that it speaks, and the
 * helper behind `fix` asserts that it speaks before it fixes. A test is of one rule and says nothing of the others.
 */
export function squawk(folder) {
  const names = ruleNames(readFileSync(join(folder, 'crates/squawk_linter/src/lib.rs'), 'utf8'));
  const rules = join(folder, 'crates/squawk_linter/src/rules');
  const files = readdirSync(rules).filter(file => file.endsWith('.rs') && file !== 'mod.rs');
  const cases = [];
  const unread = [];
  for (const file of files.sort()) {
    const source = readFileSync(join(rules, file), 'utf8');
    const { tests, literals, text } = testsOf(source.slice(source.search(/#\[cfg\(test\)\]/)));
    const ofFile = /Rule::(\w+)/.exec(text)?.[1];
    for (const { name, body } of tests) {
      const calls = callsOf([...speaking, ...silent], body);
      const read = calls.flatMap(call => {
        const sql = textOf(call.arguments[0] ?? '', body, literals);
        const rule = names.get(/Rule::(\w+)/.exec(call.arguments.join(' '))?.[1] ?? ofFile);
        if (sql === undefined || rule === undefined) return [];
        const settings = call.arguments.slice(1).join(' ') + settingsBefore(body, call.index);
        return [{ sql, rule, speaks: speaking.includes(call.name), ...settingsOf(settings, literals, sql) }];
      });
      if (read.length === 0) unread.push(`${file} ${name}`);
      read.forEach(({ sql, rule, speaks, wrapped, postgres }, index) => {
        cases.push({
          name: `${rule}: ${name}${read.length > 1 ? ` ${index + 1}` : ''}`,
          files: [sql],
          wrapped,
          postgres,
          claims: [{ rule, speaks }],
        });
      });
    }
  }
  return { cases, unread };
}

function ruleNames(source) {
  return new Map(
    [...source.matchAll(/Rule::(\w+) => (?:\{\s*)?"([\w-]+)"/g)].map(([, variant, name]) => [variant, name]),
  );
}

/** The last `let settings = …` in front of the call, for those that do not say them in place. */
function settingsBefore(body, index) {
  return body.slice(0, index).split('LinterSettings').slice(1).at(-1) ?? '';
}

function settingsOf(text, literals, sql) {
  const version = /pg_version: §(\d+)§/.exec(text)?.[1];
  const asked = /assume_in_transaction: true/.test(text);
  return {
    wrapped: asked && !sql.includes('squawk-disable-assume-in-transaction'),
    postgres: version === undefined ? undefined : Number.parseInt(literals[Number(version)], 10),
  };
}
