import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './rls-without-policy.ts';

const database = await databaseTesting(rule);
const table = (name: string) =>
  `CREATE TABLE ${name} (id uuid PRIMARY KEY); ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;`;
const clients = `${table('profiles')} CREATE POLICY own ON profiles USING (id = (SELECT auth.uid()));`;

test.each([
  ['a schema that is closed as a whole', `${table('a')} ${table('b')} ${table('c')} ${table('d')}`],
  [
    'no client',
    `${table('a')} ${table('b')} CREATE POLICY tenant ON a USING (id = current_setting('app.tenant')::uuid);`,
  ],
  ['a comment', `${clients} ${table('rates')} COMMENT ON TABLE rates IS 'Service role only';`],
  ['webhooks', `${clients} ${table('stripe_webhook_events')}`],
  ['logs', `${clients} ${table('audit_logs')}`],
  ['no row-level security at all', `${clients} CREATE TABLE posts (id int);`],
  ['a schema that clients have no right to', `${clients} CREATE SCHEMA app; ${table('app.posts')}`],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('a table that clients reach and get nothing of', async () => {
  expect(await database.say(`${clients} ${table('posts')} COMMENT ON TABLE posts IS 'What users write';`)).toEqual([
    'posts: `posts` has row-level security and no policy, so clients get no row of it; write the policies, or a comment on the table that only the server uses it.',
  ]);
});
