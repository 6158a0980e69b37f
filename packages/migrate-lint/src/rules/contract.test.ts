import { jest, test } from '@jest/globals';
import { testContract } from '@migrate-lint/core/testing';
import { sources as schemaSources } from 'prisma-generator-audit';
import { fileURLToPath } from 'node:url';
import { exampleProject } from '../../test/example-project.ts';
import { pooledTesting } from '../../test/pooled-testing.ts';
import { rules } from './index.ts';

jest.setTimeout(120_000);
const { auditOf } = await pooledTesting();
const { sources } = await import('../sources.ts');

const cases = testContract({
  rules,
  sources: { ...schemaSources, ...sources },
  rulesDirectory: fileURLToPath(new URL('.', import.meta.url)),
  docsDirectory: fileURLToPath(new URL('../../../../docs/rules', import.meta.url)),
  runExample: async (rule, source) => {
    const { report } = await auditOf(exampleProject(source), [rule]);
    const [unread] = report.skipped;
    if (unread) throw new Error(`This example cannot be read (${unread.reason}):\n${source}`);
    return report.findings.map(finding => finding.rule);
  },
});

for (const { name, run } of cases) test(name, run);
