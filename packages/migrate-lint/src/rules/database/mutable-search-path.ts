import { defineRule, hasClients, isOfPlatform, type Catalog, type DatabaseFunction } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { setSearchPath } from '../../edits/protection.ts';
import { code } from '../places.ts';
import { overload } from '../security-words.ts';

export default defineRule({
  id: 'database/mutable-search-path',
  level: 'critical',
  category: 'security',
  needs: ['database'],
  docs: {
    summary: 'A function runs with its owner’s rights and looks for tables where its caller says.',
    why: `A SECURITY DEFINER function acts as the owner of the database. The names in its body are looked up in the \`search_path\` of whoever
calls it, and first of all among his temporary tables: he makes one called like a table that the function trusts, calls it, and it decides by
his rows. \`SET search_path\` at the function fixes where it looks, and \`pg_temp\` named last keeps temporary tables behind the real ones.
With \`SET search_path = public\` alone they still come first; that is no finding, because clients of PostgREST can make none.
Where all tables in the body have their schema, only functions and operators are left to be replaced, which takes a schema to make them in: high.`,
    bad: `CREATE TABLE admins (name text PRIMARY KEY);
CREATE FUNCTION is_admin() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
AS $$ SELECT EXISTS (SELECT FROM admins WHERE name = session_user) $$;`,
    good: `CREATE TABLE admins (name text PRIMARY KEY);
CREATE FUNCTION is_admin() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM admins WHERE name = session_user) $$;`,
    guards: [
      'A later ALTER FUNCTION … SET search_path counts as well.',
      'A function that runs as its caller gives him nothing that he does not have.',
      'A body in standard SQL (BEGIN ATOMIC, RETURN): its names were looked up when it was made.',
      'Nobody but the owner may execute it, and it is no trigger.',
    ],
  },

  subjects: ({ database }) =>
    database.functions.filter(
      routine => routine.securityDefiner && !isOfPlatform(routine) && isReachable(routine, database),
    ),
  check: (routine, { database }) => {
    if (routine.body === '' || routine.settings.some(setting => /^search_path=/i.test(setting))) return undefined;
    const schemas = [
      ...new Set([routine.schema, 'public']),
      ...(hasClients(database) ? ['extensions'] : []),
      'pg_temp',
    ];
    const named = tablesNamed(routine, database);
    return {
      span: routine.span,
      ...overload(routine, database),
      level: named.length === 0 ? 'high' : undefined,
      message: `${code(`${routine.path}()`)} runs with its owner’s rights and no fixed \`search_path\`, so its caller decides ${named.length === 0 ? 'which functions and operators it uses' : `which tables ${code(named)} in it are`}.`,
      fix: sqlFix(`Fix the \`search_path\` of ${code(routine.path)}`, safetyOf(routine, database), [
        setSearchPath(routine, schemas),
      ]),
    };
  },
});

function isReachable({ publicExecute, returns, path }: DatabaseFunction, { grants }: Catalog): boolean {
  return publicExecute || returns === 'trigger' || grants.some(grant => grant.on === 'function' && grant.path === path);
}

/** The tables that the body names without a schema are what a temporary table can stand for. */
function tablesNamed({ body }: DatabaseFunction, { tables }: Catalog): readonly string[] {
  const named = new Set([...body.matchAll(bare)].map(([, name]) => name));
  return [...new Set(tables.map(({ name }) => name).filter(name => named.has(name)))];
}

const bare = /\b(?:from|join|into|update|only)\s+"?([\w$]+)"?(?!["\w$]*\s*\.)/gi;

/** Where all tables are in these schemas, the names mean what they meant. */
function safetyOf({ schema }: DatabaseFunction, { tables }: Catalog): 'safe' | 'unsafe' {
  return tables.every(table => [schema, 'public'].includes(table.schema)) ? 'safe' : 'unsafe';
}
