import { statSync } from 'node:fs';

/** What is at a path, links followed; `unreadable` for a link that leads nowhere good or a folder that may not be entered. */
export function pathKind(path: string): 'file' | 'folder' | 'unreadable' | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found && (found.isDirectory() ? 'folder' : 'file');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? undefined : 'unreadable';
  }
}
