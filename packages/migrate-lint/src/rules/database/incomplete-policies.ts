import { defineRule, isInEffect, type DatabaseCode, type Policy, type Table } from '@migrate-lint/core';
import { code } from '../places.ts';
import { ownTables } from '../scope.ts';

export default defineRule({
  id: 'database/incomplete-policies',
  level: 'high',
  category: 'security',
  needs: ['database', 'code'],
  docs: {
    summary: 'The policies of a table do not let anybody do what one of them is for.',
    why: `An UPDATE or DELETE with a WHERE reads its rows first, and Postgres shows it only those that a policy for SELECT lets through. Without one the
statement changes nothing and reports no error. A permissive policy without USING and WITH CHECK lets no row through, and restrictive
policies alone let none through either: they only narrow what a permissive one allows.`,
    bad: `CREATE TABLE notes (id int PRIMARY KEY, owner text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY edit ON notes FOR UPDATE USING (owner = current_user);`,
    good: `CREATE TABLE notes (id int PRIMARY KEY, owner text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON notes FOR SELECT USING (owner = current_user);
CREATE POLICY edit ON notes FOR UPDATE USING (owner = current_user);`,
    guards: [
      'A command that has no policy is closed on purpose.',
      'An UPDATE or ALL policy without WITH CHECK checks new rows by its USING.',
      'A policy for SELECT of a role that includes this one.',
      'A policy that is `false` closes the table on purpose.',
    ],
  },

  subjects: ({ database }) => ownTables({ database }).flatMap(({ policies }) => policies.filter(isInEffect)),
  check: (policy, { code: expressions }) => {
    const missing = whatIsMissing(policy, expressions);
    if (missing === undefined) return undefined;
    return { span: policy.span, message: `The policy ${code(policy.name)} of ${code(policy.table.path)} ${missing}.` };
  },
});

function whatIsMissing(policy: Policy, expressions: DatabaseCode): string | undefined {
  const { table, command, permissive, using, withCheck, roles } = policy;
  if ([using, withCheck].some(sql => sql !== null && expressions.expression(sql).alwaysFalse)) return undefined;
  if (!permissive) {
    const allowed = table.policies.some(other => other.permissive && meet(other, policy));
    return allowed ? undefined : 'is restrictive and there is no permissive one beside it, so it lets nobody through';
  }
  if (using === null && withCheck === null) return `has neither USING nor WITH CHECK, so it lets nobody through`;
  if (command !== 'UPDATE' && command !== 'DELETE') return undefined;
  const blind = roles.filter(role => !mayRead(table, role));
  return blind.length === 0
    ? undefined
    : `is for ${command}, and no policy for SELECT shows ${code(blind)} the rows, so a statement with a WHERE finds none of them`;
}

/** Some command and some role have both of them. */
function meet(one: Policy, other: Policy): boolean {
  const commands = one.command === 'ALL' || other.command === 'ALL' || one.command === other.command;
  const roles = [one, other].some(({ roles }) => roles.includes('public'));
  return commands && (roles || one.roles.some(role => other.roles.includes(role)));
}

/** A role may be a member of another, which the catalog does not tell: any policy for a named role may be for this one too. */
function mayRead({ policies }: Table, role: string): boolean {
  const readers = policies.filter(
    ({ permissive, command }) => permissive && (command === 'SELECT' || command === 'ALL'),
  );
  const platform = ['anon', 'authenticated', 'service_role'];
  return readers.some(
    ({ roles }) => roles.includes('public') || roles.includes(role) || (!platform.includes(role) && roles.length > 0),
  );
}
