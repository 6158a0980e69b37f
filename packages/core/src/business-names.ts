import type { Field } from './facts/schema.ts';
import { keyStem } from './key-names.ts';
import { mentions, phrases, words } from './names.ts';

/** What each customer numbers and names for itself. */
const given = phrases('name, title, code, sku, number, no, label, reference, barcode, position');
/** Those whom several customers may know by the same address. */
const contacts = phrases('customer, client, contact, patient, student, lead, supplier, vendor, guest');
/** With these words a number or a code is of all the world, or made up so that nobody can guess it. */
const worldwide = phrases(
  'phone, mobile, card, account, iban, bic, swift, vat, tax, isbn, ean, upc, gtin, serial, imei, vin, passport, license',
  'country, currency, language, invite, invitation, referral, promo, coupon, voucher, access, auth, authorization, grant',
  'verification, join, share, short, secret, token, device, user, domain, host, file, public, global, external, tracking',
  'oauth, otp, session, login, bucket, subdomain, slug',
);

/** Whether each customer gives this name, code or number to what is its own, and so may give one that another has given. */
export function isGivenByTenant({ name, type, model, default: value }: Field): boolean {
  if ((type !== 'String' && type !== 'Int') || value?.kind === 'function') return false;
  const last = words(name).slice(-1);
  return mentions(last, given) || (mentions(last, ['email']) && mentions(words(model.name).slice(-1), contacts));
}

/** Whether the column is a key, of this database or of another system, or the same for all the world. */
export function isWorldwide(column: Field): boolean {
  const { model, name, documentation, comment } = column;
  return (
    model.foreignKeys.some(({ columns }) => columns.includes(column)) ||
    keyStem(name) !== undefined ||
    mentions(name, worldwide) ||
    mentions(model.name, worldwide) ||
    /\b(?:unique|global|globally|prefix|everywhere)\b/i.test(`${documentation}\n${comment}`)
  );
}
