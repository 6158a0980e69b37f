import { expect, test } from '@jest/globals';
import { testRule } from '@migrate-lint/core/testing';
import { validate } from '../../source/validate.ts';
import rule from './invalid.ts';

const datasource = 'datasource db {\n  provider = "postgresql"\n}\n';

async function findings(texts: Readonly<Record<string, string>>) {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  const validation = await validate(files);
  const sources = files.map(file => ({ ...file, language: 'prisma' as const, blocks: [] }));
  return testRule(rule, { facts: { validation }, files: sources });
}

test('is silent of a valid schema, and counts its files', async () => {
  const texts = { 'a.prisma': datasource, 'b.prisma': 'model A {\n  id Int @id\n}\n' };
  expect(await findings(texts)).toEqual([]);
  const validation = await validate(Object.entries(texts).map(([path, text]) => ({ path, text })));
  expect([...rule.subjects({ validation }, undefined)]).toHaveLength(2);
});

test('says each error at its own place in its own file', async () => {
  const found = await findings({
    'a.prisma': `${datasource}model A {\n  id Int @id\n  b  Bee\n}\n`,
    'b.prisma': '\n\nmodel B {\n  id Int @id\n  c  Cee\n}\n',
  });
  expect(found.map(({ subject, location }) => [subject.split(' ')[0], location?.line])).toEqual([
    ['a.prisma', 6],
    ['b.prisma', 5],
  ]);
  expect(found[0]?.message).toContain('"Bee"');
  expect(found[1]?.message).toContain('"Cee"');
});

test('a model that is declared twice names both places', async () => {
  const found = await findings({
    'a.prisma': `${datasource}model A {\n  id Int @id\n}\n`,
    'b.prisma': 'model A {\n  id Int @id\n}\n',
  });
  expect(found).toHaveLength(1);
  const files = [found[0]?.location?.file, ...(found[0]?.related ?? []).map(({ location }) => location.file)];
  expect(files.sort()).toEqual(['a.prisma', 'b.prisma']);
});

test('the same words twice are two findings, of one line each', () => {
  const span = { file: 'a.prisma', start: 0, end: 1 };
  const error = { message: 'Something is\n  wrong\u001b[0m here', span, related: [] };
  const validation = { files: [{ path: 'a.prisma', errors: [error, error] }] };
  const found = testRule(rule, { facts: { validation } });
  expect(found.map(({ message }) => message)).toEqual(['Something is wrong [0m here.', 'Something is wrong [0m here.']);
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});
