import {
  defineRule,
  impliedKeys,
  keyStem,
  nameKey,
  plural,
  singular,
  words,
  type Fix,
  type ImpliedKey,
  type Model,
} from '@migrate-lint/core';
import { addField } from '../../edits.ts';

export default defineRule({
  id: 'schema/missing-relation',
  level: 'high',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'A column holds the key of another model, and no relation says so.',
    why: `Without \`@relation\` the database has no foreign key: a row can name another one that never was or is gone, deletes
neither cascade nor fail, and the client cannot \`include\` the other side. Orphans are found months later, when something
reads them.`,
    bad: `model User {
  id Int @id
}

model Post {
  id     Int @id
  userId Int
}`,
    good: `model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int

  @@index([userId])
}`,
    guards: [
      'A name that fits no model, a model whose id has another type or several columns, a list of ids.',
      'Ids of other systems and of requests (`stripeCustomerId`, `providerAccountId`, `externalId`, `sessionId`, `deviceId`), and `clientId` beside `clientSecret`. A number or a uuid counts when other relations use the same column name.',
      'A copy of an outside thing (`Label` with `gmailLabelId`), which `labelId` may name by either id.',
      'Polymorphic pairs (`entityType` and `entityId`).',
      'Audit trails, logs, histories and events, which outlive what they name, unless a comment says `link to User`.',
      'A comment that there is no foreign key (`no FK`, `soft reference`, `denormalized`, `other database`), on the column, on the model, or at the head of the columns.',
      'MongoDB.',
    ],
  },

  subjects: ({ schema }) => (schema.provider === 'mongodb' ? [] : impliedKeys(schema)),
  check: ({ field, target }, { schema }) => {
    if (field.model.foreignKeys.some(({ columns }) => columns.includes(field))) return undefined;
    const fix = addRelation({ path: field.path, field, target });
    return {
      span: field.span,
      message:
        `\`${field.path}\` holds the key of \`${target.name}\` without a relation, so ` +
        (schema.relationMode === 'prisma'
          ? `nothing happens to the row when its \`${target.name}\` is deleted.`
          : `the database accepts any value and keeps the row when its \`${target.name}\` is deleted.`),
      related: [{ message: `\`${target.name}\` is declared here.`, span: target.nameSpan }],
      ...(fix && { fix }),
    };
  },
});

function addRelation({ field, target }: ImpliedKey): Fix | undefined {
  const { model } = field;
  const [id] = target.primaryKey?.columns ?? [];
  const stem = keyStem(field.name) ?? [...words(field.name), 'record'];
  const unique = model.indexes.some(index => index.unique && index.columns.length === 1 && index.covers([field]));
  const rows = words(model.name).map((word, at, all) =>
    at === all.length - 1 && !unique ? plural(singular(word)) : word,
  );
  // Of several relations between two models all but one need a name.
  const sole = nameKey(stem) === nameKey(target.name) && !areRelated(model, target);
  const snake = field.name.includes('_');
  const here = unused(model, [spell(stem, snake), spell([...stem, 'record'], snake)]);
  const there = unused(target, [...(sole ? [spell(rows, snake)] : []), spell([...rows, 'by', ...stem], snake)]);
  if (!id || here === undefined || there === undefined) return undefined;
  const label = `"${model.name}_${field.name}"`;
  const [type, list] = [
    field.required ? target.name : `${target.name}?`,
    unique ? `${model.name}?` : `${model.name}[]`,
  ];
  const columns = `fields: [${field.name}], references: [${id.field.name}]`;
  return {
    title: `Add the relation \`${model.name}.${here}\` and its other side \`${target.name}.${there}\``,
    // The foreign key cannot be made while there are orphans.
    safety: 'unsafe',
    edits: [
      ...addField(model, `${here} ${type} @relation(${sole ? '' : `${label}, `}${columns})`, field),
      ...addField(target, `${there} ${list}${sole ? '' : ` @relation(${label})`}`),
    ],
  };
}

function areRelated(model: Model, target: Model): boolean {
  return (
    model === target ||
    model.fields.some(({ relation }) => relation?.model === target) ||
    target.fields.some(({ relation }) => relation?.model === model)
  );
}

function unused(model: Model, names: readonly string[]): string | undefined {
  return names.find(name => model.field(name) === undefined);
}

function spell(parts: readonly string[], snake: boolean): string {
  if (snake) return parts.join('_');
  return parts.map((part, at) => (at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1))).join('');
}
