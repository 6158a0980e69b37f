import { defineRule, mentions, phrases, type Column } from '@migrate-lint/core';
import { sqlFix } from '../../edits.ts';
import { canRetype, retype } from '../../edits/retype.ts';
import { code } from '../places.ts';
import { ownColumns } from '../scope.ts';

/** What is kept letter by letter, to be shown or signed as it came. */
const verbatim = phrases(
  'raw, original, verbatim, signed, signature, unparsed, source, schema, json schema, as received',
);
const says = /\b(?:order|ordered|verbatim|original|exact|as[- ]is|byte|signature|signed|duplicate keys)\b/i;

export default defineRule({
  id: 'database/json-column',
  level: 'low',
  category: 'performance',
  needs: ['database'],
  uses: ['schema', 'comparison'],
  docs: {
    summary: 'A column that no model has is `json` and not `jsonb`.',
    why: `\`json\` is the text as it came: it is parsed anew each time that something looks into it, has no \`=\`, so DISTINCT, GROUP BY and UNION on it
fail, and cannot be indexed by its contents. \`jsonb\` can do all of it. Nothing breaks by itself, so the level is low.`,
    bad: `CREATE TABLE "hooks" ("id" bigint PRIMARY KEY, "payload" json NOT NULL);`,
    good: `CREATE TABLE "hooks" ("id" bigint PRIMARY KEY, "payload" jsonb NOT NULL);`,
    guards: [
      'A column of a model: `schema/json-not-jsonb`.',
      'A text that is kept letter by letter (`raw_payload`, `signed_body`, `input_schema`), by its name or by its comment: `jsonb` loses the order of keys, doubles and blanks.',
    ],
  },

  subjects: scope => ownColumns(scope).filter(column => isJson(column) && !isVerbatim(column)),
  check: (column, { database }) => {
    const { type, path, span } = column;
    if (type.startsWith('jsonb')) return undefined;
    const title = 'Make it `jsonb`';
    return {
      span,
      message: `${code(path)} is ${code(type)}, which is parsed anew on every look into it and can be neither compared nor indexed.`,
      // The order of keys, doubles and blanks are lost, and the table is rewritten.
      fix: canRetype(column, database)
        ? sqlFix(title, 'unsafe', [
            retype(column, type.replace('json', 'jsonb'), name => `${name}::${type.replace('json', 'jsonb')}`),
          ])
        : { title: `${title}, with what reads it out of the way`, safety: 'unsafe' },
    };
  },
});

function isJson({ type }: Column): boolean {
  return /^jsonb?(?:\[\])*$/.test(type);
}

function isVerbatim({ name, comment }: Column): boolean {
  return mentions(name, verbatim) || says.test(comment ?? '');
}
