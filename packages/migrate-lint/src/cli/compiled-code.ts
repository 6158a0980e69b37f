import module from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';

/** Since Node 22.8, as `tsc` uses it too. */
interface CompileCache {
  readonly enableCompileCache?: (directory: string) => unknown;
}

/**
 * Lets Node keep what it compiles of the modules that are loaded from now on, for the next run; it knows by itself when that is of no use any more.
 * Whatever is wrong with the folder costs time and nothing else.
 */
export function keepCompiledCode(): void {
  try {
    (module as CompileCache).enableCompileCache?.(join(cacheFolder(process.cwd()), 'code'));
  } catch {
    // A working directory that is gone is told to whoever needs it.
  }
}
