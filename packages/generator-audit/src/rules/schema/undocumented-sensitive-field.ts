import { defineRule, isPersonal, secretKind, type Field } from '@migrate-lint/core';
import { judgedColumns } from '../judged.ts';

export default defineRule({
  id: 'schema/undocumented-sensitive-field',
  level: 'low',
  category: 'security',
  optIn: true,
  needs: ['schema'],
  docs: {
    summary: 'A column holds personal data or a password, and no comment says why and how.',
    why: `Whoever adds a column to an export, a log line or an API response looks at the schema. A comment on the column is the one
place where they read that it is personal, why it is kept, how long, and in what form (\`/// @hashed\`, \`/// personal: deleted with the
account\`). A register of personal data, which European law asks for, can be written from such comments.`,
    bad: `model User {
  id    Int    @id
  email String @unique
}`,
    good: `model User {
  id    Int    @id
  /// Personal: login and receipts, deleted with the account.
  email String @unique
}`,
    guards: [
      'A comment of either kind (`//` or `///`) on the column, or behind it.',
      'A comment on the model that says that its rows are personal or secret (`personal`, `PII`, `GDPR`, `sensitive`, `confidential`, `encrypted`).',
      'Other credentials: `schema/plaintext-secret` asks for the same comment.',
      'Hashes and what is about the data only (`emailVerified`, `passwordHash`, `phoneNumberId`), and addresses of a service (`supportEmail`).',
    ],
  },

  subjects: ({ schema }) => judgedColumns(schema).filter(field => !field.ignored && kindOf(field) !== undefined),
  check: field => {
    const { model, documentation, comment, path } = field;
    if (documentation !== '' || comment !== '') return undefined;
    if (heading.test(`${model.documentation}\n${model.comment}`)) return undefined;
    return {
      span: field.span,
      message: `\`${path}\` holds ${kindOf(field) ?? ''} data, and no comment says why it is kept and who may see it.`,
    };
  },
});

const heading = /\b(?:personal|pii|gdpr|privacy|sensitive|confidential|encrypted|hashed|secrets?|credentials?)\b/i;

function kindOf(field: Field): 'secret' | 'personal' | undefined {
  const { name, type, kind, model } = field;
  if (kind === 'scalar' && type === 'String' && secretKind(name, model.name) === 'password') return 'secret';
  return isPersonal(field) ? 'personal' : undefined;
}
