import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './public-definer-function.ts';

const database = await databaseTesting(rule);
const wallets = 'CREATE TABLE wallets (owner uuid PRIMARY KEY DEFAULT auth.uid(), credits int, views int);';
const update = 'UPDATE wallets SET credits = 0';
const make = (body = update, name = 'reset(a uuid)', more = 'SECURITY DEFINER') =>
  `${wallets} CREATE FUNCTION ${name} RETURNS void LANGUAGE sql ${more} AS $$ ${body} $$;`;

test.each([
  ['its caller’s rights', make(update, 'reset()', '')],
  ['asks for the user', make(`${update} WHERE owner = auth.uid()`)],
  ['asks with quotes', make(`${update} WHERE owner = "auth"."uid"()`)],
  [
    'asks through a function',
    `CREATE FUNCTION me() RETURNS uuid LANGUAGE sql AS $$ SELECT auth.uid() $$; ${make(`${update} WHERE owner = me()`)}`,
  ],
  ['a token', make(update, 'accept_invite(p_token text)')],
  ['a counter', make('UPDATE wallets SET views = views + 1', 'increment_views(a uuid)')],
  [
    'a trigger',
    `${wallets} CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN DELETE FROM wallets; RETURN NEW; END $$;`,
  ],
  ['reading', make('SELECT credits FROM wallets')],
  [
    'a policy calls it',
    `${make(update, 'reset()').replace('RETURNS void', 'RETURNS boolean').replace(update, `${update} RETURNING true`)} CREATE POLICY p ON wallets USING (reset());`,
  ],
  ['revoked', `${make()} REVOKE EXECUTE ON FUNCTION reset(uuid) FROM PUBLIC, anon, authenticated;`],
  [
    'revoked from all functions',
    `${make()} REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, anon, authenticated;`,
  ],
  ['a schema that the API does not offer', `CREATE SCHEMA app; ${make(update, 'app.reset(a uuid)')}`],
  ['no client', make().replace('DEFAULT auth.uid()', '')],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test.each([
  ['writes', make()],
  ['writes', make('INSERT INTO wallets (credits) VALUES (1)')],
  ['writes', make('DELETE FROM wallets')],
  ['reads `auth.users`', make('SELECT email FROM auth.users WHERE id = a')],
])('%s', async (does, sql) => {
  expect(await database.say(sql)).toEqual([
    `reset: Every client may call \`reset()\`, which ${does} with its owner’s rights and does not ask who calls.`,
  ]);
});

test('one that was only taken from PUBLIC and given to clients, and the fix', async () => {
  const granted = `${make()} REVOKE ALL ON FUNCTION reset(uuid) FROM PUBLIC; GRANT EXECUTE ON FUNCTION reset(uuid) TO authenticated;`;
  expect(await database.say(granted)).toEqual([
    'reset: Every signed-in user may call `reset()`, which writes with its owner’s rights and does not ask who calls.',
  ]);
  expect(await database.prove(granted)).toEqual([
    'REVOKE EXECUTE ON FUNCTION "reset"(a uuid) FROM PUBLIC, "anon", "authenticated";',
  ]);
});
