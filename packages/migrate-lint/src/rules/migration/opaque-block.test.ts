import { expect, test } from '@jest/globals';
import { say } from '../../../test/migration-testing.ts';
import rule from './opaque-block.ts';

const block = (body: string): string => `DO $$ BEGIN ${body} END $$;`;

test.each([
  ['plain statements', block('CREATE TABLE a (id integer);')],
  ['a text that stands there', block(`EXECUTE 'CREATE TABLE a (id integer)';`)],
  ['no block', 'CREATE TABLE a (id integer);'],
])('is silent of %s', async (_name, sql) => {
  expect(await say(rule, '', sql)).toEqual([]);
});

test.each([
  ['concatenation', block(`EXECUTE 'DROP TABLE ' || 'a';`)],
  ['format', block(`EXECUTE format('DROP TABLE %I', 'a');`)],
])('tells of %s', async (_name, sql) => {
  expect(await say(rule, '', sql)).toEqual([
    'This block puts SQL together while it runs, so what it locks, makes or drops is not verified.',
  ]);
});
