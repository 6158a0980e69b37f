import { resolve } from 'node:path';
import { UsageError, type Audit, type Level } from '@migrate-lint/core';
import { active, count, reaches, reporters, type ReporterName } from '@migrate-lint/core/reporters';
import type { Flags, OutputFlag } from './flags.ts';
import type { Session } from './session.ts';
import { writeWhole } from './write-file.ts';

interface Output {
  readonly format: string;
  readonly file?: string;
}

/** Which reporter writes where. An `--output` belongs to the `--format` before it; of one pair the order does not matter. */
export function outputsOf({ format, output }: Pick<Flags, 'format' | 'output'>): readonly Output[] {
  const flags = format ?? output ?? [];
  const formats = flags.filter(flag => 'format' in flag);
  const outputs: { format: string; file?: string }[] = [];
  for (const flag of formats.length < 2 ? formatFirst(flags) : flags) {
    const last = outputs.at(-1);
    if ('format' in flag) outputs.push({ format: flag.format });
    else if (!last || last.file !== undefined)
      throw new UsageError(`\`--output ${flag.file}\` has no reporter; write its \`--format\` in front of it.`);
    else last.file = flag.file;
  }
  if (outputs.filter(({ file }) => file === undefined).length > 1)
    throw new UsageError('Only one `--format` can go to stdout; give the others an `--output`.');
  return outputs;
}

function formatFirst(flags: readonly OutputFlag[]): readonly OutputFlag[] {
  const format = flags.find(flag => 'format' in flag) ?? { format: 'pretty' };
  return [format, ...flags.filter(flag => 'file' in flag)];
}

/** Writes the report by every reporter that was asked for. */
export async function writeReport(
  { report, files }: Pick<Audit, 'report' | 'files'>,
  failOn: Level,
  outputs: readonly Output[],
  session: Session,
): Promise<void> {
  for (const { format, file } of outputs) {
    const reporter = await reporters[format as ReporterName]();
    const color = file === undefined && session.color;
    const text = reporter(report, { files, color, width: session.width, failOn });
    if (file === undefined) await session.print(text);
    else await writeWhole(resolve(session.cwd, file), text, file);
  }
  if (outputs.every(({ file }) => file !== undefined)) {
    const failing = active(report).filter(({ level }) => reaches(level, failOn)).length;
    const places = outputs.map(({ file }) => file).join(', ');
    const skipped = report.skipped.length > 0 ? `, ${count(report.skipped.length, 'rule')} not verified` : '';
    await session.note(`migrate-lint: ${count(failing, 'finding')} at or above ${failOn}${skipped}; see ${places}`);
  }
}
