import {
  defineRule,
  hasClients,
  includesClients,
  isInEffect,
  policiesFor,
  type Catalog,
  type DatabaseCode,
  type Policy,
} from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { givePolicyTo } from '../../edits/protection.ts';
import { code as quoted } from '../places.ts';
import { ownTables } from '../scope.ts';
import { isOpenOnPurpose, whoIsMeant } from '../policy-names.ts';
import { who } from '../security-words.ts';

export default defineRule({
  id: 'database/permissive-policy',
  level: 'critical',
  category: 'security',
  needs: ['database', 'code'],
  docs: {
    summary: 'A policy lets everybody write every row.',
    why: `Policies are joined by OR, so one that is \`true\` makes all others void. The usual one is called “Service role can manage …” and has no
TO: it then holds for \`PUBLIC\`, which is everybody with the public key, while \`service_role\` never needed it, because it passes
row-level security by. It is critical because a request of a browser empties the table, and high where its user has to sign in first.`,
    bad: `CREATE TABLE orders (id uuid PRIMARY KEY, buyer uuid);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders FOR SELECT USING (buyer = (SELECT auth.uid()));
CREATE POLICY "Service role can manage orders" ON orders USING (true) WITH CHECK (true);`,
    good: `CREATE TABLE orders (id uuid PRIMARY KEY, buyer uuid);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders FOR SELECT USING (buyer = (SELECT auth.uid()));
CREATE POLICY "Service role can manage orders" ON orders TO service_role USING (true) WITH CHECK (true);`,
    guards: [
      'A policy for `service_role`, or for another role that is not everybody, is what it says.',
      'Reading: public rows are meant to be read. A policy of that kind that calls itself one of the service is reported, too.',
      'Inserting into what takes messages of strangers: contact forms, waiting lists, feedback, analytics; or where the name of the policy says that anyone may.',
      'Inserting by signed-in users into a table whose rows belong to nobody.',
      'A restrictive policy for the same command narrows it.',
      'Without clients, a policy that is `true` stands alone on its table: nothing was to be held back.',
    ],
  },

  subjects: ({ database }) =>
    ownTables({ database }).flatMap(table => table.policies.filter(policy => policy.permissive && isInEffect(policy))),
  check: (policy, { database, code }) => {
    const { table, name, roles } = policy;
    if (!includesClients(roles) || !isWrong(policy, database, code) || isNarrowed(policy, code)) return undefined;
    const open = writesOpenTo(policy, code);
    const meant = whoIsMeant(policy);
    const readsAll = meant !== undefined && policy.command === 'SELECT' && isTrue(policy.using, code);
    if (open.length === 0 && !readsAll) return undefined;
    const inserts = open.join() === 'insert';
    if (inserts && meant === undefined && isOpenOnPurpose(policy)) return undefined;
    const what = `${open.length === 0 ? 'read' : list(open)} ${inserts ? 'any row' : 'every row'}`;
    return {
      span: policy.span,
      message: `The policy ${quoted(name)} lets ${who(roles)} ${what} of ${quoted(table.path)}${meant === undefined ? '' : `, and not only the ${meant} that its name speaks of`}.`,
      level: who(roles) !== 'everybody' ? 'high' : undefined,
      fix:
        meant === 'service'
          ? sqlFix(`Keep ${quoted(name)} for \`service_role\``, 'unsafe', [givePolicyTo(policy, ['service_role'])])
          : undefined,
    };
  },
});

/** With clients every open door is one; without them the other policies of the table say that something was to be held back. */
function isWrong(policy: Policy, database: Catalog, code: DatabaseCode): boolean {
  if (hasClients(database)) return true;
  return policy.table.policies.some(other => other.permissive && !isTrue(other.using ?? other.withCheck, code));
}

function writesOpenTo({ command, using, withCheck }: Policy, code: DatabaseCode): readonly string[] {
  const [passes, written] = [isTrue(using, code), isTrue(withCheck ?? using, code)];
  const open = { INSERT: written, UPDATE: passes && written, DELETE: passes };
  const wanted = command === 'ALL' ? (['INSERT', 'UPDATE', 'DELETE'] as const) : command === 'SELECT' ? [] : [command];
  return wanted.filter(one => open[one]).map(one => one.toLowerCase());
}

function isTrue(sql: string | null, code: DatabaseCode): boolean {
  return sql !== null && code.expression(sql).alwaysTrue;
}

function isNarrowed(policy: Policy, code: DatabaseCode): boolean {
  const commands = policy.command === 'ALL' ? (['INSERT', 'UPDATE', 'DELETE'] as const) : [policy.command];
  return commands.every(command =>
    policiesFor(policy.table, command).some(
      other => !other.permissive && includesClients(other.roles) && !isTrue(other.using ?? other.withCheck, code),
    ),
  );
}

function list(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), words.at(-1) ?? ''].filter(Boolean).join(' and ');
}
