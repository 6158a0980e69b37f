import { readFile } from 'node:fs/promises';
import { FactUnavailable, UsageError } from '@migrate-lint/core';
import { git, gitOrNothing, type GitOptions } from './command.ts';
import { ciRun, type CiRun } from './environment.ts';

const remotes = 'refs/remotes/origin/';

export interface Base {
  readonly name: string;
  /** Where this work left the branch. */
  readonly commit: string;
  /** Where the branch is now. */
  readonly tip: string;
}

export interface Ref {
  readonly name: string;
  readonly commit: string;
}

/**
 * The commit that the work in `folder` is compared with: where it left `since`, else the branch that the pull request goes to, else the default
 * branch. On the default branch itself it is what was there before the push in CI, and nothing elsewhere. Throws `UsageError` for a ref that is not
 * there, and `FactUnavailable` where the history does not reach that far.
 */
export async function findBase(
  folder: string,
  since: string | undefined,
  environment: NodeJS.ProcessEnv,
  options: GitOptions,
): Promise<Base | undefined> {
  const ci = ciRun(environment);
  const [head, branches] = await Promise.all([headOf(folder, options), branchesOf(folder, ci?.target, options)]);
  if (since !== undefined) return leftAt(folder, await given(folder, since, options), head, options);
  // Without a commit there is nothing that anybody could have applied.
  if (head.commit === undefined) return undefined;
  const { target, standard } = branches;
  if (ci?.target !== undefined) {
    if (target) return leftAt(folder, target, head, options);
    throw notThere(`the branch \`${ci.target}\` that this pull request goes to`, head);
  }
  if (!ci && (!standard || head.branch === undefined || head.branch === standard.name.replace(/^origin\//, '')))
    return undefined;
  if (!standard) throw notThere('the default branch', head);
  const base = await leftAt(folder, standard, head, options);
  const before = ci && base.commit === head.commit ? await beforePush(folder, ci, options) : undefined;
  // What the push brought is this work, and not what the branch got beside it.
  return before === undefined ? base : { ...base, commit: before, tip: before };
}

interface Head {
  /** Undefined before the first commit. */
  readonly commit: string | undefined;
  /** Undefined where HEAD is detached, as most CI systems leave it. */
  readonly branch: string | undefined;
  readonly shallow: boolean;
}

async function headOf(folder: string, options: GitOptions): Promise<Head> {
  const [shallow, commit, branch] = await Promise.all([
    git(folder, ['rev-parse', '--is-shallow-repository'], options),
    commitOf(folder, 'HEAD', options),
    gitOrNothing(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD'], options),
  ]);
  return { commit, branch, shallow: shallow.toString().trim() === 'true' };
}

/** What `--since` names. Throws `UsageError` when it is not there. */
export async function given(folder: string, since: string, options: GitOptions): Promise<Ref> {
  const commit = await commitOf(folder, since, options);
  if (commit !== undefined) return { name: since, commit };
  throw new UsageError(
    `There is no commit, branch or tag \`${since}\` in this repository; fetch it, or name another one with --since.`,
  );
}

/** The commit of what a person or a system names; never an option of git, whatever stands in it. */
async function commitOf(folder: string, ref: string, options: GitOptions): Promise<string | undefined> {
  if (ref.startsWith('-') || /[\0\n]/.test(ref)) return undefined;
  const found = await gitOrNothing(folder, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], options);
  return found !== undefined && /^[0-9a-f]{40,64}$/.test(found) ? found : undefined;
}

interface Branches {
  /** The one that is asked for. */
  readonly target: Ref | undefined;
  /** The default one, as far as this repository knows. */
  readonly standard: Ref | undefined;
}

/** Branches of the remote come before those here, which may be old. */
async function branchesOf(folder: string, target: string | undefined, options: GitOptions): Promise<Branches> {
  const standard = [`${remotes}HEAD`, `${remotes}main`, `${remotes}master`, 'refs/heads/main', 'refs/heads/master'];
  const asked = target === undefined ? [] : [`${remotes}${target}`, `refs/heads/${target}`];
  const format = '--format=%(refname) %(objectname) %(symref)';
  const listing = await git(folder, ['for-each-ref', format, ...standard, ...asked], options);
  const refs = new Map<string, Ref>();
  for (const line of listing.toString('utf8').split('\n')) {
    const [place = '', commit = '', points = ''] = line.split(' ');
    // The default of the remote is a name for one of its branches.
    const name = points === '' ? place : points;
    refs.set(place, { name: name.replace(/^refs\/(?:remotes|heads)\//, ''), commit });
  }
  const find = (wanted: readonly string[]): Ref | undefined =>
    wanted.map(place => refs.get(place)).find(ref => ref !== undefined);
  return { target: find(asked), standard: find(standard) };
}

async function leftAt(folder: string, { name, commit }: Ref, head: Head, options: GitOptions): Promise<Base> {
  if (head.commit === undefined) return { name, commit, tip: commit };
  const left = await gitOrNothing(folder, ['merge-base', commit, head.commit], options);
  if (left) return { name, commit: left, tip: commit };
  throw notThere(`the commit at which this work left \`${name}\``, head);
}

/** GitLab says it in a variable, GitHub in a file; a new branch has zeros, and a shallow clone does not hold it. */
async function beforePush(
  folder: string,
  { before, eventPath }: CiRun,
  options: GitOptions,
): Promise<string | undefined> {
  const said = before ?? (eventPath === undefined ? undefined : await beforeIn(eventPath));
  return said !== undefined && /^[0-9a-f]{40,64}$/.test(said) ? commitOf(folder, said, options) : undefined;
}

async function beforeIn(path: string): Promise<string | undefined> {
  try {
    const event: unknown = JSON.parse(await readFile(path, 'utf8'));
    const isPush = typeof event === 'object' && event !== null && 'before' in event;
    return isPush && typeof event.before === 'string' ? event.before : undefined;
  } catch {
    return undefined;
  }
}

function notThere(what: string, { shallow }: Head): FactUnavailable {
  const way = shallow
    ? 'fetch the whole history (`fetch-depth: 0` for actions/checkout, `GIT_DEPTH: 0` in GitLab)'
    : 'fetch it, or name a commit with --since';
  return new FactUnavailable(
    `Which migrations are applied is not known, because this ${shallow ? 'shallow clone' : 'repository'} does not have ${what}; ${way}.`,
  );
}
