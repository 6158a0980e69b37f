import { expect, jest, test } from '@jest/globals';
import { driftTesting } from '../../../test/drift-testing.ts';
import { after, at, change, healthy } from '../../../test/healthy-project.ts';

jest.setTimeout(120_000);
const drift = await driftTesting('drift/missing-index');

const dropped = 'DROP INDEX "posts_author_id_created_at_idx";';

test('is silent on the same index under another name, and on one that is partial on purpose', async () => {
  expect(await drift.findings(healthy)).toEqual([]);
  const renamed = after('ALTER INDEX "posts_author_id_created_at_idx" RENAME TO "by_author";');
  expect(await drift.findings(renamed)).toEqual([]);
  const partial = after(
    `${dropped} CREATE INDEX "posts_author_id_created_at_idx" ON "posts"("author_id", "created_at" DESC) WHERE "score" IS NOT NULL;`,
  );
  expect(await drift.findings(partial)).toEqual([]);
});

test('names the index and who dropped it, and makes it again', async () => {
  const project = after(`${dropped}\nDROP INDEX "_PostToTag_B_index";`);
  const findings = await drift.findings(project);
  expect(findings.map(finding => finding.subject)).toEqual([
    'posts.posts_author_id_created_at_idx',
    '_PostToTag._PostToTag_B_index',
  ]);
  expect(findings[0]).toMatchObject({
    level: 'high',
    place: at('@@index'),
    related: [`${change} dropped by 2_change`],
    message:
      'The schema promises an index on `author_id, created_at` of `posts` and `2_change` dropped it, so lookups read the whole table.',
    fix: {
      safety: 'safe',
      sql: 'CREATE INDEX "posts_author_id_created_at_idx" ON "posts"("author_id", "created_at" DESC);',
    },
  });
  expect(await drift.prove(project)).toEqual([]);
});

test('names the statement that made the table where none made the index', async () => {
  const schema = healthy.schema.replace('  @@index', '  @@index([title], type: Hash)\n  @@index');
  const [finding] = await drift.findings({ ...healthy, schema });
  expect(finding).toMatchObject({
    related: ['prisma/migrations/1_init/migration.sql:18 last touched by 1_init'],
    fix: { sql: 'CREATE INDEX "posts_title_idx" ON "posts" USING "hash" ("title");' },
  });
  expect(await drift.prove({ ...healthy, schema })).toEqual([]);
});

test.each([
  ['("author_id", "created_at")', 'is a btree index on `author_id, created_at`', 'unsafe'],
  ['("created_at")', 'is a btree index on `created_at`', 'unsafe'],
  ['("title") WHERE "score" > 1', 'is a btree index on `title`', 'unsafe'],
])('sees that the name stands for another index: %s', async (keys, words, safety) => {
  const project = after(`${dropped} CREATE INDEX "posts_author_id_created_at_idx" ON "posts"${keys};`);
  const findings = await drift.findings(project);
  expect(findings).toHaveLength(1);
  expect(findings[0]?.message).toContain(words);
  expect(findings[0]?.fix?.safety).toBe(safety);
  expect(await drift.prove(project)).toEqual([]);
});

test('sees an invalid index', async () => {
  const project = after(
    `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'posts_author_id_created_at_idx'::regclass;`,
  );
  expect(await drift.findings(project)).toMatchObject([
    { message: expect.stringContaining('`posts_author_id_created_at_idx` is invalid'), fix: { safety: 'safe' } },
  ]);
  expect(await drift.prove(project)).toEqual([]);
});
