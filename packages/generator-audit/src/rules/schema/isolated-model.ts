import { defineRule, mentions, nameKey, phrases, words, type Field, type Model, type Schema } from '@migrate-lint/core';
import { judgedModels } from '../judged.ts';

/** By these a row of a list of choices is known to people and programs. */
const labels = phrases('name, code, slug, label, symbol, abbreviation, title, value, short name');
/** A text of this name is that thing itself. */
const things = phrases(
  'key, token, secret, file, link, url, email, message, comment, note, event, log, version, counter, code',
);

export default defineRule({
  id: 'schema/isolated-model',
  level: 'low',
  category: 'integrity',
  needs: ['schema'],
  docs: {
    summary: 'A model has no relation, and a column elsewhere is named after it.',
    why: `A model without any relation is often right: a setting, a token, a rate, a queue. Where another model has a text or a number
of the same name, the two mean the same thing, and nothing keeps them together: the column may name what is not in the table, and a
row that is renamed or deleted leaves the old name behind. It is low, because a text may be a copy on purpose.`,
    bad: `model Category {
  id   Int    @id
  name String @unique
}

model Product {
  id       Int    @id
  category String
}`,
    good: `model Category {
  id       Int       @id
  name     String    @unique
  products Product[]
}

model Product {
  id         Int      @id
  category   Category @relation(fields: [categoryId], references: [id])
  categoryId Int
}`,
    guards: [
      'Every isolated model that no column is named after: settings, tokens, rates, logs, queues, flags.',
      'A column that is named as a key (`categoryId`): that is a finding of `schema/missing-relation`.',
      'A model without a unique name or code that a text could repeat, and a model that is written as a view.',
      'Keys, tokens, files, links, mails and the like: the text is the thing itself.',
    ],
  },

  subjects: ({ schema }) => {
    const tied = tiedModels(schema);
    return judgedModels(schema).filter(model => !tied.has(model) && !/@view\b/.test(model.documentation));
  },
  check: (model, { schema }) => {
    if (!isListOfChoices(model)) return undefined;
    const named = schema.columns.find(field => isNamedAfter(field, model));
    if (!named) return undefined;
    return {
      span: model.nameSpan,
      message: `\`${model.name}\` has no relation, and \`${named.path}\`, which is named after it, may hold what is not in it.`,
      related: [{ message: 'The column.', span: named.span }],
    };
  },
});

function tiedModels({ models }: Schema): ReadonlySet<Model> {
  const tied = new Set<Model>();
  for (const { fields } of models)
    for (const { relation, model } of fields) if (relation) tied.add(model).add(relation.model);
  return tied;
}

function isListOfChoices({ name, indexes }: Model): boolean {
  if (mentions(words(name).slice(-1), things)) return false;
  return indexes.some(({ unique, columns: [first, ...more] }) => {
    const field = first?.field;
    return unique && more.length === 0 && field?.type === 'String' && mentions(field.name, labels);
  });
}

/** The text may repeat the name, a number of the id's type the id. */
function isNamedAfter({ name, type, kind, list, model: of }: Field, model: Model): boolean {
  if (of === model || of.ignored || kind !== 'scalar' || list) return false;
  if (type !== 'String' && (type !== model.primaryKey?.columns[0]?.field.type || !type.includes('Int'))) return false;
  return [nameKey(name), nameKey([...words(of.name), ...words(name)])].includes(nameKey(model.name));
}
