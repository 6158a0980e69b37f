import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './low-cardinality-index.ts';

const model = (...lines: readonly string[]): string => `
model Task {
  id     Int     @id
  userId Int
  ${lines.join('\n  ')}
}
enum Kind {
  HOME
  WORK
  OTHER
}
enum Status {
  PENDING
  DONE
}
enum Chain {
  A
  B
  C
  D
  E
  F
}
`;

describe('is silent with', () => {
  test.each([
    ['a further column', ['done Boolean', '@@index([userId, done])']],
    ['a Boolean first', ['done Boolean', '@@index([done, userId])']],
    ['a partial index', ['done Boolean', '@@index([done], where: raw("done"))']],
    ['another type', ['tag String', '@@index([tag])']],
    ['an enum of work that waits', ['status Status', '@@index([status])']],
    ['an enum of many values', ['chain Chain', '@@index([chain])']],
    ['a list of enums', ['kinds Kind[]', '@@index([kinds], type: Gin)']],
    ['a Brin index', ['kind Kind', '@@index([kind], type: Brin)']],
    ['a unique', ['kind Kind @unique']],
    ['the beginning of a longer index', ['done Boolean', '@@index([done])', '@@index([done, userId])']],
    ['an ignored model', ['done Boolean', '@@index([done])', '@@ignore']],
  ])('%s', (_, lines) => {
    expect(flagged(rule, model(...lines))).toEqual([]);
  });
});

describe('speaks', () => {
  test('of an index on a Boolean', () => {
    expect(say(rule, model('done Boolean?', '@@index([done])'))).toEqual([
      'Task.@@index([done]): `Task.done` has 2 values, so the index on it alone is of use for a rare one at most, and each row is written to it.',
    ]);
  });
  test('of an index on an enum, up to the number of values of the option', () => {
    expect(say(rule, model('kind Kind', '@@index([kind])'))[0]).toContain('`Task.kind` has 3 values');
    expect(flagged(rule, model('chain Chain', '@@index([chain])'), { options: { values: 6 } })).toHaveLength(1);
  });
});

// Run on Postgres 15: a search for the rare value reads the partial index.
describe('the fix', () => {
  const sql = (...lines: readonly string[]) => fixesOf(rule, model(...lines))[0]?.sql;
  test('makes a partial index on what is not the default, and is not safe', async () => {
    const text = model('done Boolean @default(false)', '@@index([done])');
    expect(fixesOf(rule, text)).toMatchObject([{ safety: 'unsafe' }]);
    expect(sql('done Boolean @default(false)', '@@index([done])')).toBe(
      'DROP INDEX "Task_done_idx";\nCREATE INDEX "Task_done_idx" ON "Task" ("id") WHERE "done";',
    );
    expect(await fixed(rule, text)).toBe(model('done Boolean @default(false)'));
  });
  test('takes the names of the database, quoted', () => {
    expect(
      sql('open Boolean @default(true) @map("is\\"open")', '@@index([open], map: "i\\"x")', '@@map("tasks")'),
    ).toBe('DROP INDEX "i""x";\nCREATE INDEX "i""x" ON "tasks" ("id") WHERE NOT "is""open";');
  });
  test('is missing where the rare value is not known, or Prisma would drop the index', () => {
    expect(fixesOf(rule, model('done Boolean', '@@index([done])'))).toEqual([]);
    expect(fixesOf(rule, model('kind Kind @default(HOME)', '@@index([kind])'))).toEqual([]);
    const preview = 'generator client {\n  provider = "prisma-client"\n  previewFeatures = ["partialIndexes"]\n}\n';
    expect(fixesOf(rule, preview + model('done Boolean @default(false)', '@@index([done])'))).toEqual([]);
  });
});
