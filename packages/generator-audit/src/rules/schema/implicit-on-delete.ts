import { defineRule, isAuditTrail, type ForeignKey } from '@migrate-lint/core';
import { setOnDelete } from '../../edits/relations.ts';

export default defineRule({
  id: 'schema/implicit-on-delete',
  level: 'low',
  category: 'lifecycle',
  needs: ['schema'],
  docs: {
    summary: 'A required relation without `onDelete` refuses the delete that its neighbours are made for.',
    why: `Without \`onDelete\` a required relation is \`Restrict\`: the row that it refers to cannot be deleted while one refers to it.
Where most other relations to the same model say \`Cascade\`, somebody wants to delete such rows, and it fails from the first row of
this table on, often only in production, where there is one. Say what is meant: \`Cascade\`, or \`Restrict\` for what has to be
taken away by hand. Prisma takes the default silently, so the reader of the schema cannot tell a decision from an omission.`,
    bad: `model User {
  id       Int       @id
  sessions Session[]
  tokens   Token[]
  drafts   Draft[]
}

model Session {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)
  userId Int
}

model Token {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)
  userId Int
}

model Draft {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int
}`,
    good: `model User {
  id       Int       @id
  sessions Session[]
  tokens   Token[]
  drafts   Draft[]
}

model Session {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)
  userId Int
}

model Token {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)
  userId Int
}

model Draft {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)
  userId Int
}`,
    guards: [
      'An optional relation: its default `SetNull` keeps the row and refuses nothing.',
      'A model to which not twice as many relations say `Cascade` as say nothing: there the default may be the careful choice.',
      'Audit logs, ledgers and histories, which should refuse it.',
      'A relation of a model to itself, and a database view that is written as a model, documented with `/// @view`.',
    ],
  },

  subjects: ({ schema }) => schema.foreignKeys.filter(isJudged),
  check: (key, { schema }) => {
    if (!isImplicit(key)) return undefined;
    const { model, referencedModel, field, span } = key;
    const incoming = schema.foreignKeys.filter(other => other.referencedModel === referencedModel);
    const cascades = incoming.filter(other => other.onDelete === 'Cascade' && other.model !== model);
    const [first, ...more] = cascades;
    if (!first || cascades.length < 2 * incoming.filter(isImplicit).length) return undefined;
    const others = `\`${first.model.name}\`${more.length > 0 ? ` and ${String(more.length)} more` : ''}`;
    // SQL Server knows no RESTRICT.
    const action = schema.provider === 'sqlserver' && schema.relationMode === 'foreignKeys' ? 'NoAction' : 'Restrict';
    return {
      span,
      message: `Deleting a row of \`${referencedModel.name}\` is meant to take rows of ${others} along, but \`${field.path}\` has no \`onDelete\` and refuses it.`,
      related: [{ message: `\`${first.field.path}\` cascades.`, span: first.span }],
      fix: {
        title: `Say \`onDelete: ${action}\`, which is what it does now`,
        safety: 'safe',
        edits: setOnDelete(field, action),
      },
    };
  },
});

function isJudged({ model }: ForeignKey): boolean {
  return !model.ignored && !/@view\b/.test(model.documentation) && !isAuditTrail(model.name);
}

/** An optional one is `SetNull`, which refuses nothing. */
function isImplicit({ onDelete, field, model, referencedModel }: ForeignKey): boolean {
  return onDelete === undefined && field.required && model !== referencedModel;
}
