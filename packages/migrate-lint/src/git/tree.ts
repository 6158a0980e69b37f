import { FactUnavailable } from '@migrate-lint/core';
import { git, type GitOptions } from './command.ts';

/** The text of `<name>/migration.sql` for each migration that a commit holds in this folder, by name. */
export async function migrationsAt(
  folder: string,
  commit: string,
  options: GitOptions,
): Promise<ReadonlyMap<string, string>> {
  const found = [...(await blobsAt(folder, commit, options))];
  if (found.length === 0) return new Map();
  const input = found.map(([, id]) => `${id}\n`).join('');
  const output = await git(folder, ['cat-file', '--batch'], { ...options, input });
  let at = 0;
  return new Map(
    found.map(([name]) => {
      const end = output.indexOf('\n', at);
      const [, kind = 'missing', size = '0'] = output.toString('latin1', at, end).split(' ');
      if (kind !== 'blob')
        throw new FactUnavailable(
          `Git does not have \`${name}/migration.sql\` of the commit ${commit.slice(0, 12)}, as in a partial clone; make a whole clone.`,
        );
      at = end + 1 + Number(size) + 1;
      return [name, output.toString('utf8', end + 1, end + 1 + Number(size))];
    }),
  );
}

/** The names alone; they tell what a branch got since. */
export async function migrationNamesAt(
  folder: string,
  commit: string,
  options: GitOptions,
): Promise<readonly string[]> {
  return [...(await blobsAt(folder, commit, options)).keys()];
}

/** The object of each migration.sql. Git shows paths relative to the folder in which it runs, and none of others. */
async function blobsAt(folder: string, commit: string, options: GitOptions): Promise<ReadonlyMap<string, string>> {
  const listing = await git(folder, ['ls-tree', '-r', '-z', commit], options);
  const blobs = new Map<string, string>();
  for (const entry of listing.toString('utf8').split('\0')) {
    const [, id, name] = /^100\d{3} blob ([0-9a-f]+)\t([^/]+)\/migration\.sql$/.exec(entry) ?? [];
    if (id !== undefined && name !== undefined) blobs.set(name, id);
  }
  return blobs;
}
