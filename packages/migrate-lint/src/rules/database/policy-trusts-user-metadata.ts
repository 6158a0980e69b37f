import { defineRule, isInEffect, rememberedFor, type Catalog, type Policy } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { alterPolicy } from '../../edits/protection.ts';
import { code as quoted } from '../places.ts';
import { ownTables } from '../scope.ts';

export default defineRule({
  id: 'database/policy-trusts-user-metadata',
  level: 'critical',
  category: 'security',
  needs: ['database', 'code'],
  docs: {
    summary: 'A policy decides by metadata that the user writes himself.',
    why: `\`user_metadata\` of the token, which is \`raw_user_meta_data\` of \`auth.users\`, is what a signed-in user sends to
\`supabase.auth.updateUser\`. A policy that reads a role or an organisation from it lets everybody be what he says he is. Only the server
writes \`app_metadata\`.`,
    bad: `CREATE TABLE invoices (id uuid PRIMARY KEY, total int);
ALTER TABLE invoices ENABLE ROW LEVEL SECURITY;
CREATE POLICY admins ON invoices USING ((auth.jwt() -> 'user_metadata' ->> 'role') = 'admin');`,
    good: `CREATE TABLE invoices (id uuid PRIMARY KEY, total int);
ALTER TABLE invoices ENABLE ROW LEVEL SECURITY;
CREATE POLICY admins ON invoices USING ((auth.jwt() -> 'app_metadata' ->> 'role') = 'admin');`,
    guards: ['Functions and triggers that copy the metadata and decide nothing by it.'],
  },

  subjects: ({ database }) => ownTables({ database }).flatMap(table => table.policies.filter(isInEffect)),
  check: (policy, { database, code }) => {
    const calls = [policy.using, policy.withCheck].flatMap(sql => (sql === null ? [] : code.expression(sql).calls));
    const asked = new Set(calls.map(({ name }) => name));
    const routine = readers(database).find(({ path }) => asked.has(path));
    if (!reads(policy) && !routine) return undefined;
    const by = reads(policy) ? '' : `, through ${quoted(routine?.path ?? '')},`;
    return {
      span: policy.span,
      message: `The policy ${quoted(policy.name)} of ${quoted(policy.table.path)} decides${by} by \`user_metadata\`, which every user sets for himself.`,
      fix: reads(policy)
        ? sqlFix('Read `app_metadata`, which only the server writes; move the values there first', 'unsafe', [
            fixed(policy),
          ])
        : undefined,
    };
  },
});

/** As a key of the token, or the column behind it. */
const writtenByUser = /'user_metadata'|'\{user_metadata\b|\braw_user_meta_data\b/;

/** The functions whose body reads it. */
const readers = rememberedFor(({ functions }: Catalog) => functions.filter(({ body }) => writtenByUser.test(body)));

function reads({ using, withCheck }: Policy): boolean {
  return [using, withCheck].some(sql => writtenByUser.test(sql ?? ''));
}

function fixed(policy: Policy) {
  const instead = (sql: string) =>
    sql.replaceAll('raw_user_meta_data', 'raw_app_meta_data').replace(/(?<='\{?)user_metadata\b/g, 'app_metadata');
  return alterPolicy(policy, {
    ...(policy.using !== null && { using: instead(policy.using) }),
    ...(policy.withCheck !== null && { withCheck: instead(policy.withCheck) }),
  });
}
