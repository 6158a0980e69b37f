// What `scripts/bundle.mjs` and the bench make their files with.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';

export const root = fileURLToPath(new URL('..', import.meta.url));
const manifestOf = folder => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** What finds files beside itself or is hardly ever loaded stays as it was published. */
const external = [
  ...[
    '@electric-sql/*',
    '@guanmingchiu/*',
    '@prisma/config',
    '@prisma/driver-adapter-utils',
    '@prisma/prisma-schema-wasm',
  ],
  ...['@prisma/schema-engine-wasm', 'c12', 'pg'],
];

/**
 * The main file and those that it loads by their place, in a folder. CommonJS throughout: of that V8's compiled code can be kept (`loadCompiled` in
 * packages/core/src/compiled-code.ts). Returns the name of the main file and what esbuild says of them all.
 */
export async function bundleMain(home, out, { main, others }) {
  rmSync(out, { recursive: true, force: true });
  const { metafile } = await build({ ...optionsOf(home, out), entryPoints: { main, ...others } });
  return { name: finish(join(out, 'main.cjs')), metafile };
}

/** A package's command line in its folder `bundle`. */
export async function bundleCommand(folder, modules) {
  const home = join(root, folder);
  const out = join(home, 'bundle');
  const { name, metafile } = await bundleMain(home, out, modules);
  const options = optionsOf(home, out);
  const define = { ...options.define, MAIN: JSON.stringify(name) };
  const started = await build({ ...options, define, entryPoints: { bin: 'src/bin.ts' } });
  const files = [metafile, started.metafile];
  refuseMissing(home, files);
  writeFileSync(join(out, 'LICENSES.txt'), licences(home, files).join('\n---\n\n'));
}

function optionsOf(home, out) {
  return {
    absWorkingDir: home,
    outdir: out,
    outExtension: { '.js': '.cjs' },
    conditions: ['@migrate-lint/source'],
    external,
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // Node 20 has them; esbuild goes by the newest properties, and would make the expression anew each time that it is used.
    supported: { 'regexp-unicode-property-escapes': true },
    charset: 'ascii',
    legalComments: 'none',
    metafile: true,
    define: { 'import.meta.url': 'url_' },
    banner: { js: "const url_ = require('node:url').pathToFileURL(__filename).href;" },
  };
}

/** The name that says the content, so that compiled code of another content is never taken for this one's; and `import()` as it is given. */
function finish(path) {
  const text = inAscii(withGivenImport(readFileSync(path, 'utf8')));
  const name = `main-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.cjs`;
  rmSync(path);
  writeFileSync(join(path, '..', name), text);
  return name;
}

/** esbuild leaves regular expressions as they are; there a code says the same as the character. */
function inAscii(text) {
  if (/\\[\u0080-\uffff]/.test(text)) throw new Error('A regular expression escapes a character that is not of ASCII.');
  return text.replace(/[\u0080-\uffff]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A script that was compiled earlier has no `import()` of its own: it calls the `import_` that it is given. */
function withGivenImport(text) {
  const places = [];
  const look = node => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) places.push(node.expression);
    ts.forEachChild(node, look);
  };
  const source = ts.createSourceFile('main.cjs', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  look(source);
  return places.reduceRight((said, { end }) => `${said.slice(0, end)}_${said.slice(end)}`, text);
}

function refuseMissing(home, files) {
  const { dependencies } = manifestOf(home);
  const asked = new Set(
    files
      .flatMap(({ outputs }) => Object.values(outputs))
      .flatMap(({ imports }) => imports.filter(({ external, path }) => external && !path.startsWith('node:')))
      .map(({ path }) => packageOf(path)),
  );
  const missing = [...asked].filter(name => !(name in dependencies) && !isBuiltin(name));
  if (missing.length > 0)
    throw new Error(`${relative(root, home)}/package.json does not depend on ${missing.join(', ')}`);
}

function licences(home, files) {
  const inlined = new Set(
    files
      .flatMap(({ inputs }) => Object.keys(inputs))
      .filter(path => path.includes('node_modules/'))
      .map(
        path => path.slice(0, path.lastIndexOf('node_modules/') + 13) + packageOf(path.split('node_modules/').at(-1)),
      ),
  );
  return [...inlined].sort().map(folder => {
    const { name, version } = manifestOf(join(home, folder));
    const file = readdirSync(join(home, folder)).find(each => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${folder} has no licence`);
    return `${name} ${version}\n\n${readFileSync(join(home, folder, file), 'utf8').trim()}\n`;
  });
}

function packageOf(path) {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
}

function isBuiltin(name) {
  return process.getBuiltinModule(name) !== undefined;
}
