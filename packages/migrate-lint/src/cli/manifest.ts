import { dirname, join } from 'node:path';
import type { Touch, UnmanagedObject } from '@migrate-lint/core';
import type { ProjectAudit } from './audit.ts';
import { shown } from './project.ts';
import type { Session } from './session.ts';
import { writeWhole } from './write-file.ts';

/** Lists all objects of now in the manifest, beside the migrations, where the source looks for it; says what it did. */
export async function writeManifest(audit: ProjectAudit, session: Session): Promise<string> {
  const { unmanaged } = await audit.fact('comparison');
  const file = await write(unmanaged, audit, session);
  return `${file}: ${String(unmanaged.length)} objects listed that no .prisma file can say; commit it.`;
}

/**
 * Lists what migrations that were just written make, and no longer what they drop; the manifest stays as it is where they touch nothing that it
 * lists. Returns what it did, or undefined.
 */
export async function followInManifest(
  audit: ProjectAudit,
  written: readonly string[],
  session: Session,
): Promise<string | undefined> {
  if (written.length === 0 || audit.report.findings.some(({ rule }) => rule === 'history/replay-failure'))
    return undefined;
  const { unmanaged, manifest } = await audit.fact('comparison');
  if (!manifest) return undefined;
  const isOurs = (touch: Touch | undefined): boolean => touch !== undefined && written.includes(touch.span.file);
  const now = new Map(unmanaged.map(object => [keyOf(object), object]));
  const before = manifest.entries.map(({ object, touch }): UnmanagedObject => ({ ...object, touch }));
  const listed = new Set(before.map(keyOf));
  const kept = before.flatMap(object => {
    const there = now.get(keyOf(object));
    if (!there) return isOurs(object.touch) ? [] : object;
    return isOurs(there.touch) ? there : object;
  });
  const made = unmanaged.filter(object => isOurs(object.touch) && !listed.has(keyOf(object)));
  const after = [...kept, ...made];
  if (after.length === before.length && after.every((object, at) => object.definition === before[at]?.definition))
    return undefined;
  return `${await write(after, audit, session)}: follows the written migration; commit it.`;
}

function keyOf({ kind, path }: UnmanagedObject): string {
  return `${kind} ${path}`;
}

async function write(
  objects: readonly UnmanagedObject[],
  { project }: ProjectAudit,
  { cwd, signal }: Session,
): Promise<string> {
  const { writeManifest: textOf } = await import('../database/manifest.ts');
  signal.throwIfAborted();
  const path = join(dirname(project.migrationsPath ?? project.schemaPath), 'unmanaged.json');
  const file = shown(cwd, path);
  await writeWhole(path, textOf(objects), file);
  return file;
}
