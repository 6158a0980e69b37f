import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { cacheFolder } from './folders.ts';

/** What a file of the bundle is called with; esbuild's CommonJS asks for no more. */
const parameters = 'exports, require, module, __filename, __dirname, import_';
type Wrapper = (...given: readonly unknown[]) => void;

export interface Loaded {
  readonly exports: unknown;
  /** Keeps what is compiled by now for the next process, unless that was done lately. */
  keep(): void;
}

/**
 * Loads a CommonJS file of the bundle with the code that V8 made of it in an earlier process: to read, check and compile a megabyte takes longer than most of
 * what it does. Node keeps such code since 22.8, but not on Node 20. The file is of ASCII, its name says its content, and its `import()` is
 * written as `import_()`; the purpose, of letters, says what the process is to do, for each command compiles other functions. Whatever is
 * wrong with what was kept costs time and nothing else: V8 refuses the code of another version or other flags, and that of another text
 * has another name.
 */
export function loadCompiled(file: string, purpose: string): Loaded {
  const kept = placeOf(file, purpose);
  const cachedData = kept && read(kept);
  const source = `(function (${parameters}) {${readFileSync(file, 'latin1')}\n})`;
  const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) });
  const module = { exports: {} };
  const wrapper = script.runInThisContext() as Wrapper;
  wrapper(module.exports, createRequire(file), module, file, dirname(file), (name: string) => import(name));
  const isFresh = cachedData !== undefined && script.cachedDataRejected !== true;
  return {
    exports: module.exports,
    keep: () => {
      if (kept !== undefined && (!isFresh || isOld(kept))) write(kept, script.createCachedData());
    },
  };
}

/** Beside what else is kept. */
function placeOf(file: string, purpose: string): string | undefined {
  try {
    return join(cacheFolder(process.cwd()), `code-${basename(file)}-${process.version}-${arch()}-${purpose}`);
  } catch {
    // A working directory that is gone is told to whoever needs it.
    return undefined;
  }
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** What was compiled since is added from time to time; that also says that it is used. */
function isOld(path: string): boolean {
  return ageOf(path) > day;
}

const day = 24 * 60 * 60 * 1000;

function ageOf(path: string): number {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

function write(path: string, code: Buffer): void {
  const unfinished = `${path}.${String(process.pid)}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, code, { flag: 'wx' });
    renameSync(unfinished, path);
    prune(dirname(path));
  } catch {
    discard(unfinished);
  }
}

/** The code of versions that nobody has run for a month. */
function prune(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.startsWith('code-') && ageOf(path) > 30 * day) discard(path);
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where nothing can be written, there is nothing.
  }
}
