import { expect, test } from '@jest/globals';
import { extensionsIn } from './extensions.ts';

test.each([
  ['a comment that says the same words', '-- Create Extension\nCREATE EXTENSION IF NOT EXISTS pg_trgm;', ['pg_trgm']],
  [
    'quotes, case, an order of its own',
    'create extension "uuid-ossp"; CREATE EXTENSION Citext WITH SCHEMA x;',
    ['citext', 'uuid-ossp'],
  ],
  ['a block', 'DO $$ BEGIN CREATE EXTENSION vector; END $$;', ['vector']],
  ['none', 'ALTER EXTENSION citext UPDATE; DROP EXTENSION hstore;', []],
])('%s', (_, sql, names) => {
  expect(extensionsIn(sql)).toEqual(names);
});
