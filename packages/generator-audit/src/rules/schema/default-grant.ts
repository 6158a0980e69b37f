import { defineRule, mentions, phrases, type Field, type Fix, type Schema } from '@migrate-lint/core';
import { judgedColumns } from '../judged.ts';
import { checkedThing, isRight, isRole, rankOf } from '../privilege-names.ts';

/** A row of such a model is a wish or a rule, or it stands for the check itself. */
const otherModels = phrases(
  'setting, preference, config, configuration, option, notification, policy, feature, plan, template, subscription type',
  'two factor, mfa, totp, passkey, verified, approved, allowlist, whitelist, verification, approval, admin, staff',
);

export default defineRule({
  id: 'schema/default-grant',
  level: 'high',
  category: 'security',
  needs: ['schema'],
  docs: {
    summary: 'A privilege or a passed check is the default.',
    why: `A default is what a row gets from every piece of code that does not think of the column: the second sign-up form, the
import script, the test data that reached production. With \`isAdmin @default(true)\` each of them makes administrators, with
\`emailVerified @default(true)\` anybody signs up under somebody else's address. A right has to be given by a line of code
that says so.`,
    bad: `model User {
  id            Int     @id
  isAdmin       Boolean @default(true)
  emailVerified Boolean @default(true)
}`,
    good: `model User {
  id            Int     @id
  isAdmin       Boolean @default(false)
  emailVerified Boolean @default(false)
}`,
    guards: [
      '`isActive`, `enabled`, `isPublic` and all other switches that are no right and no check.',
      'Settings and preferences (`applicationApproved` of a notification), and rules (`requiresApproval`).',
      'Models whose rows stand for the check itself (`Verification`, `TwoFactor`), and models of administrators.',
      'A role `OWNER` where the other roles are no ranks (`OWNER`, `TENANT`), and `ADMIN` where all roles are administrators.',
    ],
  },

  subjects: ({ schema }) => judgedColumns(schema).filter(isGranting),
  check: (field, { schema }) => {
    const granted = grantOf(field, schema);
    if (granted === undefined) return undefined;
    const value = withdrawn(field, schema);
    return {
      span: field.span,
      message: `\`${field.path}\` is ${granted} by default, so every row that is made without a thought of it has what nobody granted.`,
      fix: value !== undefined ? makeDefault(field, value) : undefined,
    };
  },
});

function isGranting({ name, type, kind, model }: Field): boolean {
  return isGrant(name, type, kind) && !mentions(model.name, otherModels);
}

function isGrant(name: string, type: string, kind: Field['kind']): boolean {
  if (type === 'Boolean') return isRight(name) || checkedThing(name) !== undefined;
  // `approvedAt @default(now())` may be all that a row is about; an address was there before.
  if (type === 'DateTime') return (checkedThing(name) ?? []).length > 0;
  return (kind === 'enum' || type === 'String') && isRole(name);
}

/** What the default grants, in words, or undefined. */
function grantOf(field: Field, schema: Schema): string | undefined {
  const { default: said, type, kind } = field;
  if (type === 'Boolean') return said?.kind === 'literal' && said.value === true ? 'true' : undefined;
  if (type === 'DateTime') return said?.kind === 'function' && said.name === 'now' ? 'set' : undefined;
  const value = roleOf(field);
  const rank = rankOf(value);
  const ranks = valuesOf(field, schema).map(rankOf);
  const granted =
    rank === 'strong'
      ? kind !== 'enum' || ranks.some(other => other !== 'strong')
      : rank === 'owner' && (ranks.includes('plain') || ranks.includes('weak'));
  return granted ? `\`${value}\`` : undefined;
}

function roleOf({ default: said }: Field): string {
  if (said?.kind === 'list') return /^\W*(\w+)\W*$/.exec(said.text)?.[1] ?? '';
  return said?.kind === 'enumValue' || said?.kind === 'literal' ? String(said.value) : '';
}

function valuesOf({ type }: Field, schema: Schema): readonly string[] {
  return schema.enum(type)?.values.map(({ name }) => name) ?? [];
}

function withdrawn(field: Field, schema: Schema): string | undefined {
  if (field.type === 'Boolean') return 'false';
  return field.list ? undefined : valuesOf(field, schema).find(name => rankOf(name) === 'plain');
}

function makeDefault({ default: said }: Field, value: string): Fix {
  return {
    title: `Make it \`${value}\` by default`,
    // Code that counted on the default has to say what it wants.
    safety: 'unsafe',
    edits: said ? [{ ...said.span, text: `@default(${value})` }] : [],
  };
}
