import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * The tests of pgfence's analyzer run it on fixtures, or on a text of their own, and say of rule ids that they are found or not. Only SQL is read
 * here: migrations of other frameworks, suppressions and plug-ins are none of ours.
 */
export function pgfence(folder) {
  const path = join(folder, 'tests/analyzer.test.ts');
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const cases = [];
  const unread = [];
  for (const { name, body } of testsOf(file)) {
    const text = body.getText();
    const files = filesOf(body, folder);
    const claims = /(?:highOrCritical|lockChecks)\)\.toHaveLength\(0\)/.test(text)
      ? [{ rule: 'safe', speaks: false }]
      : claimsOf(body);
    const ofOthers =
      /format: '|pgfence-ignore|inline-ignore|disable:|enable:|loadSnapshot|pluginPath|maxLockTimeoutMs/.test(text);
    if (files.length === 0 || claims.length === 0 || ofOthers) unread.push(name);
    else cases.push({ name, files, wrapped: false, postgres: versionOf(text), claims });
  }
  return { cases, unread };
}

function testsOf(root) {
  const found = [];
  const visit = node => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'it' && node.arguments.length === 2)
      found.push({ name: node.arguments[0].text, body: node.arguments[1] });
    else ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** What the analyzer is given: fixtures by name, else the text of a temporary file. */
function filesOf(body, folder) {
  const files = [];
  const texts = new Map();
  const visit = node => {
    if (ts.isVariableDeclaration(node) && node.initializer && ts.isStringLiteralLike(node.initializer))
      texts.set(node.name.getText(), node.initializer.text);
    if (ts.isCallExpression(node)) {
      const [first, second] = node.arguments;
      const callee = node.expression.getText();
      if (callee === 'fixture' && first.text.endsWith('.sql'))
        files.push(readFileSync(join(folder, 'tests/fixtures', first.text), 'utf8'));
      if (callee === 'withTempSqlFile')
        files.push(ts.isStringLiteralLike(second) ? second.text : texts.get(second.getText()));
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
  return [...new Set(files)].filter(text => text !== undefined);
}

/** `expect(<found by rule id>).toBeDefined()`, `.toBeUndefined()`, `.toHaveLength(n)`, `.toBe(true)` or `.toBe(false)`. */
function claimsOf(body) {
  const variables = new Map();
  const claims = new Map();
  const visit = node => {
    if (ts.isVariableDeclaration(node) && node.initializer) {
      const found = foundBy(node.initializer, variables);
      if (found) variables.set(node.name.getText(), found);
    }
    const claim = ts.isCallExpression(node) ? claimOf(node, variables) : undefined;
    if (claim && !claims.has(claim.rule)) claims.set(claim.rule, claim);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return [...claims.values()];
}

function claimOf(call, variables) {
  const matcher = call.expression;
  if (!ts.isPropertyAccessExpression(matcher) || !ts.isCallExpression(matcher.expression)) return undefined;
  if (matcher.expression.expression.getText() !== 'expect') return undefined;
  const [subject] = matcher.expression.arguments;
  const found = subject && (foundBy(subject, variables) ?? variables.get(subject.getText().replace(/\.length$/, '')));
  const speaks = senseOf(matcher.name.text, call.arguments[0]?.getText());
  // That something narrower is not there says nothing of the rule.
  if (!found || speaks === undefined || (!speaks && found.narrowed)) return undefined;
  return { rule: found.rule, speaks };
}

function senseOf(matcher, argument) {
  const counted = argument === undefined ? undefined : /^\d+$/.test(argument) ? argument !== '0' : undefined;
  const senses = new Map([
    ['toBeDefined', true],
    ['toBeUndefined', false],
    ['toHaveLength', counted],
    ['toBe', argument === 'true' ? true : argument === 'false' ? false : counted],
    ['toBeGreaterThan', true],
  ]);
  return senses.get(matcher);
}

/** The rule id that something is looked for by, and whether other conditions are asked, too. */
function foundBy(node, variables) {
  const text = node.getText();
  const ids = [...text.matchAll(/\.ruleId === '([\w-]+)'/g)].map(([, id]) => id);
  if (ids.length === 1) return { rule: ids[0], narrowed: text.includes('&&') };
  const from = variables.get(/^(\w+)\.(?:find|filter|some)\(/.exec(text)?.[1]);
  return from && { rule: from.rule, narrowed: true };
}

function versionOf(text) {
  const said = /minPostgresVersion: (\d+)/.exec(text)?.[1];
  return said === undefined ? undefined : Number(said);
}
