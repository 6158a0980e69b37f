import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/extra-enum');

test('is silent on enums of the schema and of schemas that are not managed', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  expect(await drift.findings(after(`CREATE SCHEMA s; CREATE TYPE s.mood AS ENUM ('a');`))).toEqual([]);
});

test('names the statement that made it, and drops it', async () => {
  const project = after(`CREATE TYPE "Mood" AS ENUM ('good');`);
  expect(await drift.findings(project)).toMatchObject([
    {
      subject: 'Mood',
      level: 'medium',
      place: change,
      related: [],
      message:
        'The migrations make the enum `Mood` that the schema does not name, so the next generated migration drops it.',
      fix: { safety: 'unsafe', sql: 'DROP TYPE "Mood";' },
    },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});
