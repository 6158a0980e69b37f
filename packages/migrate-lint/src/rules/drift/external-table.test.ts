import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/external-table');

test('is silent on tables that are there, and on those that migrations do not make', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const externalTables = ['public.theirs', 'auth.users', 'billing.invoices'];
  expect(await drift.findings(after('CREATE TABLE "theirs" (id int);', { externalTables }))).toEqual([]);
});

test.each([
  ['public.their', 'CREATE TABLE "theirs" (id int);', 'there is `theirs`', 'Write `public.theirs` in place of `their`'],
  [
    'billing.Theirs',
    'CREATE TABLE "theirs" (id int);',
    'there is `theirs`',
    'Write `public.theirs` in place of `billing.Theirs`',
  ],
])('sees that %s is misspelt when the table that is meant drifts', async (entry, sql, words, title) => {
  const findings = await drift.findings(after(sql, { externalTables: [entry] }));
  expect(findings).toMatchObject([{ level: 'high', subject: entry.replace('public.', ''), fix: { title, sql: null } }]);
  expect(findings[0]?.message).toContain(words);
});
