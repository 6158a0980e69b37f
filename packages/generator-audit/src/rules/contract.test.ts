import { test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { testRule, testContract } from '@migrate-lint/core/testing';
import { buildSchema } from '../source/build.ts';
import { validate } from '../source/validate.ts';
import { sources } from '../source.ts';
import { rules } from './index.ts';

const datasource = '\ndatasource db {\n  provider = "postgresql"\n}\n';

const cases = testContract({
  rules,
  sources,
  rulesDirectory: fileURLToPath(new URL('.', import.meta.url)),
  docsDirectory: fileURLToPath(new URL('../../../../docs/rules', import.meta.url)),
  runExample: async (rule, source) => {
    const files = [{ path: 'schema.prisma', text: source + datasource }];
    const validation = await validate(files);
    const valid = validation.files.every(({ errors }) => errors.length === 0);
    if (!valid && rule.needs.includes('schema')) throw new Error(`This example is no valid schema:\n${source}`);
    const facts = valid ? { validation, schema: buildSchema(files) } : { validation };
    return testRule(rule, { facts }).map(finding => finding.rule);
  },
});

for (const { name, run } of cases) test(name, run);
