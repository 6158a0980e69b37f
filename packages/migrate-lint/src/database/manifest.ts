import {
  UsageError,
  type Manifest,
  type ManifestEntry,
  type Touch,
  type TouchKind,
  type UnmanagedKind,
  type UnmanagedObject,
} from '@migrate-lint/core';
import * as z from 'zod';
import { byCodeUnit } from './order.ts';
import { withTouch } from './pair.ts';

/** `prisma/unmanaged.json`: what no .prisma file can say, committed so that it is missed when it is gone. */
const manifestSchema = z.strictObject({
  version: z.literal(1),
  objects: z.array(z.strictObject({ kind: z.string(), path: z.string(), definition: z.string() })),
});

/** The manifest's text for these objects: sorted, one format, a newline at the end. */
export function writeManifest(objects: readonly UnmanagedObject[]): string {
  const entries = objects
    .map(({ kind, path, definition }) => ({ kind, path, definition }))
    .sort((a, b) => byCodeUnit(a.kind, b.kind) || byCodeUnit(a.path, b.path));
  return `${JSON.stringify({ version: 1, objects: entries }, null, 2)}\n`;
}

/** Reads a manifest against what the database has now. Throws `UsageError` when it is no manifest. */
export function readManifest(
  file: string,
  text: string,
  found: readonly UnmanagedObject[],
  lastTouch: (kind: TouchKind, path: string) => Touch | undefined,
): Manifest {
  const there = new Set(found.map(object => `${object.kind} ${object.path}`));
  let from = 0;
  const entries = parseManifest(file, text).objects.map((object): ManifestEntry => {
    const path = `${object.kind} ${object.path}`;
    const start = text.indexOf(`"path": ${JSON.stringify(object.path)}`, from);
    from = Math.max(from, start + 1);
    const end = text.indexOf('\n', start);
    const entry = {
      path,
      object: { ...object, kind: object.kind as UnmanagedKind },
      span: { file, start: Math.max(0, start), end: start < 0 ? 0 : end < 0 ? text.length : end },
      found: there.has(path),
    };
    return withTouch(entry, () => lastTouch(touchKinds[object.kind as UnmanagedKind] ?? 'table', object.path));
  });
  return { file, entries };
}

function parseManifest(file: string, text: string): z.infer<typeof manifestSchema> {
  const wayOut = 'mend it, or write it anew with `migrate-lint drift --write-manifest`';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON (${(error as Error).message}): ${wayOut}.`);
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success)
    throw new UsageError(
      `${file} is no manifest of unmanaged objects (${z.prettifyError(parsed.error).split('\n')[0] ?? ''}): ${wayOut}.`,
    );
  return parsed.data;
}

const touchKinds: Readonly<Partial<Record<UnmanagedKind, TouchKind>>> = {
  check: 'constraint',
  exclusion: 'constraint',
  trigger: 'trigger',
  policy: 'policy',
  function: 'function',
  view: 'view',
  'materialized view': 'view',
  extension: 'extension',
  sequence: 'sequence',
  domain: 'type',
  'composite type': 'type',
  index: 'index',
  'partial index': 'index',
  'expression index': 'index',
  'index option': 'index',
  'unique constraint': 'index',
  'generated column': 'column',
  'column collation': 'column',
  identity: 'column',
};
