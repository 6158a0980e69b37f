import { phrases, remembered, singular, words } from '@migrate-lint/core';

const rights = phrases(
  'admin, administrator, superuser, super user, superadmin, super admin, sysadmin, staff, moderator',
);
const scopes = phrases('site, org, organization, system, global, platform, workspace, team, tenant, company, app');
const findings = phrases('verified, approved, trusted, vetted, whitelisted, allowlisted');
const examined = phrases(
  'email, phone, mobile, sms, identity, id, kyc, kyb, user, account, profile, age, document, address, domain',
  'admin, manager, moderator, compliance, background, seller, vendor, merchant, host, driver',
);
const strong = phrases('admin, administrator, superuser, super user, superadmin, super admin, sysadmin');
const plain = phrases('user, member, viewer, guest');
const weak = [...plain, ...phrases('reader, editor, contributor, collaborator, basic, customer, subscriber')];

/** Whether a flag of this name gives a right: `isAdmin`, `org_admin`, and not `canAdminister` or `requiresAdmin`. */
export const isRight = remembered((name): boolean => {
  const [scope = '', ...rest] = withoutVerb(name);
  return rights.includes([scope, ...rest].join(' ')) || (scopes.includes(scope) && rights.includes(rest.join(' ')));
});

/** Of what somebody has to find it out first: `isEmailVerified` gives email, `approved` nothing. Undefined of other names. */
export function checkedThing(name: string): readonly string[] | undefined {
  return checked(name).thing;
}

const checked = remembered((name): { readonly thing: readonly string[] | undefined } => {
  const parts = withoutVerb(name).filter((word, at, all) => word !== 'at' || at < all.length - 1);
  const of = parts.slice(0, -1);
  return { thing: findings.includes(parts.at(-1) ?? '') && of.every(part => examined.includes(part)) ? of : undefined };
});

/** Whether a column of this name says what a person may do. */
export const isRole = remembered((name): boolean => {
  const parts = words(name);
  return (
    singular(parts.at(-1) ?? '') === 'role' || ['access level', 'permission', 'privilege'].includes(parts.join(' '))
  );
});

/** The rank of a role: an owner may be one of a team or of a dog. */
export function rankOf(role: string): 'strong' | 'owner' | 'weak' | 'plain' | undefined {
  const name = words(role).join(' ');
  if (strong.includes(name)) return 'strong';
  if (plain.includes(name)) return 'plain';
  return weak.includes(name) ? 'weak' : name === 'owner' ? 'owner' : undefined;
}

function withoutVerb(name: string): readonly string[] {
  return words(name).filter((word, at) => at > 0 || !['is', 'has', 'was'].includes(word));
}
