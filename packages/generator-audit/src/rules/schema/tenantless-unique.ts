import {
  defineRule,
  isGivenByTenant,
  isWorldwide,
  keyToTenant,
  pathToTenant,
  tenantOf,
  type Fix,
  type Index,
  type Model,
} from '@migrate-lint/core';
import * as z from 'zod';
import { judgedIndexes } from '../judged.ts';
import { isReferenced } from '../references.ts';
import { addBlockAttribute, removeIndex } from '../../edits.ts';

export default defineRule({
  id: 'schema/tenantless-unique',
  level: 'low',
  category: 'integrity',
  needs: ['schema'],
  options: z.object({
    tenant: z
      .string()
      .default('')
      .describe("The model of one customer; the config's `tenant` fills it, and empty it is inferred."),
  }),
  docs: {
    summary: 'A name or number that each tenant gives is unique over all tenants.',
    why: `The second customer cannot use the name, code or number that the first one has, and the error tells them that somebody
has it. A unique over the tenant's key and the name gives each customer their own names. The tenant is the \`tenant\` of the config
file, or inferred as in \`schema/tenant-unreachable\`. The level is low, because some numbers are given by the service for all.`,
    options: { tenant: 'Organization' },
    bad: `model Organization {
  id       Int       @id
  products Product[]
}

model Product {
  id             Int          @id
  sku            String       @unique
  organizationId Int
  organization   Organization @relation(fields: [organizationId], references: [id])
}`,
    good: `model Organization {
  id       Int       @id
  products Product[]
}

model Product {
  id             Int          @id
  sku            String
  organizationId Int
  organization   Organization @relation(fields: [organizationId], references: [id])

  @@unique([organizationId, sku])
}`,
    guards: [
      'A unique with a key of the tenant or of anything that belongs to it.',
      'What is an address for all the world: slugs, domains, emails, user names.',
      'Tokens, hashes, ids of other systems, invitation codes, phone and card numbers, and what a default makes up.',
      'A comment that says that it is unique for all (`globally unique`), or what keeps it so (`starts with the prefix of the customer`).',
    ],
  },

  subjects: ({ schema }, { tenant }) =>
    judgedIndexes(schema).filter(
      ({ kind, model, predicate }) =>
        kind === 'unique' && predicate === undefined && (pathToTenant(schema, model, tenant)?.length ?? 0) > 0,
    ),
  check: (index, { schema }, { tenant }) => {
    const { model } = index;
    const found = tenantOf(schema, tenant);
    const columns = index.columns.map(({ field }) => field);
    if (!found || !columns.some(isGivenByTenant) || columns.some(isWorldwide)) return undefined;
    const names = columns.map(({ name }) => `\`${name}\``).join(' and ');
    const name = `\`${found.model.name}\`${found.inferred ? ' (the tenant, as inferred from the other models)' : ''}`;
    const fix = withTenant(
      index,
      found.model,
      columns.some(column => isReferenced(column, schema)),
    );
    return {
      span: index.span,
      message: `The ${names} of a \`${model.name}\` is unique over every ${name}, so what one customer has taken all others cannot use.`,
      fix,
    };
  },
});

function withTenant(index: Index, tenant: Model, isTarget: boolean): Fix | undefined {
  const { model } = index;
  const key = keyToTenant(model, tenant);
  const relation = model.foreignKeys.find(({ field }) => field === key);
  if (!key?.required || isTarget) return undefined;
  const columns = [...(relation?.columns ?? [key]), ...index.columns.map(({ field }) => field)];
  const attribute = `@@unique([${columns.map(({ name }) => name).join(', ')}])`;
  return {
    title: `Make it \`${attribute}\``,
    // A `findUnique` by the old unique no longer compiles.
    safety: 'unsafe',
    edits: [...removeIndex(index), ...addBlockAttribute(model, attribute)],
  };
}
