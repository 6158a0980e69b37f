import type { Field } from './facts/schema.ts';
import { endsIn, mentions, phrases } from './names.ts';

/** What tells who a person is, or what the person would not tell everybody. */
const personal = phrases(
  'email, email address, mail address, phone, mobile, phone number, mobile number, telephone, first name, middle name',
  'last name, given name, family name, surname, maiden name, legal name, birth date, birthdate, birthday, date of birth',
  'dob, birth place, place of birth, passport, passport number, national id, identity number, driver license, tax id, curp',
  'cpf, nino, aadhaar, iban, bank account, bank account number, account number, account holder, card holder, cardholder',
  'street, street address, home address, postal address, billing address, shipping address, delivery address, address line',
  'ip, ip address, user agent, gender, sex, religion, ethnicity, nationality, marital status, sexual orientation, blood type',
  'diagnosis, allergy, medication, medical record, medical history, salary, emergency contact, next of kin, geolocation',
);
/** The same words of a thing, or of how it is handled, tell nothing of a person. */
const things = phrases(
  'support, sender, from, reply, noreply, no reply, static, allowed, blocked, banned, server, host, system, default, company',
  'business, organization, organisation, store, shop, office, provider, smtp, cold, test, sample, staging, send, show, hide',
  'require, required, is, has, should, can, enable, enabled, watch, notify, verify, hashed, masked',
);
const births = phrases('birth, birthdate, birthday, dob');
/** A number or a flag with such a name only tells something about it, and a date when it happened. */
const types: ReadonlySet<string> = new Set(['String', 'DateTime', 'Json', 'Decimal', 'Bytes']);

/** Whether by its name and type a column holds data about a person: `guestEmail` and `dateOfBirth`, not `emailVerified`. */
export function isPersonal({ name, type, kind }: Field): boolean {
  if (kind !== 'enum' && (kind !== 'scalar' || !types.has(type))) return false;
  if (type === 'DateTime' && !mentions(name, births)) return false;
  return endsIn(name, personal) && !mentions(name, things);
}
