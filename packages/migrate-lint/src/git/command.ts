import { execFile } from 'node:child_process';

/** Git refused, or could not be started. `message` is its own first line. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly reason: 'missing' | 'slow' | 'large' | 'stopped' | 'refused';

  constructor(reason: GitError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface GitOptions {
  readonly signal?: AbortSignal | undefined;
  /** What git reads from its standard input. */
  readonly input?: string;
}

const longestWait = 20_000;
const longestOutput = 256 * 1024 * 1024;

/** In a hook these name a repository and an index relative to another folder than ours. */
const ofHooks = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'];

/**
 * Runs git in a folder, without a shell, and returns what it prints. It only reads: it takes no locks, asks for no password, fetches nothing,
 * and starts no program that the configuration of a repository names.
 */
export function git(folder: string, args: readonly string[], { signal, input }: GitOptions = {}): Promise<Buffer> {
  const inherited = Object.entries(process.env).filter(([name]) => !ofHooks.includes(name));
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      ['--no-pager', '-c', 'core.fsmonitor=false', ...args],
      {
        cwd: folder,
        encoding: 'buffer',
        env: {
          ...Object.fromEntries(inherited),
          LC_ALL: 'C',
          GIT_OPTIONAL_LOCKS: '0',
          GIT_TERMINAL_PROMPT: '0',
          GIT_NO_LAZY_FETCH: '1',
        },
        maxBuffer: longestOutput,
        timeout: longestWait,
        killSignal: 'SIGKILL',
        windowsHide: true,
        ...(signal ? { signal } : {}),
      },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else
          reject(
            error.name === 'AbortError'
              ? new GitError('stopped', 'git was stopped')
              : refusal(error, stderr.toString('utf8')),
          );
      },
    );
    // Git may end without having read all of it; what it says counts.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

function refusal(error: Error & { readonly code?: unknown; readonly killed?: boolean }, stderr: string): GitError {
  if (error.code === 'ENOENT') return new GitError('missing', 'git is not installed');
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return new GitError('large', 'git prints too much');
  if (error.killed) return new GitError('slow', `git did not answer within ${String(longestWait / 1000)} seconds`);
  const [line = ''] = stderr.split('\n').filter(text => text.trim() !== '');
  // Paths of this machine are no business of a report.
  const said = line
    .replace(/^fatal: /, '')
    .replace(/ (?:in repository )?at '.*$/, '')
    .trim();
  return new GitError('refused', said || 'git failed');
}

/** The text of the same, or undefined where git refuses or says nothing: the ref is not there. */
export async function gitOrNothing(
  folder: string,
  args: readonly string[],
  options?: GitOptions,
): Promise<string | undefined> {
  try {
    const said = (await git(folder, args, options)).toString('utf8').trimEnd();
    return said === '' ? undefined : said;
  } catch (error) {
    if (error instanceof GitError && error.reason === 'refused') return undefined;
    throw error;
  }
}
