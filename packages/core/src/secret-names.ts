import { endsIn, mentions, phrases, singular, words } from './names.ts';

/** What a column named like this holds. A `password` is apart: under that very name most projects keep a hash. */
export type SecretKind = 'credential' | 'password';

const always = phrases(
  'secret, secret key, secret access key, private key, api key, signing key, encryption key, master key',
  'backup code, recovery code, recovery key, seed phrase, mnemonic, totp seed, otp seed, ssn',
  'social security number, cvv, cvc, card number',
);
const passwords = phrases('password, passwd, pwd, passphrase');
/** A token of one of these is an address, a name or a place, and opens nothing by itself. */
const harmlessTokens = phrases(
  'push, device, fcm, apns, expo, notification, purchase, account, idempotency, deduplication, csrf, xsrf',
  'page, next, sync, cursor, continuation, public, publishable, share, sharing, view, embed, qr, preview',
  'unsubscribe, tracking, captcha, design, id, obfuscated, masked, redacted, base, quote, from, to, input',
  'output, pay, reward, staking, governance, nft, mention, site',
);
/** A bare `token` of one of these is an address too. */
const harmlessOwners = phrases('push, device, link, share, embed, coin, crypto, nft, price, asset');
const people = phrases('user, account, card, security, login, transaction, wallet, atm, door, employee, staff, access');
/** Kept on purpose in a form that gives nothing away, or only a part of it. */
const kept = phrases(
  'hash, hashed, digest, encrypted, cipher, ciphertext, sealed, masked, redacted, obfuscated, display',
  'public, publishable, fingerprint, salt, salted, bcrypt, argon2, scrypt, kms, enc, vault, pk, partial',
  'truncated, preview, hint, reference, ref, last, prefix, suffix',
);
const encryptionKeys = phrases('encryption key');
const apiKeys = phrases('api key');
/** What such a token verifies is public. */
const verifications = phrases('verification');
const sites = phrases('domain, site');

/**
 * The kind of secret that the last words of a name mean: `stripeApiKey` and `totpBackupCodes`, and neither `apiKeyId`,
 * `passwordHash` nor `maxTokens`. `model` tells what a bare `key` or `token` is of.
 */
export function secretKind(name: string, model: string): SecretKind | undefined {
  // Words cost more than this look, and most columns end here.
  if (!/secret|token|key|code|pass|pwd|pin|ssn|social|cv[vc]|number|phrase|mnemonic|seed/i.test(name)) return undefined;
  const parts = words(name);
  if (mentions(parts, kept) && !endsIn(parts, encryptionKeys)) return undefined;
  if (endsIn(parts, passwords)) return 'password';
  if (endsIn(parts, always)) return 'credential';
  const last = singular(parts.at(-1) ?? '');
  const before = parts.slice(0, -1);
  const owner = words(model);
  if (last === 'token') {
    const harmless = mentions(before, harmlessTokens) || (before.length === 0 && mentions(owner, harmlessOwners));
    return harmless || (mentions(before, verifications) && mentions(owner, sites)) ? undefined : 'credential';
  }
  if (last === 'pin') return before.length === 0 || people.includes(before.at(-1) ?? '') ? 'credential' : undefined;
  return before.length === 0 && last === 'key' && endsIn(owner, apiKeys) ? 'credential' : undefined;
}

/** Whether a comment says that the value is not kept as it is: `@encrypted`, `hashed with argon2id`. */
export function saysProtected(comment: string): boolean {
  if (comment === '') return false;
  if (/\b(?:not|un|never|plain)[ -]?(?:yet )?(?:encrypted|hashed)|\bplain[ -]?text/i.test(comment)) return false;
  return /@(?:encrypted|hashed)\b|\b(?:encrypted|hashed|ciphertext|bcrypt|argon2\w*|scrypt|aes|kms|vault|secrets? ?(?:manager|store|reference))\b/i.test(
    comment,
  );
}

/** Whether a comment at the head of several columns says so: `Encrypted credentials`. */
export function headsProtected(comment: string): boolean {
  return comment !== '' && headings.some(heading => heading.test(comment));
}

const headings = [
  /\b(?:encrypted|hashed)\b.*\b(?:credential|secret|token|key|field|column)s\b/i,
  /\b(?:credential|secret|token|key)s\b.*\b(?:encrypted|hashed)\b/i,
];

/**
 * Whether a column beside the secret would make no sense if the value itself were there: the `algorithm` of its hash, its
 * `iv`, the characters by which it is recognised. `passwordSalt` says nothing of `totpSecret`.
 */
export function isWitness(sibling: string, secret: string): boolean {
  const [first = ''] = words(sibling);
  return mentions(sibling, witnesses) && (mentions([first], witnessWords) || first === words(secret)[0]);
}

const witnesses = phrases(
  'algorithm, last four, last4, preview char, partial, obfuscated, masked, hint, iv, salt, nonce, auth tag',
);
const witnessWords = phrases(
  'algorithm, last, last4, preview, partial, obfuscated, masked, hint, iv, salt, nonce, auth',
);
