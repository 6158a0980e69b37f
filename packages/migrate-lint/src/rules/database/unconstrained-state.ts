import {
  defineRule,
  fieldOf,
  mentions,
  phrases,
  quoteIdentifier,
  words,
  type Column,
  type DatabaseCode,
  type Schema,
} from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { addCheck } from '../../edits/checks.ts';
import { code } from '../places.ts';
import { ownTables } from '../scope.ts';

const states = phrases('status, state, phase, stage, severity, priority, role, level');
const state = phrases('state');
const addresses = phrases('city, zip, postal code, country, street');
/** States that another system keeps, and states of the United States. */
const foreign = phrases(
  'stripe, provider, external, remote, http, response, country, province, billing, shipping, address, us',
);

export default defineRule({
  id: 'database/unconstrained-state',
  level: 'medium',
  category: 'integrity',
  needs: ['database', 'code'],
  uses: ['schema', 'comparison'],
  docs: {
    summary: 'A text column holds one of a few words and takes any text, which the schema does not tell.',
    why: `A misspelt \`canceled\` is stored like any other text, and from then on no query, no partial index and no policy that asks for
\`cancelled\` finds the row. An enum or a CHECK refuses it. What the words are is known here by the column’s default and by the literals that
indexes and policies compare it with; the list has to be completed by who knows the code, so the level is medium.`,
    bad: `CREATE TABLE "jobs" ("id" int PRIMARY KEY, "status" text NOT NULL DEFAULT 'queued');`,
    good: `CREATE TABLE "jobs" ("id" int PRIMARY KEY, "status" text NOT NULL DEFAULT 'queued' CHECK ("status" IN ('queued', 'done')));`,
    guards: [
      'A column of a model with a default or a comment: what the schema tells is judged by `schema/text-as-state`.',
      'A column that nothing compares with a word and that has no default.',
      'An enum, a domain, a foreign key to a table of states, or a CHECK that names the column.',
      'The state of something in another system (`provider_status`), or of a country (`billing_state`).',
    ],
  },

  subjects: facts => {
    const columns = ownTables(facts).flatMap(table => table.columns);
    return columns.filter(column => isState(column) && wordsOf(column, facts.code, facts.schema).length > 0);
  },
  check: (column, { code: read, schema }) => {
    const { table, name } = column;
    if (table.checks.some(({ definition }) => read.expression(definition).columns.includes(name))) return undefined;
    if (table.foreignKeys.some(({ columns }) => columns.includes(name))) return undefined;
    const values = wordsOf(column, read, schema);
    const list = values.map(value => `'${value.replaceAll("'", "''")}'`).join(', ');
    const title = `Say which words ${code(column.path)} may hold`;
    return {
      span: column.span,
      message: `${code(column.path)} holds words such as ${values
        .slice(0, 3)
        .map(value => code(value))
        .join(', ')} and takes any text, so no query finds a row whose word is misspelt.`,
      fix:
        values.length > 1
          ? sqlFix(
              `${title}, once the list is complete`,
              'unsafe',
              addCheck(table, `${table.name}_${name}_check`, `${quoteIdentifier(name)} IN (${list})`),
            )
          : { title, safety: 'unsafe' },
    };
  },
});

function isState({ name, type, generated, table }: Column): boolean {
  if (!/^(?:text|character varying|citext)(?:\(\d+\))?$/.test(type) || generated !== null) return false;
  // Where there is a city or a zip code beside it, a state is a part of a country.
  const place = table.columns.some(other => mentions(other.name, addresses));
  return mentions(words(name).slice(-1), states) && !mentions(name, foreign) && !(place && mentions(name, state));
}

/** The words that the database tells, where the schema tells none. */
function wordsOf(column: Column, read: DatabaseCode, schema: Schema | undefined): readonly string[] {
  const field = fieldOf(schema, column);
  if (field && (field.default || field.comment !== '' || field.documentation !== '')) return [];
  const { table, name } = column;
  const said = /^'((?:[^']|'')+)'::/.exec(column.default ?? '')?.[1];
  const conditions = [
    ...table.indexes.flatMap(({ predicate }) => predicate ?? []),
    ...table.policies.flatMap(({ using, withCheck }) => [using ?? [], withCheck ?? []].flat()),
  ];
  const compared = conditions
    .flatMap(condition => read.expression(condition).comparisons)
    .filter(one => one.column === name && /^(?:=|<>|in|not in)$/.test(one.operator) && !one.inSubselect)
    .flatMap(({ constants }) => constants.flatMap(value => value ?? []));
  const found = [...new Set([...(said === undefined ? [] : [said]), ...compared])].filter(value =>
    /^[A-Za-z][\w-]*$/.test(value),
  );
  // One word that a model's column is compared with says little.
  return field && found.length < 2 ? [] : found;
}
