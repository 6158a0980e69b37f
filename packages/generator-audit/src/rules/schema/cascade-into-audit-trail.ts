import {
  defineRule,
  isAuditTrail,
  isNamedAsTenant,
  type ForeignKey,
  type Model,
  type Schema,
} from '@migrate-lint/core';
import { setOnDelete } from '../../edits/relations.ts';
import { judgedKeys } from '../judged.ts';

export default defineRule({
  id: 'schema/cascade-into-audit-trail',
  level: 'medium',
  category: 'lifecycle',
  needs: ['schema'],
  docs: {
    summary: 'Deleting a row deletes the audit log, ledger or history that tells of it.',
    why: `A trail is kept for the day on which somebody asks what happened, and that is often after the account or the order is
gone. With \`onDelete: Cascade\` one DELETE takes the trail along without a trace, and whoever has something to hide only has
to delete the account. Where a whole customer (\`Organization\`, \`Workspace\`) takes its trail along it is low: that is
mostly meant. It is no more than medium, because of seven findings on public projects three were a user's own log, which goes for the
user's sake. With \`SetNull\` the trail stays and loses only the link, so it should hold a copy of the name or the
email; with \`Restrict\` the database refuses to delete what has a trail.`,
    bad: `model User {
  id   Int        @id
  logs AuditLog[]
}

model AuditLog {
  id     Int    @id
  action String
  user   User?  @relation(fields: [userId], references: [id], onDelete: Cascade)
  userId Int?
}`,
    good: `model User {
  id   Int        @id
  logs AuditLog[]
}

model AuditLog {
  id     Int    @id
  action String
  user   User?  @relation(fields: [userId], references: [id], onDelete: SetNull)
  userId Int?
}`,
    guards: [
      'Logs of mails, requests, errors and jobs, watch and search histories, calendar events, diaries: their names say that they prove nothing.',
      'Parts of a trail that go with the trail (`AuditLogChange` with its `AuditLog`).',
      'A relation whose comment says that the rows have to go (GDPR, erasure, retention, on purpose).',
    ],
  },

  subjects: ({ schema }) =>
    judgedKeys(schema).filter(({ model, referencedModel }) => isTrail(model) && !isTrail(referencedModel)),
  check: (key, { schema }) => {
    const { model, referencedModel, field, span } = key;
    if (key.onDelete !== 'Cascade' || isMeant(key)) return undefined;
    // SQL Server knows no RESTRICT; its NO ACTION does the same.
    const kept = !field.required ? 'SetNull' : schema.provider === 'sqlserver' ? 'NoAction' : 'Restrict';
    return {
      span,
      // Whoever deletes a customer often means to delete all that is the customer's.
      level: isNamedAsTenant(referencedModel) ? 'low' : undefined,
      message: `Deleting a row of \`${referencedModel.name}\` deletes its rows of \`${model.name}\`, so nobody can tell afterwards what happened.`,
      related: cascadesInto(referencedModel, schema).map(({ referencedModel: from, span }) => ({
        message: `A delete in \`${from.name}\` gets there too.`,
        span,
      })),
      fix: {
        title: `Keep the trail with \`onDelete: ${kept}\``,
        // Deletes that went through may be refused now.
        safety: 'unsafe',
        edits: setOnDelete(field, kept),
      },
    };
  },
});

function isTrail({ name, columns }: Model): boolean {
  return isAuditTrail(
    name,
    columns.map(column => column.name),
  );
}

function isMeant({ field }: ForeignKey): boolean {
  const text = `${field.documentation}\n${field.comment}`;
  return /\b(?:gdpr|erasure|erased?|retention|forgotten|intentional|intended|deliberate|on purpose|by design)/i.test(
    text,
  );
}

function cascadesInto(model: Model, { foreignKeys }: Schema): readonly ForeignKey[] {
  return foreignKeys.filter(
    ({ referencedModel, onDelete, ...key }) =>
      onDelete === 'Cascade' && key.model === model && referencedModel !== model,
  );
}
