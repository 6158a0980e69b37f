import { keyStem, mentions, phrases, type Policy } from '@migrate-lint/core';
import { who } from './security-words.ts';

/** Of whom the name speaks: a policy of “Anyone can read admin settings” is for anyone. */
export function whoIsMeant({ name }: Policy): 'service' | 'admins' | undefined {
  if (/\bservice[ _-]?role\b|^(?:allow |enable )?(?:services?|backend|servers?|system|worker|webhook)\b/i.test(name))
    return 'service';
  return /^(?:only )?admins?\b/i.test(name) ? 'admins' : undefined;
}

/** Strangers may leave something there, or the name of the policy says so and no row is anybody's in particular. */
export function isOpenOnPurpose({ name, roles, table }: Policy): boolean {
  if (mentions(name, owners)) return false;
  if (mentions(table.name, inboxes) || mentions(name, strangers)) return true;
  return !who(roles).startsWith('everybody') && !table.columns.some(column => isOwner(column.name));
}

function isOwner(column: string): boolean {
  return column === 'created_by' || mentions(keyStem(column) ?? [], keepers);
}

const keepers = phrases('user, owner, author, creator, profile, customer, org, organization, tenant');
const strangers = phrases('anyone, everyone, public, anonymous, anon, guest');
/** A policy that speaks of them was to hold somebody back. */
const owners = phrases('own, owner, their, org, organization, tenant, team, member');
const inboxes = phrases(
  'contact, message, inquiry, enquiry, waitlist, wait list, waiting list, newsletter, subscriber, subscription, feedback',
  'lead, submission, signup, sign up, application, request, report, survey, response, answer, analytics, event, view, visit',
  'click, impression, log, error, metric, download, rsvp, booking, appointment, donation, early access, demo',
);
