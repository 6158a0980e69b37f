import type { Fix } from '@migrate-lint/core';
import { comment, orderRenames, phases, type SqlFix, type Step } from './edits.ts';
import { runsAlone, statementsIn } from './edits/statements.ts';

/** A finding whose fix a migration may hold. */
export interface Mendable {
  readonly rule: string;
  readonly subject: string;
  readonly fix: Fix;
}

export interface WrittenMigration {
  /** The folder's name. */
  readonly name: string;
  readonly sql: string;
}

interface Entry {
  readonly step: Step;
  readonly finding: Mendable;
  /** It stands behind a statement of its fix that has a migration of its own. */
  readonly behind: boolean;
}

/** One migration of those that mend the findings. */
export interface Script {
  /** What its folder is called behind the name; empty for the main one. */
  readonly suffix: string;
  readonly sql: string;
}

/**
 * The SQL of all fixes that have any, each statement once and in an order that runs, as the scripts of several migrations: values that
 * are added to an enum can be used only when their transaction is committed, what is done CONCURRENTLY needs a file for itself, for Prisma
 * up to 7.3 runs a file as one transaction, and a constraint that is validated in the transaction that adds it locks the table for the
 * whole scan. Without any SQL there is none.
 */
export function migrationFor(findings: readonly Mendable[]): readonly Script[] {
  const entries = findings.flatMap(entriesOf);
  const dropped = new Set(entries.flatMap(({ step }) => (step.phase === 'drop foreign key' ? [step.constraint] : [])));
  const kept = entries.filter(({ step }) => !step.rename || !dropped.has(step.constraint));
  // In the order of the findings: the files say which index has to go before which one comes.
  const alone = once(kept.filter(({ step }) => runsAlone(step.sql)));
  const together = kept.filter(({ step }) => !runsAlone(step.sql));
  const ordered = phases.flatMap(phase => orderRenames(once(together.filter(({ step }) => step.phase === phase))));
  const last = ordered.filter(({ step }) => step.phase === 'validate');
  const behind = ordered.filter(entry => entry.behind && !last.includes(entry));
  const changes = ordered.filter(entry => !last.includes(entry) && !behind.includes(entry));
  const values = changes.filter(({ step }) => step.phase === 'add enum value');
  const rest = changes.filter(entry => !values.includes(entry));
  const first = values.some(value => isUsed(value.step, rest)) ? values : [];
  return [
    { suffix: '_enum_values', entries: first },
    { suffix: '', entries: changes.filter(entry => !first.includes(entry)) },
    ...alone.map(entry => ({ suffix: '_concurrently', entries: [entry] })),
    { suffix: '_behind_indexes', entries: behind },
    { suffix: '_validate', entries: last },
  ].flatMap(part => (part.entries.length === 0 ? [] : [{ suffix: part.suffix, sql: script(part.entries) }]));
}

/** The folders for these scripts, which sort behind all folders that are there. */
export function nameMigrations(
  scripts: readonly Script[],
  name: string,
  now: Date,
  existing: readonly string[],
): readonly WrittenMigration[] {
  const written: WrittenMigration[] = [];
  for (const { suffix, sql } of scripts) {
    const taken = [...existing, ...written.map(migration => migration.name)];
    written.push({ name: migrationName(now, name + suffix, taken), sql });
  }
  return written;
}

/**
 * `20261120193000_name`, in UTC and with what a folder's name can hold. Prisma runs folders in the order of their names: where the last one
 * lies in the future, the number after its own is taken.
 */
export function migrationName(now: Date, name: string, existing: readonly string[]): string {
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 180);
  const ending = words === '' ? 'migration' : words;
  const last = existing.reduce((latest, folder) => (folder > latest ? folder : latest), '');
  if (`${stamp}_${ending}` > last) return `${stamp}_${ending}`;
  const number = /^\d+/.exec(last)?.[0] ?? '';
  const next = number === '' ? '' : String(BigInt(number) + 1n).padStart(number.length, '0');
  // A name that goes on where the last one ends sorts behind it, whatever that one is.
  return next.length === number.length && next !== '' ? `${next}_${ending}` : `${last}_${ending}`;
}

function entriesOf(finding: Mendable): readonly Entry[] {
  const steps = stepsOf(finding.fix);
  const alone = steps.findIndex(({ sql }) => runsAlone(sql));
  return steps.map((step, index) => ({ step, finding, behind: alone !== -1 && index > alone }));
}

/** The steps of a fix; one that is plain SQL, as the rules of the schema write it, runs when all else is done. */
function stepsOf(fix: Fix): readonly Step[] {
  const steps = isSqlFix(fix) ? fix.steps : fix.sql === undefined ? [] : [{ phase: 'protect' as const, sql: fix.sql }];
  return steps.flatMap(concurrentApart).flatMap(validationsApart);
}

function isSqlFix(fix: Fix): fix is SqlFix {
  return 'steps' in fix;
}

function concurrentApart(step: Step): readonly Step[] {
  const statements = statementsIn(step.sql);
  return statements.some(runsAlone) ? statements.map(sql => ({ ...step, sql })) : [step];
}

const validation = /^ALTER TABLE [^;]* VALIDATE CONSTRAINT [^;]*;$/;

function validationsApart(step: Step): readonly Step[] {
  // What stands behind a validation in its own step counts on it.
  if (step.phase === 'validate') return [step];
  const lines = step.sql.split('\n');
  const validations = lines.filter(line => validation.test(line));
  if (validations.length === 0) return [step];
  const rest = lines.filter(line => !validation.test(line));
  if (rest.every(line => line.startsWith('--'))) return [{ ...step, phase: 'validate' }];
  return [
    { ...step, sql: rest.join('\n') },
    { phase: 'validate', sql: validations.join('\n') },
  ];
}

/** Two fixes may need the same statement, such as foreign keys that both take aside. */
function once(entries: readonly Entry[]): readonly Entry[] {
  const bySql = new Map<string, Entry>();
  for (const entry of entries) if (!bySql.has(entry.step.sql)) bySql.set(entry.step.sql, entry);
  return [...bySql.values()];
}

/** Whether a statement may use the value: it says it, or converts something to the type. */
function isUsed({ sql }: Step, rest: readonly Entry[]): boolean {
  const [, type = '', value = ''] = /^ALTER TYPE ((?:"(?:[^"]|"")+"\.?)+) ADD VALUE (E?'(?:[^']|'')*')/.exec(sql) ?? [];
  return rest.some(({ step }) => step.sql.includes(value) || step.sql.includes(type));
}

function script(entries: readonly Entry[]): string {
  const parts = entries.map(({ step, finding }, index) => {
    const { rule, subject, fix } = finding;
    if (entries[index - 1]?.finding === finding) return step.sql;
    const warning = fix.safety === 'unsafe' ? [comment(`UNSAFE, look before you run it: ${fix.title}`)] : [];
    return ['', comment(`${rule}: ${subject}`), ...warning, step.sql].join('\n');
  });
  const head = comment('Written by migrate-lint: what mends these findings. Read it before you apply it.');
  return `${[head, ...parts].join('\n')}\n`;
}
