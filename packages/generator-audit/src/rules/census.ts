import { flatMap, rememberedFor, singular, words, type Field, type Model, type Schema } from '@migrate-lint/core';
import { judgedModels } from './judged.ts';

/** How many names have to be mapped, and which part of all, before it is what the project wants. */
const fewest = 5;
const share = 0.8;

type Named = Pick<Model | Field, 'name' | 'dbName'>;

/** How the names of a kind that have capitals in the schema are mapped. */
export interface Count {
  /** Nearly all are snake_case in the database. */
  readonly isWanted: boolean;
  /** Those that are. */
  readonly mapped: readonly Named[];
  /** `69 of 71` */
  readonly says: string;
}

/** What is usual in this schema for the names in the database. */
export const census = rememberedFor((schema: Schema): { readonly tables: Count; readonly columns: Count } => {
  const models = judgedModels(schema);
  const columns = flatMap(models, model => model.columns.filter(({ ignored }) => !ignored));
  return { tables: count(models), columns: count(columns) };
});

function count(things: readonly Named[]): Count {
  const named = things.filter(({ name }) => /\p{Lu}/u.test(name));
  const mapped = named.filter(({ dbName }) => !/\p{Lu}/u.test(dbName));
  return {
    isWanted: mapped.length >= fewest && mapped.length >= share * named.length,
    mapped,
    says: `${String(mapped.length)} of ${String(named.length)}`,
  };
}

/** Whether most of these names end in a plural in the database. */
export function arePlural(mapped: readonly Named[]): boolean {
  const plurals = mapped.filter(({ dbName }) => singular(words(dbName).at(-1) ?? '') !== words(dbName).at(-1));
  return plurals.length > mapped.length / 2;
}

/** Whether a name has capitals in the schema and no mapping. */
export function isBare({ name, dbName }: Named): boolean {
  return name === dbName && /\p{Lu}/u.test(name);
}
