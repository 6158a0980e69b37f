import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Beside the installed packages; a project without any gets no `node_modules` for it. */
export function cacheFolder(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (pathKind(modules) === 'folder') return join(modules, '.cache', 'migrate-lint');
    if (dirname(folder) === folder) break;
  }
  // Not the system's folder for temporary files: there another user could lay entries ready.
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'migrate-lint');
}

/** What is at a path, links followed; `unreadable` for a link that leads nowhere good or a folder that may not be entered. */
export function pathKind(path: string): 'file' | 'folder' | 'unreadable' | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found && (found.isDirectory() ? 'folder' : 'file');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? undefined : 'unreadable';
  }
}
