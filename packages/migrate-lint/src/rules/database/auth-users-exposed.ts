import { asksForUser, defineRule, isExposed, isInvoker, isWithdrawn, tablesBehind } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { revoke } from '../../edits/protection.ts';
import { code as quoted } from '../places.ts';

export default defineRule({
  id: 'database/auth-users-exposed',
  level: 'critical',
  category: 'security',
  needs: ['database'],
  uses: ['migrations'],
  docs: {
    summary: 'A view that clients reach shows the accounts of `auth.users`.',
    why: `Supabase keeps the addresses, phone numbers and metadata of all users in \`auth.users\`, out of the reach of clients. A view in a
schema of the API reads it with its owner's rights and hands it to everybody with the public key.`,
    bad: `CREATE VIEW members AS SELECT id, email FROM auth.users;`,
    good: `CREATE VIEW members AS SELECT id, email FROM auth.users WHERE id = auth.uid();`,
    guards: [
      'The view asks itself who the user is.',
      'It shows nothing but the ids and times of the accounts.',
      'A `security_invoker` view: clients have no right to the table behind it.',
      'A REVOKE took it from `anon` and `authenticated`.',
    ],
  },

  subjects: ({ database }) =>
    database.views.filter(view => isExposed(database, view) && tablesBehind(database, view).has('auth.users')),
  check: (view, { database, migrations }) => {
    if (isInvoker(view) || isWithdrawn(migrations, view) || asksForUser(database, view.definition)) return undefined;
    const shown = [...new Set(view.definition.match(personal))];
    if (shown.length === 0) return undefined;
    return {
      span: view.span,
      message: `Whoever reads the view ${quoted(view.path)} sees ${quoted(shown)} of every account in \`auth.users\`.`,
      fix: sqlFix(`Take ${quoted(view.path)} from clients`, 'unsafe', [revoke('ALL', view, ['anon', 'authenticated'])]),
    };
  },
});

const personal =
  /\b(?:email|phone|raw_user_meta_data|raw_app_meta_data|encrypted_password|\w+_token|email_change|phone_change)\b/g;
