import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('history/replay-failure');

test('is silent where every migration runs', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  expect(await drift.findings(after('GRANT SELECT ON "User" TO somebody;'))).toEqual([]);
});

test("has the place, and Postgres's message, detail, hint and code", async () => {
  expect(await drift.findings(after('SELECT 1;\n\nALTER TABLE "User"\n  DROP COLUMN "nmae";'))).toMatchObject([
    {
      subject: '2_change',
      level: 'critical',
      place: change.replace(/1$/, '3'),
      message:
        'The migration `2_change` does not run on an empty database, because Postgres says “column "nmae" of relation "User" does not exist” (SQLSTATE 42703).',
      fix: null,
    },
  ]);
  const [hinted] = await drift.findings(after('SELECT "nam" FROM "User";'));
  expect(hinted?.message).toMatch(/hint “Perhaps you meant to reference the column "User.name".”, SQLSTATE 42703\)\.$/);
  const [detailed] = await drift.findings(after('DROP TABLE "Tag";'));
  expect(detailed?.message).toContain(
    'detail “constraint _PostToTag_B_fkey on table "_PostToTag" depends on table "Tag"”',
  );
});

test('leaves a syntax error to `migration/syntax-error`', async () => {
  await expect(drift.findings(after('SELECT 1;\nALTER TABEL "User";'))).rejects.toThrow(
    'was skipped: The migrations do not run: 2_change fails (migration/syntax-error).',
  );
});
