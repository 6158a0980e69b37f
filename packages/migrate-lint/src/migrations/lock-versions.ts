/** What a lock file says of one package: the version that is installed for one folder of the workspace. */
export type LockReader = (text: string, wanted: Wanted) => string | undefined;

export interface Wanted {
  readonly name: string;
  /** The folder whose dependency it is, relative to the lock file, with `/`; `.` for the same folder. */
  readonly folder: string;
  /** How the package.json of that folder asks for it. */
  readonly range: string | undefined;
  /** The name of that package.json. */
  readonly workspace: string | undefined;
}

/** The lock files by name. Each is read by its own few rules of lines, so that no YAML library is needed; what a reader does not know is undefined. */
export const lockReaders: Readonly<Record<string, LockReader>> = {
  'package-lock.json': inNpmLock,
  'npm-shrinkwrap.json': inNpmLock,
  'pnpm-lock.yaml': inPnpmLock,
  'yarn.lock': inYarnLock,
  'bun.lock': inBunLock,
};

interface NpmEntry {
  readonly version?: unknown;
}

/** `packages` has every place in node_modules (version 2 and 3); `dependencies` is the tree of version 1. */
function inNpmLock(text: string, { name, folder }: Wanted): string | undefined {
  const lock = parsed(text);
  const packages = record(lock.packages);
  for (const at of foldersUp(folder)) {
    const prefix = at === '.' ? '' : `${at}/`;
    const { version }: NpmEntry = record(packages[`${prefix}node_modules/${name}`]);
    if (typeof version === 'string') return version;
  }
  const { version }: NpmEntry = record(record(lock.dependencies)[name]);
  return typeof version === 'string' ? version : undefined;
}

/**
 * `importers` has the dependencies of each folder, before version 9 also without it for a single package. The version stands on the line of the name or on
 * a line of its own below, with the peers behind it in brackets, or behind a `_` in older files.
 */
function inPnpmLock(text: string, { name, folder }: Wanted): string | undefined {
  // The packages behind the importers are most of the file.
  const [section = text] = /^importers:\r?\n(?:[ \t].*\r?\n|\r?\n)*/m.exec(text) ?? [];
  const lines = section.split(/\r?\n/);
  const importers = lines.indexOf('importers:');
  const start = importers === -1 ? 0 : lines.findIndex((line, at) => at > importers && unquoted(line) === folder);
  if (start === -1) return undefined;
  const importerIndent = importers === -1 ? -1 : indentOf(lines[start] ?? '');
  let inDependencies = false;
  for (let at = importers === -1 ? 0 : start + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const depth = indentOf(line) - importerIndent;
    if (depth <= 0) return undefined;
    const key = unquoted(line);
    if (isGroup(line, importerIndent)) inDependencies = dependencyGroups.has(key);
    else if (inDependencies && key === name) {
      const below = lines
        .slice(at + 1, at + 4)
        .find(next => /^\s+version:/.test(next) && indentOf(next) > indentOf(line));
      return bare(/:\s+(.+)$/.exec(line)?.[1] ?? /:\s+(.+)$/.exec(below ?? '')?.[1]);
    }
  }
  return undefined;
}

const dependencyGroups: ReadonlySet<string> = new Set(['dependencies', 'devDependencies', 'optionalDependencies']);

/** A key right below the importer, or at the margin where there are no importers. */
function isGroup(line: string, importerIndent: number): boolean {
  return indentOf(line) === (importerIndent === -1 ? 0 : importerIndent + 2);
}

/** `"prisma@^7.0.0, prisma@^7.1.0":`, in newer files with `npm:` before the range, and the version on a line below. */
function inYarnLock(text: string, { name, range }: Wanted): string | undefined {
  const found: { readonly ranges: readonly string[]; readonly version: string }[] = [];
  for (const block of text.split(/\r?\n(?=\S)/)) {
    const [head = '', ...body] = block.split(/\r?\n/);
    const asked = head
      .replaceAll('"', '')
      .replace(/:$/, '')
      .split(/,\s*/)
      .filter(one => one.startsWith(`${name}@`));
    const version = body.map(line => /^ {2}version:?\s+"?([^"\s]+)"?$/.exec(line)?.[1]).find(Boolean);
    const ranges = asked.map(one => one.slice(name.length + 1).replace(/^npm:/, ''));
    if (ranges.length > 0 && version !== undefined) found.push({ ranges, version });
  }
  const asked = found.find(({ ranges }) => range !== undefined && ranges.includes(range.replace(/^npm:/, '')));
  return asked?.version ?? only(found.map(({ version }) => version));
}

/** JSON with trailing commas, one package a line: `"prisma": ["prisma@7.0.0", …`; one of a workspace has its name in front. */
function inBunLock(text: string, { name, workspace }: Wanted): string | undefined {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, key, resolved] = /^\s*"([^"]+)":\s*\["([^"]+)"/.exec(line) ?? [];
    if (key !== undefined && resolved?.startsWith(`${name}@`)) found.set(key, resolved.slice(name.length + 1));
  }
  return found.get(`${workspace ?? ''}/${name}`) ?? found.get(name);
}

/** `packages/db`, `packages`, `.` */
function foldersUp(folder: string): readonly string[] {
  const parts = folder === '.' ? [] : folder.split('/');
  return [...parts.map((_part, at) => parts.slice(0, parts.length - at).join('/')), '.'];
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The key of a line, without quotes. */
function unquoted(line: string): string {
  const [, single, double, plain] = /^\s*(?:'([^']*)'|"([^"]*)"|([^\s:'"][^:]*))\s*:/.exec(line) ?? [];
  return single ?? double ?? plain ?? '';
}

/** `7.10.0(typescript@6.0.3)` and `4.1.0_typescript@4.7.4` without what is behind the version. */
function bare(version: string | undefined): string | undefined {
  return /^['"]?([^'"(_\s]+)/.exec(version ?? '')?.[1];
}

function only(versions: readonly string[]): string | undefined {
  return new Set(versions).size === 1 ? versions[0] : undefined;
}

/** A lock file with the marks of a merge says nothing. */
function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
