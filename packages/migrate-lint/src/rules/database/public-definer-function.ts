import {
  asksForUser,
  defineRule,
  includesClients,
  isCallable,
  isWithdrawn,
  mentions,
  phrases,
  type Catalog,
  type DatabaseCode,
  type DatabaseFunction,
} from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { revokeExecute } from '../../edits/protection.ts';
import { code as quoted } from '../places.ts';
import { overload } from '../security-words.ts';

/** Whoever calls has to know one of these. */
const secrets = phrases('token, code, secret, slug, otp, hash, signature, pin, password');

const harmless = phrases('increment, count, track, view, click, subscribe, unsubscribe');

export default defineRule({
  id: 'database/public-definer-function',
  level: 'high',
  category: 'security',
  needs: ['database', 'code'],
  uses: ['migrations'],
  docs: {
    summary: 'Clients may call a function that writes with its owner’s rights and does not ask who they are.',
    why: `Every role may execute a new function, and PostgREST offers each function of its schemas as \`/rpc/name\`. A SECURITY DEFINER function
passes row-level security by, so one that was made for a job of the server is a request away for everybody with the public key. Revoke EXECUTE
from \`PUBLIC\`, and from \`anon\` and \`authenticated\`, whom Supabase grants it by default; or let it ask \`auth.uid()\`.`,
    bad: `CREATE TABLE wallets (owner uuid PRIMARY KEY DEFAULT auth.uid(), credits int);
CREATE FUNCTION add_credits(account uuid, amount int) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$ UPDATE wallets SET credits = credits + amount WHERE owner = account $$;`,
    good: `CREATE TABLE wallets (owner uuid PRIMARY KEY DEFAULT auth.uid(), credits int);
CREATE FUNCTION add_credits(account uuid, amount int) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$ UPDATE wallets SET credits = credits + amount WHERE owner = account $$;
REVOKE EXECUTE ON FUNCTION add_credits(uuid, int) FROM PUBLIC, anon, authenticated;`,
    guards: [
      'It asks who the user is, itself or through another function.',
      'It takes a token or a code: whoever has that may use it.',
      'Trigger functions cannot be called, and what policies call has to be executable.',
      'It only reads, but for `auth.users`; or it counts views, clicks and the like.',
      'No client reaches the database.',
    ],
  },

  subjects: ({ database }) =>
    database.functions.filter(
      routine =>
        routine.securityDefiner && !/^(?:event_)?trigger$/.test(routine.returns) && isCallable(database, routine),
    ),
  check: (routine, { database, code, migrations }) => {
    if (isWithdrawn(migrations, routine) || isMeant(routine, database, code)) return undefined;
    const does = writes.test(routine.body) ? 'writes' : accounts.test(routine.body) ? 'reads `auth.users`' : undefined;
    if (does === undefined) return undefined;
    return {
      span: routine.span,
      ...overload(routine, database),
      message: `${callers(routine, database)} may call ${quoted(`${routine.path}()`)}, which ${does} with its owner’s rights and does not ask who calls.`,
      fix: sqlFix(`Keep ${quoted(routine.path)} for the server`, 'unsafe', [
        revokeExecute(routine, ['PUBLIC', 'anon', 'authenticated']),
      ]),
    };
  },
});

function callers({ path, publicExecute }: DatabaseFunction, { grants }: Catalog): string {
  const named = grants.filter(grant => grant.on === 'function' && grant.path === path).map(({ grantee }) => grantee);
  return publicExecute || named.some(role => role !== 'authenticated' && includesClients([role]))
    ? 'Every client'
    : 'Every signed-in user';
}

const accounts = /\bauth"?\s*\.\s*"?users\b/;
const writes =
  /\b(?:insert\s+into|update\s+(?!nothing|skip)[\w".]+\s+(?:as\s+\w+\s+|\w+\s+)?set|delete\s+from|truncate|execute)\b|\b(?:net|extensions|public)\.http|\bhttp(?:_post|_put|_delete|_patch)?\s*\(/i;

function isMeant({ name, arguments: parameters, body, path }: DatabaseFunction, database: Catalog, code: DatabaseCode) {
  if (asksForUser(database, body)) return true;
  const few = parameters.split(',').length < 4;
  if (few && mentions(parameters, secrets)) return true;
  if (mentions(name, harmless)) return true;
  const asked = database.policies.flatMap(({ using, withCheck }) => [using, withCheck]);
  return asked.some(sql => sql !== null && code.expression(sql).calls.some(call => call.name === path));
}
