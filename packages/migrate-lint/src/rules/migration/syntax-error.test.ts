import { expect, test } from '@jest/globals';
import { findingsOf } from '../../../test/lock-rule-testing.ts';
import { say } from '../../../test/migration-testing.ts';
import rule from './syntax-error.ts';

test.each(['CREATE TABLE a (id integer);', '', '-- nothing yet', '\uFEFFSELECT 1;', 'SELECT $$ not; SQL $$;'])(
  'is silent of %j',
  async sql => {
    expect(await say(rule, '', sql)).toEqual([]);
  },
);

test.each([
  ['CREATE TABEL a (id integer);', 'syntax error at or near "TABEL"'],
  ['SELECT 1;\n<<<<<<< HEAD\nSELECT 2;', 'syntax error at or near "<<<<<<<"'],
  [`SELECT 'open;`, 'unterminated quoted string at or near "\'open;"'],
])('tells of %j in the words of Postgres', async (sql, words) => {
  expect(await say(rule, '', sql)).toEqual([
    `The migration \`2_next\` cannot be read, because Postgres’s parser says “${words}”.`,
  ]);
});

test('is medium where a comment stands in the place of a name', async () => {
  const sql = 'CREATE INDEX a ON /* SCHEMA_NAME */."User"("id");';
  expect(await findingsOf(rule, '', sql)).toMatchObject([
    {
      level: 'medium',
      message:
        'The migration `2_next` cannot be read, because `/* SCHEMA_NAME */` stands in the place of a name, for another runner than Prisma to fill in.',
    },
  ]);
  expect(await findingsOf(rule, '', 'SELECT /* all */ FROM WHERE;')).toMatchObject([{ level: 'critical' }]);
});
