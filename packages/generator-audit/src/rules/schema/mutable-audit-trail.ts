import {
  defineRule,
  isAuditTrail,
  marksDeletion,
  mentions,
  phrases,
  words,
  type Field,
  type Model,
} from '@migrate-lint/core';
import { judgedModels } from '../judged.ts';

/** A row with one of these is worked off, and changes while it is; an audit or a ledger keeps what came of it. */
const work = phrases(
  'status, state, attempt, retry, processed, published, delivered, dispatched, handled, resolved, sent',
);
const finalities = phrases('audit, ledger');

export default defineRule({
  id: 'schema/mutable-audit-trail',
  level: 'medium',
  category: 'lifecycle',
  needs: ['schema'],
  docs: {
    summary: 'The columns of a log or a ledger are made for changing or hiding its rows.',
    why: `A trail is worth something because what is written in it stays as it was. A column that is set on each change, a mark that
hides a row, or a balance that counts on says that somebody means to change rows, and then nobody can tell an entry from what it
was made into. Correct an entry with another entry, keep the time of writing alone, sum up a balance or keep it beside the entry
that it was true after (\`balanceAfter\`), and let the database refuse UPDATE and DELETE. The level is medium, because the name
alone says that it is a trail.`,
    bad: `model AuditLog {
  id        Int       @id
  action    String
  createdAt DateTime  @default(now())
  updatedAt DateTime  @updatedAt
  deletedAt DateTime?
}`,
    good: `model AuditLog {
  id        Int      @id
  action    String
  createdAt DateTime @default(now())
}`,
    guards: [
      'Logs that prove nothing (mails, requests, jobs, watch histories) and settings of a log.',
      'Events that are worked off, with a `status`, `attempts` or `processedAt`; an audit log or a ledger with such a column speaks all the same.',
      'A balance that was true after the entry: `balanceAfter`, `runningBalance`, or one without a default.',
      'A comment that says why (`retention`, `GDPR`, `erasure`) on the column that hides rows.',
    ],
  },

  subjects: ({ schema }) => judgedModels(schema).filter(isTrail),
  check: model => {
    const { name, columns } = model;
    if (!mentions(name, finalities) && columns.some(column => mentions(column.name, work))) return undefined;
    const changing = columns.flatMap(column => use(column) ?? []);
    const [first] = changing;
    if (!first) return undefined;
    return {
      span: first.column.span,
      message: `Rows of \`${name}\` are meant to be changed, for ${changing.map(({ says }) => says).join(' and ')}, so nobody can rely on what they say.`,
      related: changing
        .slice(1)
        .map(({ column }) => ({ message: `\`${column.name}\` is for it too.`, span: column.span })),
    };
  },
});

function isTrail({ name, columns }: Model): boolean {
  return isAuditTrail(
    name,
    columns.map(column => column.name),
  );
}

/** What the column is for, where that is to change or to hide the row. */
function use(column: Field): { readonly column: Field; readonly says: string } | undefined {
  const { name, updatedAt, default: value } = column;
  if (updatedAt) return { column, says: `\`${name}\` is set on every change` };
  if (marksDeletion(column)) return isMeant(column) ? undefined : { column, says: `\`${name}\` hides a row` };
  const counts = words(name).join(' ') === 'balance' && value?.kind === 'literal' && value.value === 0;
  return counts ? { column, says: `\`${name}\` starts at 0 and counts on` } : undefined;
}

function isMeant({ documentation, comment }: Field): boolean {
  return /\b(?:gdpr|erasure|erased?|retention|forgotten|intentional|deliberate|on purpose|by design)\b/i.test(
    `${documentation}\n${comment}`,
  );
}
