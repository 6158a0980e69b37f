import { defineRule, flatMap, type Field, type Fix, type Model } from '@migrate-lint/core';
import { addField } from '../../edits.ts';
import { columnLike } from '../columns.ts';
import { judgedModels } from '../judged.ts';
import { changesLater, hasNoTimeOfItsOwn, keepsChange, keepsCreation } from '../timestamps.ts';

export default defineRule({
  id: 'schema/missing-timestamps',
  level: 'low',
  category: 'lifecycle',
  needs: ['schema'],
  docs: {
    summary: 'A model does not keep when a row was made or changed, as nearly all others do.',
    why: `Support, audits, incremental exports and clean-up jobs ask when a row came to be and when it last changed, and the answer
cannot be had afterwards. The rule speaks where four in five models keep the time of creation, and of the time of change where
most models keep it and this one has a state that changes. It is low, because nothing breaks without.`,
    bad: `model Customer {
  id        Int      @id
  createdAt DateTime @default(now())
}

model Order {
  id        Int      @id
  createdAt DateTime @default(now())
}

model Product {
  id        Int      @id
  createdAt DateTime @default(now())
}

model Supplier {
  id        Int      @id
  createdAt DateTime @default(now())
}

model Warehouse {
  id   Int    @id
  name String
}`,
    good: `model Warehouse {
  id        Int      @id
  name      String
  createdAt DateTime @default(now())
}`,
    guards: [
      'Join tables, the lines of a document (`OrderItem`), and models that share the row of another one (its key is their unique or id).',
      'Logins as libraries make them, settings, counters, lookups and lists of keys and values.',
      'A time of its own (`startedAt`, `date`) that has `now()` as its default, or a name that tells it (`occurredAt`, `timestamp`).',
      'Logs, histories, messages and events need no `updatedAt`.',
      'A schema in which fewer than four in five of the models keep the time of creation.',
    ],
  },

  subjects: ({ schema }) => {
    const models = judgedModels(schema).filter(model => !hasNoTimeOfItsOwn(model));
    const firstOf = (is: (field: Field) => boolean): readonly Field[] =>
      flatMap(models, ({ columns }) => columns.find(is) ?? []);
    const [created, updated] = [firstOf(keepsCreation), firstOf(keepsChange)] as const;
    const [creating, changing] = [modelsOf(created), modelsOf(updated)] as const;
    return models.map(model => ({
      path: model.path,
      model,
      all: models.length,
      created,
      updated,
      hasCreation: creating.has(model),
      hasChange: changing.has(model),
    }));
  },
  check: ({ model, all, created, updated, hasCreation, hasChange }) => {
    const lacksCreation = !hasCreation && created.length >= 0.8 * all && created.length > 3;
    const lacksChange = !hasChange && updated.length >= 0.6 * all && updated.length > 3 && changesLater(model);
    if (!lacksCreation && !lacksChange) return undefined;
    const count = String(lacksCreation ? created.length : updated.length);
    const what = lacksCreation ? (lacksChange ? 'made or changed' : 'made') : 'changed';
    return {
      span: model.nameSpan,
      message: `\`${model.name}\` does not keep when a row was ${what}, as ${count} of ${String(all)} models do.`,
      fix: addTimes(model, [
        ...(lacksCreation ? created.slice(0, 1) : []),
        ...(lacksChange ? updated.slice(0, 1) : []),
      ]),
    };
  },
});

function modelsOf(fields: readonly Field[]): ReadonlySet<Model> {
  return new Set(fields.map(({ model }) => model));
}

/** As the other models have them. */
function addTimes(model: Model, fields: readonly Field[]): Fix {
  const lines = fields.map(like =>
    columnLike(like, like.name, 'DateTime', ` @default(now())${like.updatedAt ? ' @updatedAt' : ''}`),
  );
  return {
    title: `Add ${fields.map(({ name }) => `\`${name}\``).join(' and ')}`,
    // The rows that are there get the time of the migration.
    safety: 'unsafe',
    edits: lines.flatMap(line => addField(model, line)),
  };
}
