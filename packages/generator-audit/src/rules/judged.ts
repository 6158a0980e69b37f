import {
  flatMap,
  groupBy,
  rememberedFor,
  type Field,
  type ForeignKey,
  type Index,
  type Model,
  type Schema,
} from '@migrate-lint/core';

/** The models that Prisma Client offers: those without `@@ignore`. */
export const judgedModels = rememberedFor(({ models }: Schema): readonly Model[] =>
  models.filter(({ ignored }) => !ignored),
);

/** Their fields, relations too, that have no `@ignore`. */
export const judgedFields = rememberedFor((schema: Schema): readonly Field[] =>
  flatMap(judgedModels(schema), ({ fields }) => fields.filter(({ ignored }) => !ignored)),
);

/** All of their columns. */
export const judgedColumns = rememberedFor(({ columns }: Schema): readonly Field[] =>
  columns.filter(({ model }) => !model.ignored),
);

export const judgedIndexes = rememberedFor(({ indexes }: Schema): readonly Index[] =>
  indexes.filter(({ model }) => !model.ignored),
);

export const judgedKeys = rememberedFor(({ foreignKeys }: Schema): readonly ForeignKey[] =>
  foreignKeys.filter(({ model }) => !model.ignored),
);

const byType = rememberedFor((schema: Schema) =>
  groupBy(
    judgedColumns(schema).filter(({ kind }) => kind === 'scalar'),
    ({ type }) => type,
  ),
);

/** The columns of one of Prisma's own types, lists too: each of dozens of rules asks for one. */
export function scalars(schema: Schema, type: string): readonly Field[] {
  return byType(schema).get(type) ?? [];
}
