import type { Column, DatabaseFunction, Policy, Table, View } from '@migrate-lint/core';
import { quoteIdentifier } from '../database/database.ts';
import { qualified } from './names.ts';
import type { Step } from './step.ts';

export function enableRowSecurity(table: Table): Step {
  return protect(`ALTER TABLE ${qualified(table)} ENABLE ROW LEVEL SECURITY;`);
}

/** Holds the table's owner to the policies, too. */
export function forceRowSecurity(table: Table): Step {
  return protect(`ALTER TABLE ${qualified(table)} FORCE ROW LEVEL SECURITY;`);
}

/** The same policy with other expressions; what is left out stays. */
export function alterPolicy(policy: Policy, { using, withCheck }: { using?: string; withCheck?: string }): Step {
  const clauses = [
    ...(using === undefined ? [] : [` USING (${using})`]),
    ...(withCheck === undefined ? [] : [` WITH CHECK (${withCheck})`]),
  ];
  return protect(`ALTER POLICY ${nameOf(policy)}${clauses.join('')};`);
}

/** The same policy for other roles. */
export function givePolicyTo(policy: Policy, roles: readonly string[]): Step {
  return protect(`ALTER POLICY ${nameOf(policy)} TO ${roles.map(quoteIdentifier).join(', ')};`);
}

export function dropPolicy(policy: Policy): Step {
  return protect(`DROP POLICY ${nameOf(policy)};`);
}

function nameOf({ name, table }: Policy): string {
  return `${quoteIdentifier(name)} ON ${qualified(table)}`;
}

/** A plain index on a column, under the name that Prisma would give it. */
export function indexColumn({ table, name }: Column): Step {
  const index = quoteIdentifier(`${table.name}_${name}_idx`);
  return { phase: 'create index', sql: `CREATE INDEX ${index} ON ${qualified(table)} (${quoteIdentifier(name)});` };
}

/** A view that asks for the rights, and the policies, of whoever reads it. */
export function makeInvoker(view: View): Step {
  return protect(`ALTER VIEW ${qualified(view)} SET (security_invoker = true);`);
}

/** Takes privileges on a table or view from roles; `PUBLIC` is every role. */
export function revoke(privileges: string, on: Table | View, roles: readonly string[]): Step {
  return protect(`REVOKE ${privileges} ON ${qualified(on)} FROM ${roles.map(roleName).join(', ')};`);
}

export function revokeExecute(routine: DatabaseFunction, roles: readonly string[]): Step {
  return protect(`REVOKE EXECUTE ON ${signature(routine)} FROM ${roles.map(roleName).join(', ')};`);
}

/** Fixes where a function looks for what its body names. */
export function setSearchPath(routine: DatabaseFunction, schemas: readonly string[]): Step {
  return protect(`ALTER ${signature(routine)} SET search_path = ${schemas.map(quoteIdentifier).join(', ')};`);
}

function signature(routine: DatabaseFunction): string {
  return `${routine.kind === 'procedure' ? 'PROCEDURE' : 'FUNCTION'} ${qualified(routine)}(${routine.arguments})`;
}

function roleName(role: string): string {
  return role === 'PUBLIC' ? role : quoteIdentifier(role);
}

function protect(sql: string): Step {
  return { phase: 'protect', sql };
}
