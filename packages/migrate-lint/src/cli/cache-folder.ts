import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathKind } from './path-kind.ts';

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
