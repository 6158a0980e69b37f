import { defineRule, mentions, phrases, type Field } from '@migrate-lint/core';
import { scalars } from '../judged.ts';

/** Kept as it came, because it is signed, shown or compared letter for letter. */
const verbatim = phrases('raw, original, verbatim, signed, signature, unparsed, source, schema, json schema');

export default defineRule({
  id: 'schema/json-not-jsonb',
  level: 'low',
  category: 'performance',
  needs: ['schema'],
  docs: {
    summary: 'A Json field is stored as `json`, not as `jsonb`.',
    why: `\`json\` is the text as it came: it is parsed again on each read. It has no equality, so \`DISTINCT\`, \`GROUP BY\`
and \`UNION\` over it fail (“could not identify an equality operator for type json”), and no index can be made on it, neither B-tree nor
Gin. Prisma's own default is \`jsonb\`. On the way there the order of keys and all but the last of repeated keys are
lost, and a text with \`\\u0000\` is refused.`,
    bad: `model Event {
  id   Int  @id
  data Json @db.Json
}`,
    good: `model Event {
  id   Int  @id
  data Json
}`,
    guards: [
      'What has to stay letter for letter (`rawPayload`, `signedBody`, `inputSchema`), by its name or by a comment that speaks of the order of keys or of the original text.',
      'Databases other than Postgres.',
    ],
  },

  subjects: ({ schema }) => (schema.provider === 'postgresql' ? scalars(schema, 'Json') : []),
  check: field => {
    const { nativeType, path, span } = field;
    if (nativeType?.name !== 'Json' || isVerbatim(field)) return undefined;
    return {
      span,
      message: `\`${path}\` is a \`json\` and not a \`jsonb\`, so it can have no index, and DISTINCT, GROUP BY and UNION over it fail.`,
      fix: {
        title: 'Make it `@db.JsonB`',
        // The table is rewritten; the order of keys, repeated keys and blanks are lost.
        safety: 'unsafe',
        edits: [{ ...nativeType.span, text: '@db.JsonB' }],
      },
    };
  },
});

function isVerbatim({ name, comment, documentation }: Field): boolean {
  const says = /\b(?:order|ordered|verbatim|original|exact|as[- ]is|byte|signature|signed|duplicate keys)\b/i;
  return mentions(name, verbatim) || says.test(`${comment}\n${documentation}`);
}
