import { rememberedFor, type ForeignKey, type Model, type Schema } from '@migrate-lint/core';

/** The chain of cascades by which a delete gets to each other model, the shortest. */
export type Reach = ReadonlyMap<Model, readonly ForeignKey[]>;

const reaches = rememberedFor(({ models, foreignKeys }: Schema): ReadonlyMap<Model, Reach> => {
  const cascades = new Map<Model, ForeignKey[]>(models.map(model => [model, []]));
  for (const key of foreignKeys) if (key.onDelete === 'Cascade') cascades.get(key.referencedModel)?.push(key);
  return new Map(models.map(from => [from, walk(from, cascades)]));
});

/** What goes with a row of the model; the database does not care what Prisma Client ignores. */
export function reachOf(model: Model, schema: Schema): Reach {
  return reaches(schema).get(model) ?? new Map<Model, readonly ForeignKey[]>();
}

function walk(from: Model, cascades: ReadonlyMap<Model, readonly ForeignKey[]>): Reach {
  const reach = new Map<Model, readonly ForeignKey[]>();
  const queue: { readonly model: Model; readonly chain: readonly ForeignKey[] }[] = [{ model: from, chain: [] }];
  for (const { model, chain } of queue) {
    for (const key of cascades.get(model) ?? []) {
      if (key.model === from || reach.has(key.model)) continue;
      reach.set(key.model, [...chain, key]);
      queue.push({ model: key.model, chain: [...chain, key] });
    }
  }
  return reach;
}
