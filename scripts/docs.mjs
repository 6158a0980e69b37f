// Writes docs/rules from the rules; with --check it only says which pages are not as the rules would have them.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suppressionRules } from '@migrate-lint/core';
import { rulePages } from '@migrate-lint/core/docs';
import * as lint from 'migrate-lint';
import * as generator from 'prisma-generator-audit';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const directory = join(root, 'docs', 'rules');
const check = process.argv.includes('--check');

const rules = new Map([...suppressionRules, ...generator.rules, ...lint.rules].map(rule => [rule.id, rule]));
const pages = rulePages([...rules.values()]);
const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
const there = entries
  .filter(entry => entry.isFile())
  .map(entry => relative(directory, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort();

const wrong = [];
for (const [page, text] of pages) {
  const path = join(directory, page);
  const before = there.includes(page) ? await readFile(path, 'utf8') : undefined;
  if (before === text) continue;
  wrong.push(`${before === undefined ? 'missing' : 'stale'}: docs/rules/${page}`);
  if (check) continue;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
for (const page of there.filter(each => !pages.has(each))) {
  wrong.push(`extra: docs/rules/${page}`);
  if (!check) await rm(join(directory, page));
}

if (!check) console.log(`docs/rules: ${pages.size} pages, ${wrong.length} changed.`);
else if (wrong.length > 0) {
  console.error(`${wrong.join('\n')}\nThe pages of the rules are not up to date; run npm run docs.`);
  process.exitCode = 1;
}
