import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Finding } from './report.ts';
import { UsageError } from './source.ts';

/** An entry of a baseline file; rule and subject are there for whoever reads the diff. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly subject: string;
}

/** The text of a baseline file that holds these findings, without those that a comment suppresses. */
export function baselineText(findings: readonly Finding[]): string {
  const entries = new Map<string, BaselineEntry>();
  for (const { fingerprint, rule, subject, suppressed } of findings)
    if (suppressed?.by !== 'comment') entries.set(fingerprint, { fingerprint, rule, subject });
  const order = ({ rule, subject, fingerprint }: BaselineEntry): string => [rule, subject, fingerprint].join('\0');
  const sorted = [...entries.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return `${JSON.stringify({ version: 1, entries: sorted }, null, 2)}\n`;
}

/** Writes a baseline of these findings. `file` is relative to `cwd`. */
export async function writeBaseline(cwd: string, file: string, findings: readonly Finding[]): Promise<void> {
  await writeFile(resolve(cwd, file), baselineText(findings));
}

/** Reads a baseline: fingerprints with the reason to show, for `Settings.baseline`. `file` is relative to `cwd`. */
export async function readBaseline(cwd: string, file: string): Promise<ReadonlyMap<string, string>> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), 'utf8');
  } catch {
    throw new UsageError(`The baseline \`${file}\` cannot be read; check the path, or write the file anew.`);
  }
  const entries = parse(text);
  if (!entries)
    throw new UsageError(
      `\`${file}\` is not a baseline of version 1; write it anew, or restore it from version control.`,
    );
  return new Map(entries.map(({ fingerprint }) => [fingerprint, `in the baseline ${file}`]));
}

function parse(text: string): readonly BaselineEntry[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value.version !== 1 || !Array.isArray(value.entries)) return undefined;
  return value.entries.every(isEntry) ? value.entries : undefined;
}

function isEntry(value: unknown): value is BaselineEntry {
  return isRecord(value) && ['fingerprint', 'rule', 'subject'].every(key => typeof value[key] === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
