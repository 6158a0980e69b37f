import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Modules that do nothing but what the text says. */
const harmless = new Set([
  'prisma/config',
  '@prisma/config',
  'dotenv',
  'dotenv/config',
  'node:path',
  'path',
  'node:url',
  'url',
  'migrate-lint',
  '@migrate-lint/core',
]);

/**
 * Everything that the outcome of a config written in TypeScript or JavaScript depends on: its text, the variables that it names, the `.env` files that
 * it may read. Undefined where that cannot be told from the text, as with an import of the project's own.
 */
export function inputsOf(file: string, text: string, cwd: string): readonly string[] | undefined {
  const variables = variablesIn(text);
  if (!variables || !importsOnlyHarmless(text) || usesMore(text)) return undefined;
  const environment = variables.flatMap(name => [name, process.env[name] ?? '\0']);
  if (!/dotenv|loadEnvFile/.test(text)) return [text, ...environment];
  const files = environmentFiles(file, text, cwd);
  return files && [text, ...environment, ...files.flatMap(path => [path, textOf(path)])];
}

function importsOnlyHarmless(text: string): boolean {
  const dynamic = [...text.matchAll(/\b(?:import|require)\s*\(\s*([^)]*)\)/g)].map(match => match[1] ?? '');
  const named = [...text.matchAll(/\b(?:from|import)\s*(["'])(.*?)\1/g)].map(match => match[2] ?? '');
  const called = dynamic.map(argument => /^(["'])([^"']*)\1\s*$/.exec(argument)?.[2] ?? '');
  return [...named, ...called].every(module => harmless.has(module));
}

/** Whatever else could make the same text mean another thing tomorrow. */
function usesMore(text: string): boolean {
  return (
    /\b(?:Date|Math|fetch|global|globalThis|eval|Function|createRequire|getBuiltinModule)\b/.test(text) ||
    /\bprocess\b(?!\s*\.\s*(?:env|cwd|loadEnvFile)\b)/.test(text) ||
    /\bimport\.meta\b(?!\.(?:url|dirname|filename)\b)/.test(text)
  );
}

/** The variables that are named; undefined where one is reached without its name. */
function variablesIn(text: string): readonly string[] | undefined {
  const names: string[] = [];
  const take = (_: string, ...groups: (string | undefined)[]): string => {
    names.push(groups[0] ?? groups[2] ?? '');
    return '';
  };
  let rest = text
    .replace(/\bprocess\.env(?:\??\.(\w+)|\[\s*(["'])(\w+)\2\s*\])/g, take)
    .replace(/\benv\s*(?:<[^>]*>)?\s*\(\s*()(["'])(\w+)\2\s*\)/g, (_, _none, _quote, name: string) => take(_, name))
    .replace(/\bimport\s[^;'"]*\bfrom\s*["']/g, list => (/\benv\s+as\b/.test(list) ? list : ''))
    .replace(/"[^"\n]*"|'[^'\n]*'/g, '');
  // Behind a template's `//` there may be code.
  if (!rest.includes('`')) rest = rest.replace(/\/\/[^\n]*|\/\*[^]*?\*\//g, '');
  return /\benv\b/.test(rest) ? undefined : names;
}

/** `.env` files that the text names, wherever between the config and the root they may be. */
function environmentFiles(file: string, text: string, cwd: string): readonly string[] | undefined {
  // A path put together from named folders cannot be followed here.
  if (/["'][^"']*[^"'./][^"']*["']\s*,\s*["'`][^"'`]*\.env/.test(text) || /`[^`]*\.env/.test(text)) return undefined;
  const named = [...text.matchAll(/["']([^"']*\.env[^"']*)["']/g)].map(match => match[1] ?? '');
  const names = new Set(['.env', ...named.map(name => basename(name))]);
  const paths = new Set(named.flatMap(name => [resolve(cwd, name), resolve(dirname(file), name)]));
  for (const from of [cwd, dirname(file)]) {
    for (let folder = from; ; folder = dirname(folder)) {
      for (const name of names) paths.add(join(folder, name));
      if (dirname(folder) === folder) break;
    }
  }
  return [...paths].sort();
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '\0';
  }
}
