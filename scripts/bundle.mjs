// `node scripts/bundle.mjs`: the command line as a few files in packages/migrate-lint/bundle. Finding, reading and compiling hundreds of modules
// takes Node longer than most of what they do. Types and the modules for those who import us stay in dist.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = join(root, 'packages/migrate-lint');
const manifestOf = folder => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** What finds files beside itself or is hardly ever loaded stays as it was published. */
const external = ['@electric-sql/*', '@guanmingchiu/*', '@prisma/*', 'c12', 'libpg-query', 'pg'];

rmSync(join(home, 'bundle'), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: {
    bin: join(home, 'src/bin.ts'),
    // Loaded by their place: into a thread of their own, and in the stead of a package.
    'absent-dotenv': join(home, 'src/cli/absent-dotenv.ts'),
    engine: join(home, 'src/database/engine.ts'),
    'source/validate': join(root, 'packages/generator-audit/src/source/validate.ts'),
  },
  outdir: join(home, 'bundle'),
  conditions: ['@migrate-lint/source'],
  external,
  bundle: true,
  splitting: true,
  minifySyntax: true,
  minifyWhitespace: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  metafile: true,
  // Packages that are not ES modules ask for Node's own with `require`.
  banner: { js: "import { createRequire as require_ } from 'node:module'; const require = require_(import.meta.url);" },
});

const dependencies = manifestOf(home).dependencies;
const asked = new Set(
  Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.filter(({ external, path }) => external && !path.startsWith('node:')).map(({ path }) => packageOf(path)),
  ),
);
const missing = [...asked].filter(name => !(name in dependencies) && !isBuiltin(name));
if (missing.length > 0) throw new Error(`packages/migrate-lint/package.json does not depend on ${missing.join(', ')}`);

const inlined = new Set(
  Object.keys(metafile.inputs)
    .filter(path => path.includes('node_modules/'))
    .map(path => path.slice(0, path.lastIndexOf('node_modules/') + 13) + packageOf(path.split('node_modules/').at(-1))),
);
const licences = [...inlined].sort().map(folder => {
  const { name, version } = manifestOf(join(root, folder));
  const file = readdirSync(join(root, folder)).find(each => /^licen[cs]e/i.test(each));
  if (!file) throw new Error(`${relative(root, folder)} has no licence`);
  return `${name} ${version}\n\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`;
});
writeFileSync(join(home, 'bundle/LICENSES.txt'), licences.join('\n---\n\n'));

function packageOf(path) {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
}

function isBuiltin(name) {
  return process.getBuiltinModule(name) !== undefined;
}
