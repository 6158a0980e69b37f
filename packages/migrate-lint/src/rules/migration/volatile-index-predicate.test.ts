import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import { openEmbedded } from '../../database/embedded.ts';
import rule from './volatile-index-predicate.ts';

const before =
  'CREATE TABLE sessions (id integer PRIMARY KEY, ends timestamptz, "now" boolean, owner text, gone timestamptz);';
const index = (where: string): string => `CREATE INDEX live ON sessions (id) WHERE ${where};`;

const allowed = ['gone IS NULL', '"now"', `owner = 'now()'`, `ends > '2020-01-01T00:00:00Z'`, `lower(owner) = 'a'`];
const refused = [
  'ends > now()',
  'ends > CURRENT_TIMESTAMP',
  'owner = current_user',
  'random() < 0.5',
  'ends > clock_timestamp ()',
];

test.each(allowed)('is silent of %s', async where => {
  expect(await say(rule, before, index(where))).toEqual([]);
});

test.each(refused)('tells of %s', async where => {
  expect(await say(rule, before, index(where))).toEqual([
    expect.stringMatching(
      /^Postgres refuses the index `live`, because `.*` in its condition is another value at another time\.$/,
    ),
  ]);
});

test('Postgres takes the ones and refuses the others', async () => {
  const database = await openEmbedded([]);
  try {
    await database.execute(before);
    for (const where of allowed) await database.execute(`${index(where)} DROP INDEX live;`);
    for (const where of refused)
      await expect(database.execute(index(where))).rejects.toThrow('must be marked IMMUTABLE');
  } finally {
    await database.close();
  }
});
