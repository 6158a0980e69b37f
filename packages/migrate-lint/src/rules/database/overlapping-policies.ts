import {
  defineRule,
  includesClients,
  isInEffect,
  type DatabaseCode,
  type Policy,
  type Table,
} from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { dropPolicy } from '../../edits/protection.ts';
import { code as quoted } from '../places.ts';
import { ownTables } from '../scope.ts';

export default defineRule({
  id: 'database/overlapping-policies',
  level: 'medium',
  category: 'security',
  needs: ['database', 'code'],
  docs: {
    summary: 'A policy has no effect because another one already lets through all that it does.',
    why: `Permissive policies are joined by OR. Where one is \`true\`, the narrower ones beside it hold nobody back, although the migrations read
as if they did: a leftover “Enable read access for all users” opens a table whose other policy says “own rows only”. Two policies with the same
condition cost twice for each row, and the day one of them is tightened, the other one still lets through.`,
    bad: `CREATE TABLE orders (id uuid PRIMARY KEY, buyer uuid);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Own orders" ON orders FOR SELECT USING (buyer = (SELECT auth.uid()));
CREATE POLICY "Enable read access for all users" ON orders FOR SELECT USING (true);`,
    good: `CREATE TABLE orders (id uuid PRIMARY KEY, buyer uuid);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Own orders" ON orders FOR SELECT USING (buyer = (SELECT auth.uid()));
CREATE POLICY "Published orders" ON orders FOR SELECT USING (buyer IS NULL);`,
    guards: [
      'Policies with different conditions: joined by OR they cost what one long condition costs.',
      'Policies for different roles or commands.',
      'A policy that also covers writing, beside one that opens reading.',
      'Writing that is open to everybody: `database/permissive-policy` speaks of it.',
    ],
  },

  subjects: ({ database }) =>
    ownTables({ database }).flatMap(table => table.policies.filter(policy => policy.permissive && isInEffect(policy))),
  check: (policy, { code }) => {
    const { name, table, command } = policy;
    const twin = sameAs(policy);
    if (twin && (command === 'SELECT' || !isOpen(policy, code))) {
      return {
        span: policy.span,
        message: `The policies ${quoted(twin.name)} and ${quoted(name)} of ${quoted(table.path)} have the same condition, and the first already lets through all that the second does.`,
        related: place(twin),
        fix: sqlFix(`Drop ${quoted(name)}`, 'safe', [dropPolicy(policy)]),
      };
    }
    const wide = opensReading(policy, table, code);
    return (
      wide && {
        span: policy.span,
        message: `The policy ${quoted(name)} of ${quoted(table.path)} holds nobody back, because ${quoted(wide.name)} lets the same roles read every row.`,
        related: place(wide),
      }
    );
  },
});

function place({ name, span }: Policy) {
  return span ? [{ message: `policy ${name}`, span }] : [];
}

/** Of two that are alike the second by name is told; the wider one stays. */
function sameAs(policy: Policy): Policy | undefined {
  return policy.table.policies.find(
    other =>
      other !== policy &&
      other.permissive &&
      covers(other, policy) &&
      conditions(other) === conditions(policy) &&
      (!covers(policy, other) || other.name < policy.name),
  );
}

/** All that a policy asks of the rows that it reads and of those that it writes. */
function conditions({ command, using, withCheck }: Policy): string {
  return JSON.stringify([using ?? withCheck, command === 'INSERT' ? using : withCheck]);
}

function covers(wide: Policy, narrow: Policy): boolean {
  const command = wide.command === narrow.command || wide.command === 'ALL';
  return command && (wide.roles.includes('public') || narrow.roles.every(role => wide.roles.includes(role)));
}

function opensReading(policy: Policy, { policies }: Table, code: DatabaseCode): Policy | undefined {
  if (policy.command !== 'SELECT' || isOpen(policy, code)) return undefined;
  return policies.find(
    other => other.command === 'SELECT' && includesClients(other.roles) && covers(other, policy) && isOpen(other, code),
  );
}

function isOpen({ permissive, using, withCheck }: Policy, code: DatabaseCode): boolean {
  const sql = using ?? withCheck;
  return permissive && sql !== null && code.expression(sql).alwaysTrue;
}
