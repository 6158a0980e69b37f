import { randomBytes } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '@migrate-lint/core';

/** Writes a file whole or not at all: one that is interrupted stays as it was. Links are followed, rights are kept. */
export async function writeWhole(path: string, text: string, shown: string): Promise<void> {
  let unfinished: string | undefined;
  try {
    const target = await realpath(path).catch(() => path);
    const mode = await stat(target).then(
      found => found.mode,
      () => undefined,
    );
    unfinished = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
    await writeFile(unfinished, text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
    await rename(unfinished, target);
  } catch (error) {
    if (unfinished !== undefined) await rm(unfinished, { force: true }).catch(() => undefined);
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UsageError(`\`${shown}\` cannot be written (${code}); check its folder and its rights.`);
  }
}
