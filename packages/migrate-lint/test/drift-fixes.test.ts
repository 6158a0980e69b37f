import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Problem, Subject } from '@migrate-lint/core';
import fc from 'fast-check';
import { loadParser } from '../src/migrations/parser.ts';
import { rules } from '../src/rules/index.ts';
import { migrationFor, type Mendable } from '../src/write-migration.ts';
import { startOracle, type EngineOracle } from './engine-oracle.ts';
import { compareOracle } from './oracle-comparison.ts';
import { schemaChange, schemaSpec, schemaText } from './schema-arbitrary.ts';

jest.setTimeout(600_000);
let oracle: EngineOracle;
beforeAll(async () => {
  await loadParser();
  oracle = await startOracle();
});
afterAll(() => oracle.close());

const file = (content: string) => [{ path: 'schema.prisma', content }];

/** What all drift rules say of the oracle's database. */
async function findings(text: string): Promise<readonly Mendable[]> {
  const facts = await compareOracle(oracle, text);
  return rules
    .filter(rule => rule.id.startsWith('drift/') && rule.id !== 'drift/unmanaged-object')
    .flatMap(rule =>
      [...(rule.subjects(facts, undefined) as Iterable<Subject>)].flatMap(subject => {
        const said = rule.check(subject, facts, undefined) as Problem | undefined;
        return said?.fix ? [{ rule: rule.id, subject: subject.path, fix: said.fix }] : [];
      }),
    );
}

const named = (found: readonly Mendable[]): readonly string[] => found.map(({ rule, subject }) => `${rule} ${subject}`);

/**
 * Mends what there is and expects that neither we nor the engine find anything more. Each script runs as one transaction, as Prisma up to
 * 7.3 runs it.
 */
async function mend(text: string): Promise<readonly string[]> {
  const scripts = migrationFor(await findings(text)).map(({ sql }) => sql);
  for (const script of scripts) await oracle.run(script);
  expect({ left: named(await findings(text)), scripts }).toEqual({ left: [], scripts });
  expect({ diff: await oracle.drift(file(text)), scripts }).toEqual({ diff: '', scripts });
  return scripts;
}

describe('the fixes of all drift rules in one migration', () => {
  test('leave no drift in what changes from one schema to the next', async () => {
    await fc.assert(
      fc.asyncProperty(schemaChange, async ([before, after]) => {
        await oracle.reset();
        await oracle.run(await oracle.migration([], file(schemaText(before))));
        await mend(schemaText(after));
      }),
      { numRuns: runs(40) },
    );
  });

  test('leave no drift between two schemas that have nothing in common', async () => {
    await fc.assert(
      fc.asyncProperty(schemaSpec, schemaSpec, async (before, after) => {
        await oracle.reset();
        await oracle.run(await oracle.migration([], file(schemaText(before))));
        await mend(schemaText(after));
      }),
      { numRuns: runs(30) },
    );
  });
});

describe('the safe fixes alone', () => {
  test('run, and what they are for is gone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(schemaChange, fc.tuple(schemaSpec, schemaSpec)), async ([before, after]) => {
        await oracle.reset();
        await oracle.run(await oracle.migration([], file(schemaText(before))));
        const text = schemaText(after);
        const safe = (await findings(text)).filter(({ fix }) => fix.safety === 'safe');
        const scripts = migrationFor(safe).map(({ sql }) => sql);
        for (const script of scripts) await oracle.run(script);
        const left = new Set(named(await findings(text)));
        expect({ left: named(safe).filter(name => left.has(name)), scripts }).toEqual({ left: [], scripts });
      }),
      { numRuns: runs(30) },
    );
  });
});

/** `AGREEMENT_RUNS=1000` for a soak. */
function runs(usual: number): number {
  return Number(process.env.AGREEMENT_RUNS ?? usual);
}
