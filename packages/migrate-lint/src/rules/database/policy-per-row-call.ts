import {
  defineRule,
  isInEffect,
  type Call,
  type Catalog,
  type DatabaseFunction,
  type Expression,
  type Policy,
} from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { alterPolicy } from '../../edits/protection.ts';
import { code as quoted } from '../places.ts';
import { ownTables } from '../scope.ts';

export default defineRule({
  id: 'database/policy-per-row-call',
  level: 'medium',
  category: 'performance',
  needs: ['database', 'code'],
  docs: {
    summary: 'A policy calls a function for every row although it gives the same for all.',
    why: `A condition of a policy is run for every row that a query reads. \`auth.uid() = author\` asks for the user a million times where
the table has a million rows; in a sub-SELECT, \`(SELECT auth.uid()) = author\`, Postgres asks once and keeps the answer. With a function
of the project that looks into another table it is the difference between milliseconds and minutes.`,
    bad: `CREATE TABLE posts (id uuid PRIMARY KEY, author uuid);
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posts USING (auth.uid() = author);`,
    good: `CREATE TABLE posts (id uuid PRIMARY KEY, author uuid);
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posts USING ((SELECT auth.uid()) = author);`,
    guards: [
      'A call whose argument is a column gives another value for each row.',
      'A sub-SELECT that does not depend on the row runs once, and what it calls is run for its own rows only.',
      'WITH CHECK looks at rows that are written, mostly one.',
      'A column with a unique index that is compared with the call: one row is read.',
      'Row-level security is not enabled on the table.',
    ],
  },

  subjects: ({ database }) =>
    ownTables({ database }).flatMap(({ policies }) =>
      policies.filter(policy => policy.using !== null && isInEffect(policy)),
    ),
  check: (policy, { database, code }) => {
    const { using, withCheck, name, table } = policy;
    const expression = code.expression(using ?? '');
    const calls = expression.calls.filter(call => isSlow(call, database));
    if (using === null || calls.length === 0 || findsOneRow(policy, expression)) return undefined;
    const checked = withCheck === null ? undefined : code.expression(withCheck);
    const wrapped = {
      using: expression.wrapping(calls),
      ...(checked && { withCheck: checked.wrapping(checked.calls.filter(call => isSlow(call, database))) }),
    };
    const names = [...new Set(calls.map(call => `${call.name}()`))];
    const stable = calls.every(call => ownFunction(call, database)?.volatility !== 'volatile');
    return {
      span: policy.span,
      message: `The policy ${quoted(name)} calls ${quoted(names)} for every row of ${quoted(table.path)} that a query reads; in a sub-SELECT it runs once.`,
      fix: sqlFix(`Call ${quoted(names)} in a sub-SELECT`, stable ? 'safe' : 'unsafe', [alterPolicy(policy, wrapped)]),
    };
  },
});

/** Postgres finds the row by a unique index and looks at no other. */
function findsOneRow({ table }: Policy, { comparisons }: Expression): boolean {
  const equal = comparisons.filter(
    ({ operator, required, columns }) => operator === '=' && required && columns.length === 0,
  );
  return table.indexes.some(
    ({ unique, full, columns }) => unique && full && columns.every(name => equal.some(({ column }) => column === name)),
  );
}

/** Others that Postgres ships are cheap, or differ from call to call. */
function isSlow(call: Call, database: Catalog): boolean {
  if (!call.repeated) return false;
  return (
    /^auth\.(?:uid|jwt|role|email)$|^current_setting$/.test(call.name) || ownFunction(call, database) !== undefined
  );
}

/** An immutable one is computed when the query is planned. */
function ownFunction({ name }: Call, { functions }: Catalog): DatabaseFunction | undefined {
  return functions.find(
    ({ path, kind, volatility }) => path === name && kind === 'function' && volatility !== 'immutable',
  );
}
