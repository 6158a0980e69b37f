import { mentions, phrases, words } from './names.ts';
import { remembered } from './remembered.ts';

/** Who hands out ids of their own. */
const outsideSystems = phrases(
  'provider, external, ext, remote, upstream, vendor, third party, foreign, legacy, bot, stripe, paypal',
  'paddle, lemon, lemonsqueezy, polar, chargebee, braintree, adyen, square, razorpay, xendit, plaid, belvo',
  'bitso, tipalti, shopify, revenuecat, google, gmail, apple, github, gitlab, bitbucket, gitea, slack',
  'discord, twitter, facebook, fb, instagram, meta, tiktok, linkedin, telegram, whatsapp, microsoft',
  'outlook, azure, aws, s3, gcp, twilio, firebase, auth0, clerk, cognito, okta, keycloak, workos, saml',
  'scim, oidc, sso, oauth, oauth2, hubspot, salesforce, sfdc, zendesk, intercom, mixpanel, posthog, sentry',
  'sendgrid, mailgun, resend, mailchimp, openai, anthropic, chatwoot, notion, jira, asana, trello, airtable',
  'zapier, zoom, calendly, youtube, spotify, steam, reddit, vercel, cloudflare, dify, lightning',
);
/** What every request, process or client makes up anew. */
const passing = phrases(
  'correlation, trace, span, request, device, session, idempotency, tracking, anonymous, distinct, client',
  'visitor, fingerprint, process, pid, connection, socket, invocation, nonce, public, migration',
);

/**
 * The words before the `id` of a column that is named as a key: `author_id` and `authorId` give author, `id` and
 * `publicUuid2` give nothing.
 */
export function keyStem(name: string): readonly string[] | undefined {
  return stems(name) ?? undefined;
}

const stems = remembered(name => {
  const parts = words(name);
  const last = parts.at(-1) ?? '';
  return parts.length > 1 && ['id', 'uuid', 'uid', 'guid'].includes(last) ? parts.slice(0, -1) : null;
});

/** Whether such a key is likely to be of another system (`stripeCustomerId`) or made up on the way (`correlationId`). */
export function isOutsideKey(stem: readonly string[]): boolean {
  return mentions(stem, outsideSystems) || mentions(stem, passing);
}

/** Who wrote, changed or invited the row, which it is good without and is hardly looked up by. */
const bookkeeping = phrases(
  'created by, updated by, modified by, added by, changed by, edited by, installed by, invited by, inviter, assigned by',
  'uploaded by, archived by, deleted by',
);

/** Whether a column only keeps who did it, and may be empty. */
export function isBookkeeping({ name, required }: { readonly name: string; readonly required: boolean }): boolean {
  return !required && mentions(name, bookkeeping);
}

/** Whether another column says what kind of thing the key is of: `entityType` beside `entityId`. */
export function isPolymorphicKey(stem: readonly string[], siblings: Iterable<string>): boolean {
  const kinds = ['type', 'kind', 'model', 'table', 'class', 'entity', 'source', 'provider'].map(kind =>
    [...stem, kind].join(),
  );
  for (const sibling of siblings) if (kinds.includes(words(sibling).join())) return true;
  return false;
}

/** Whether a comment says that there is no foreign key, and means it. */
export function deniesForeignKey(comment: string): boolean {
  return comment !== '' && denials.some(denial => denial.test(comment));
}

const key = String.raw`(?:fks?\b|foreign[- ]keys?|@?relations?\b|constraints?\b|referential)`;
const denials = [
  new RegExp(String.raw`\b(?:no|not|non|never|without|scalar|soft|loose|logical|weak|plain)\b[^\n]{0,40}\b${key}`, 'i'),
  new RegExp(String.raw`\b${key}[^\n]{0,40}\b(?:absent|dropped|removed|omitted|missing|less|can't|cannot)`, 'i'),
  /\b(?:plain|bare) (?:column|id|string|integer|uuid)s?\b(?! of)/i,
  /\b(?:intentional|deliberate|denormali[sz]ed|soft|loose|logical|weak|cross[- ]db)/i,
  /\b(?:external|outside|third[- ]party|(?:other|another|separate) (?:database|db|service|system))\b/i,
  /\b(?:outlives?|survives?|persists? after|can be deleted|may be deleted|may not exist)\b/i,
];

/** Whether a comment denies foreign keys of all rows of its table: `these rows have no FK`. */
export function deniesForeignKeysOfRows(comment: string): boolean {
  return comment !== '' && ofRows.test(comment);
}

const ofRows = new RegExp(
  String.raw`\b(?:these rows|rows here|this (?:table|model))\b[^.;\n]{0,40}\b(?:no|without|never)\b[^.;\n]{0,20}${key}`,
  'i',
);

/** Whether a comment speaks of a rule of the whole project: `consistent with the no-foreign-key-constraints convention`. */
export function deniesForeignKeysOfAll(comment: string): boolean {
  return comment !== '' && ofAll.some(pattern => pattern.test(comment));
}

const ofAll = [
  /\bno[- ](?:db |database |sql )?(?:fks?|foreign[- ]keys?)(?:[- ]constraints?)?[- ](?:convention|policy|rule)\b/i,
  /\b(?:app|application|service)[- ](?:layer|level|side)[- ](?:referential[- ])?integrity[- ](?:convention|policy|rule)\b/i,
];

/** Whether a comment says that what it stands at goes away. */
export function saysDeprecated(comment: string): boolean {
  return comment !== '' && departures.some(pattern => pattern.test(comment));
}

const departures = [
  /(?:^|[\n.@(:]\s*)deprecated\b/i,
  /\b(?:is|are|now|column) deprecated\b/i,
  /\b(?:to|will|should) be (?:removed|dropped)\b(?! (?:by|from|with))/i,
  /\b(?:remove|drop|delete) (?:it |this )?(?:(?:column|field|model|table) )?(?:after|once|when)\b/i,
  /\bno longer (?:used|read|written|needed)\b/i,
];

/** The names that a comment says the column refers to: `link to User` gives User. */
export function namesReferredTo(comment: string): readonly string[] {
  return comment === '' ? [] : [...comment.matchAll(reference)].flatMap(([, name]) => name ?? []);
}

const reference =
  /\b(?:link(?:s|ed)? to|refer(?:s|ring)? to|references?|reference to|points? to|foreign key(?: to| of)?|fk(?: to| of)?|id of|belongs to)\s*(?:->|→|:)?\s*(?:an? |the )?`?(\w+)/gi;
