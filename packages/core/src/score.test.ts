import { describe, expect, test } from '@jest/globals';
import type { Finding } from './report.ts';
import type { AnyRule, Category, Level } from './rule.ts';
import { score } from './score.ts';

const rule = (id: string, category: Category = 'integrity'): AnyRule => ({
  id,
  level: 'high',
  category,
  needs: [],
  docs: { summary: '', why: '', bad: '', good: '' },
  subjects: () => [],
  check: () => undefined,
});
const rules = [rule('schema/a'), rule('schema/b'), rule('schema/c', 'performance')];
const found = (id: string, level: Level, subject: string, suppressed: Finding['suppressed'] = null): Finding => ({
  project: '.',
  rule: id,
  level,
  category: 'integrity',
  subject,
  message: '',
  location: null,
  related: [],
  fix: null,
  precheck: null,
  docs: '',
  fingerprint: '',
  suppressed,
});
const check = (id: string, subjects: number) => ({ rule: id, subjects, findings: 0 });

describe('score', () => {
  test('is null when nothing was checked, and a category without subjects has none', () => {
    expect(score([], [], rules)).toEqual({ overall: null, categories: {} });
    expect(score([check('schema/a', 0)], [], rules)).toEqual({ overall: null, categories: {} });
    expect(score([check('schema/a', 0), check('schema/c', 3)], [], rules)).toEqual({
      overall: 100,
      categories: { performance: 100 },
    });
  });

  test('weighs the level and the share of the subjects', () => {
    const one = (level: Level) => score([check('schema/a', 10)], [found('schema/a', level, 'A')], rules).overall;
    expect([one('critical'), one('high'), one('medium'), one('low')]).toEqual([94, 97, 99, 99]);
  });

  test('does not depend on the size of the project', () => {
    const of = (size: number) =>
      score(
        [check('schema/a', size * 5)],
        Array.from({ length: size }, (_, index) => found('schema/a', 'high', String(index))),
        rules,
      );
    expect(of(200)).toEqual(of(1));
  });

  test('is not lifted by rules that find nothing', () => {
    const findings = [found('schema/a', 'critical', 'A')];
    const alone = score([check('schema/a', 4)], findings, rules).overall;
    expect(score([check('schema/a', 4), check('schema/b', 900)], findings, rules).overall).toBe(alone);
  });

  test('leaves out what is suppressed, and counts a subject once', () => {
    const suppressed = found('schema/a', 'critical', 'A', { by: 'comment', reason: 'tiny' });
    expect(score([check('schema/a', 2)], [suppressed], rules).overall).toBe(100);
    const twice = [found('schema/a', 'critical', 'A'), found('schema/a', 'low', 'A')];
    expect(score([check('schema/a', 2)], twice, rules).overall).toBe(70);
  });

  test('is never 100 with a finding, nor below 0', () => {
    expect(score([check('schema/a', 100_000)], [found('schema/a', 'low', 'A')], rules).overall).toBe(99);
    const many = ['A', 'B', 'C'].map(subject => found('schema/a', 'critical', subject));
    expect(score([check('schema/a', 1)], many, rules).overall).toBe(0);
  });

  test('of a category takes its own rules alone', () => {
    const findings = [found('schema/a', 'critical', 'A'), found('schema/c', 'critical', 'C')];
    expect(score([check('schema/a', 2), check('schema/b', 2), check('schema/c', 4)], findings, rules)).toEqual({
      overall: 59,
      categories: { integrity: 70, performance: 85 },
    });
  });
});
