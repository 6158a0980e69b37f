import { existsSync, readdirSync, readFileSync, statSync, type Dirent } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

/** What can run an SQL file: code, scripts, the settings of containers and of CI; a script of psql where it includes others. */
const runners =
  /\.(?:sql|[cm]?[jt]sx?|sh|bash|ps1|py|rb|go|rs|ya?ml|toml|json)$|^(?:docker|container|make|just|proc)file/i;
const includes = /^[ \t]*\\(?:i|ir|include|include_relative)[ \t]/m;
const lockFiles = /^(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml)$/;
const workspaces = [
  'pnpm-workspace.yaml',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'lerna.json',
  'nx.json',
  'turbo.json',
];
const passedOver = new Set(['node_modules', '.git', 'dist', 'build', 'out', 'coverage', '.next', '.cache', 'vendor']);
const mostFiles = 20_000;
const longestFile = 512 * 1024;

/**
 * Finds the file of a project that names an SQL file, or the folder in which it lies, and so probably runs it; relative to `cwd`. The project is read
 * when the first is asked for, and once.
 */
export function mentions(cwd: string): (file: string) => string | undefined {
  let texts: readonly { readonly path: string; readonly text: string }[] | undefined;
  return file => {
    texts ??= filesBelow(rootOf(cwd)).flatMap(path => {
      const text = textOf(path);
      const runs = text !== undefined && (!path.endsWith('.sql') || includes.test(text));
      return runs ? [{ path, text }] : [];
    });
    const folder = dirname(file);
    const words = [basename(file), ...folderWords(basename(folder))];
    // What stands beside the folder means this one, whatever it is called; Prisma's own is named for other reasons.
    const here = existsSync(join(folder, 'migration_lock.toml')) ? [] : namesOf(basename(folder));
    const found = texts.find(
      ({ path, text }) =>
        words.some(word => text.includes(word)) ||
        (dirname(path) === dirname(folder) && here.some(word => text.includes(word))),
    );
    return found && relative(cwd, found.path).split(sep).join('/');
  };
}

/** The folder as code names it. That of all migrations, or of one, is named for other reasons. */
function folderWords(folder: string): readonly string[] {
  if (/^(?:prisma|migrations|db|database)$|^\d/.test(folder)) return [];
  return namesOf(folder);
}

function namesOf(folder: string): readonly string[] {
  return [`/${folder}/`, ...[`'`, `"`, '`'].flatMap(quote => [`/${folder}${quote}`, `${quote}${folder}${quote}`])];
}

/** In a workspace the scripts of the root may run what a package holds. */
function rootOf(cwd: string): string {
  let root = cwd;
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (workspaces.some(name => existsSync(join(folder, name)))) root = folder;
    if (dirname(folder) === folder) return root;
  }
}

/** The nearest to the root first, so that a large project is cut where it is deep. */
function filesBelow(root: string): readonly string[] {
  const files: string[] = [];
  const folders = [root];
  for (const folder of folders) {
    for (const entry of entriesOf(folder)) {
      if (files.length >= mostFiles) return files;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !passedOver.has(entry.name)) folders.push(path);
      if (entry.isFile() && runners.test(entry.name) && !lockFiles.test(entry.name)) files.push(path);
    }
  }
  return files;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function textOf(path: string): string | undefined {
  try {
    return statSync(path).size > longestFile ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
