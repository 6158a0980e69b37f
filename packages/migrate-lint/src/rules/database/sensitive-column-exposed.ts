import {
  defineRule,
  isExposed,
  isWithdrawn,
  mentions,
  phrases,
  secretKind,
  type Column,
  type Migrations,
} from '@migrate-lint/core';
import { code as quoted } from '../places.ts';
import { ownTables } from '../scope.ts';
import { readersOfAll } from '../security-words.ts';

export default defineRule({
  id: 'database/sensitive-column-exposed',
  level: 'high',
  category: 'security',
  needs: ['database', 'code'],
  uses: ['migrations'],
  docs: {
    summary: 'A policy lets everybody read a column with a secret, or with what identifies a person.',
    why: `Policies are about rows: one that lets everybody read the profiles of all users lets them read each column. A credential is then out
at once, and a list of all addresses and phone numbers is a data breach that has to be reported. Move the column into a table of its own,
or grant clients only the others: \`REVOKE SELECT ON profiles FROM anon, authenticated; GRANT SELECT (id, name) ON profiles TO anon, authenticated\`.`,
    bad: `CREATE TABLE profiles (id uuid PRIMARY KEY, name text, email text);
ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON profiles FOR UPDATE USING (id = (SELECT auth.uid()));
CREATE POLICY "Profiles are viewable by everyone" ON profiles FOR SELECT USING (true);`,
    good: `CREATE TABLE profiles (id uuid PRIMARY KEY, name text);
ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON profiles FOR UPDATE USING (id = (SELECT auth.uid()));
CREATE POLICY "Profiles are viewable by everyone" ON profiles FOR SELECT USING (true);`,
    guards: [
      'Hashes, ciphertexts and what is meant to be public (`public_key`, `share_token`).',
      'A phone number or an address of a shop, which is no person.',
      'Personal data that only signed-in users read: colleagues see each other.',
      'A table without row-level security: `database/rls-disabled` speaks of it.',
    ],
  },

  subjects: ({ database }) =>
    ownTables({ database })
      .filter(table => table.rowSecurity && isExposed(database, table))
      .flatMap(table => table.columns.filter(column => kindOf(column) !== undefined)),
  check: (column, { code, migrations }) => {
    // One that opens writing as well is told by `database/permissive-policy`.
    const reading = column.table.policies.filter(({ command }) => command === 'SELECT');
    const readers = readersOfAll(column.table, code, reading);
    const kind = kindOf(column);
    if (readers === undefined || (kind === 'personal' && readers !== 'everybody')) return undefined;
    if (isNarrowed(column, migrations)) return undefined;
    const what = kind === 'secret' ? 'which is a secret' : 'which tells who a person is';
    return {
      span: column.span,
      message: `A policy lets ${readers} read every row of ${quoted(column.table.path)}, and with it ${quoted(column.name)}, ${what}.`,
    };
  },
});

function kindOf({ name, type, table }: Column): 'secret' | 'personal' | undefined {
  if (!/^(?:text|character|citext|json|bytea|uuid|date)/.test(type)) return undefined;
  if (type !== 'date' && secretKind(name, table.name) !== undefined) return 'secret';
  return mentions(name, personal) && mentions(table.name, people) ? 'personal' : undefined;
}

/** A grant of columns is in no catalog of tables. */
function isNarrowed({ table }: Column, migrations: Migrations | undefined): boolean {
  if (isWithdrawn(migrations, table)) return true;
  return /\bgrant\s+select\s*\(/i.test(migrations?.lastTouch('grant', table.path)?.statement.sql ?? '');
}

const people = phrases(
  'user, profile, customer, member, patient, employee, contact, lead, subscriber, account, person, people, client',
  'student, applicant, candidate, attendee, guest, driver, tenant, donor, volunteer, parent, child',
);
const personal = phrases(
  'email, email address, phone, phone number, mobile, mobile number, whatsapp, date of birth, birth date, dob, birthday',
  'national id, passport, passport number, tax id, iban, ip address, home address, street address, billing address',
);
