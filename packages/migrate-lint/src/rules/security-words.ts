import {
  includesClients,
  policiesFor,
  type Catalog,
  type DatabaseCode,
  type DatabaseFunction,
  type Policy,
  type Table,
} from '@migrate-lint/core';
import { code } from './places.ts';

/** Whom a policy or a grant lets in, as the subject of a sentence in the singular. */
export function who(roles: readonly string[]): string {
  if (roles.some(role => ['public', 'anon', 'web_anon'].includes(role.toLowerCase()))) return 'everybody';
  if (roles.join() === 'authenticated') return 'every signed-in user';
  return `whoever is ${code(roles)}`;
}

/** What tells the findings about functions of one name apart. */
export function overload(
  { path, arguments: parameters }: DatabaseFunction,
  { functions }: Catalog,
): { readonly aspect?: string } {
  return functions.filter(other => other.path === path).length > 1 ? { aspect: parameters } : {};
}

/** Who reads all rows of a table with row-level security; undefined where that depends on the row or the user. */
export function readersOfAll(
  table: Table,
  expressions: DatabaseCode,
  policies: readonly Policy[] = policiesFor(table, 'SELECT'),
): 'everybody' | 'every signed-in user' | undefined {
  if (policiesFor(table, 'SELECT').some(({ permissive }) => !permissive)) return undefined;
  const found = policies
    .filter(({ roles }) => includesClients(roles))
    .map(({ using, roles }) => {
      if (using === null) return undefined;
      if (expressions.expression(using).alwaysTrue) return who(roles);
      return signedIn.test(using) ? 'every signed-in user' : undefined;
    });
  if (found.includes('everybody')) return 'everybody';
  return found.includes('every signed-in user') ? 'every signed-in user' : undefined;
}

/** `auth.role() = 'authenticated'` and `auth.uid() IS NOT NULL`, in a sub-SELECT or not, as Postgres writes them. */
const signedIn =
  /^\(+(?: SELECT )?auth\.(?:role\(\)(?: AS role\))? = 'authenticated'::text|uid\(\)(?: AS uid\))? IS NOT NULL)\)$/;
