import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { baselineText, readBaseline, writeBaseline } from './baseline.ts';
import type { Finding } from './report.ts';
import { UsageError } from './source.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'baseline-'));
});
afterAll(() => rm(directory, { recursive: true }));

function finding(rule: string, subject: string, suppressed: Finding['suppressed'] = null): Finding {
  const fingerprint = Buffer.from(`${rule}${subject}`).toString('hex').padEnd(16, '0').slice(-16);
  return {
    project: '.',
    rule,
    level: 'high',
    category: 'integrity',
    subject,
    message: 'It is wrong.',
    location: null,
    related: [],
    fix: null,
    precheck: null,
    docs: '',
    fingerprint,
    suppressed,
  };
}

const findings = [
  finding('schema/b', 'B'),
  finding('schema/a', 'B'),
  finding('schema/a', 'A', { by: 'baseline', reason: 'old' }),
  finding('schema/a', 'C', { by: 'comment', reason: 'tiny' }),
];

describe('a baseline', () => {
  test('is sorted, keeps what was in it and leaves what a comment suppresses', () => {
    const { version, entries } = JSON.parse(baselineText(findings)) as { version: number; entries: Finding[] };
    expect(version).toBe(1);
    expect(entries.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual([
      'schema/a A',
      'schema/a B',
      'schema/b B',
    ]);
    expect(Object.keys(entries[0] ?? {})).toEqual(['fingerprint', 'rule', 'subject']);
  });

  test('is the same in whatever order the findings come', () => {
    expect(baselineText([...findings].reverse())).toBe(baselineText(findings));
  });

  test('is read as it was written', async () => {
    await writeBaseline(directory, 'good.json', findings);
    const baseline = await readBaseline(directory, 'good.json');
    expect([...baseline.keys()].sort()).toEqual(
      findings
        .slice(0, 3)
        .map(each => each.fingerprint)
        .sort(),
    );
    expect(new Set(baseline.values())).toEqual(new Set(['in the baseline good.json']));
  });

  test.each([
    ['empty', ''],
    ['text', 'no JSON'],
    ['null', 'null'],
    ['list', '[]'],
    ['version 2', '{"version":2,"entries":[]}'],
    ['bad entry', '{"version":1,"entries":[{"fingerprint":1,"rule":"a","subject":"b"}]}'],
  ])('that is bad (%s) is refused with its name and a way out', async (_, text) => {
    await writeFile(join(directory, 'bad.json'), text);
    const reading = readBaseline(directory, 'bad.json');
    await expect(reading).rejects.toBeInstanceOf(UsageError);
    await expect(reading).rejects.toThrow(/`bad\.json` is not a baseline of version 1; write it anew/);
  });

  test('that is not there is refused with its name', async () => {
    await expect(readBaseline(directory, 'none.json')).rejects.toThrow(/`none\.json` cannot be read/);
  });
});
