import {
  defineRule,
  mentions,
  phrases,
  qualifiedName,
  quoteIdentifier,
  words,
  type Field,
  type Fix,
} from '@migrate-lint/core';
import { makeRequired } from '../../edits/optional.ts';
import { scalars } from '../judged.ts';

/** A row is that or is not; there is nothing to wait for. */
const states = phrases(
  'active, admin, archived, banned, blocked, canceled, cancelled, completed, deleted, locked, muted, pinned, published',
  'read, revoked, started, suspended, superuser, verified',
);
/** With an `is` before them these are states too; `emailEnabled` is a switch that may be unset, `isCorrect` a question. */
const more = phrases(
  'default, disabled, draft, enabled, favorite, featured, hidden, internal, pending, primary, private, public, system',
);
/** Where nothing is set, the setting of something larger holds. */
const layers = phrases(
  'setting, preference, config, configuration, override, option, policy, branding, answer, vote, metric',
);

export default defineRule({
  id: 'schema/three-state-boolean',
  level: 'medium',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'A Boolean can be NULL, a third value that is neither true nor false.',
    why: `\`where: { isActive: false }\` does not find the rows with NULL, and neither does \`not: true\`: to SQL, NULL is not false and
not different from true. Counts of both sides do not add up, and the code that reads \`if (!user.isActive)\` takes for false what
the query leaves out. Two states want a required Boolean with a default; three states want an enum that names the third.`,
    bad: `model User {
  id       Int      @id
  isActive Boolean? @default(false)
}`,
    good: `model User {
  id       Int     @id
  isActive Boolean @default(false)
}`,
    guards: [
      'Without a default: only plain states (`isActive`, `emailVerified`, `archived`) speak; the answer to a question (`isCorrect`, `wasHelpful`, `isAccepted`) may be open, and a switch (`emailEnabled`) may be unset.',
      'Without a default in settings, preferences, overrides and policies: NULL means that the larger one holds.',
      'A comment that says what NULL means, or that the field is deprecated.',
    ],
  },

  subjects: ({ schema }) => scalars(schema, 'Boolean').filter(({ list }) => !list),
  check: (field, { schema }) => {
    if (field.required || isExplained(field) || (!field.default && mayBeOpen(field))) return undefined;
    const { default: said } = field;
    const value = said?.kind === 'literal' ? String(said.value) : said ? undefined : 'false';
    return {
      span: field.span,
      message: `\`${field.path}\` can be NULL, which is neither true nor false, so a filter for one of the two misses those rows.`,
      fix: value !== undefined ? twoStates(field, value, schema.provider === 'postgresql') : undefined,
    };
  },
});

function isExplained({ documentation, comment }: Field): boolean {
  return /\b(?:null|nil|unset|undefined|unknown|inherits?|tri-?state|deprecated|not (?:yet )?(?:set|known|answered|decided|checked))\b/i.test(
    `${documentation}\n${comment}`,
  );
}

function mayBeOpen({ name, model }: Field): boolean {
  const parts = words(name);
  const known = parts[0] === 'is' ? [...states, ...more] : states;
  return !known.includes(parts.at(-1) ?? '') || mentions(model.name, layers);
}

function twoStates(field: Field, value: string, postgres: boolean): Fix {
  return {
    title: `Make it required, ${value} where it is NULL`,
    // NULL may have meant something.
    safety: 'unsafe',
    edits: makeRequired(field, field.default ? undefined : value),
    sql: postgres ? fillAndRequire(field, value) : undefined,
  };
}

/** SET NOT NULL alone would read the whole table under its lock; it believes a valid CHECK. */
function fillAndRequire({ model, dbName, default: said }: Field, value: string): string {
  const table = `ALTER TABLE ${qualifiedName(model.dbSchema, model.dbName)}`;
  const column = quoteIdentifier(dbName);
  const check = quoteIdentifier(`${model.dbName.slice(0, 25)}_${dbName.slice(0, 25)}_not_null`);
  return [
    ...(said ? [] : [`${table} ALTER COLUMN ${column} SET DEFAULT ${value};`]),
    `UPDATE ${qualifiedName(model.dbSchema, model.dbName)} SET ${column} = ${value} WHERE ${column} IS NULL;`,
    `${table} ADD CONSTRAINT ${check} CHECK (${column} IS NOT NULL) NOT VALID;`,
    `${table} VALIDATE CONSTRAINT ${check};`,
    `${table} ALTER COLUMN ${column} SET NOT NULL;`,
    `${table} DROP CONSTRAINT ${check};`,
  ].join('\n');
}
