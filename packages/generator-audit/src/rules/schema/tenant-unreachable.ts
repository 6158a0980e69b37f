import {
  defineRule,
  didYouMean,
  isOutsideTenancy,
  isSharedByTenants,
  keyToTenant,
  mayLackTenant,
  mentions,
  pathToTenant,
  phrases,
  tenantOf,
  words,
  type Model,
  type Schema,
  type Tenant,
} from '@migrate-lint/core';
import * as z from 'zod';
import { judgedModels } from '../judged.ts';

/** What a customer surely calls its own, for where nobody named the tenant. */
const property = phrases(
  'customer, client, contact, patient, employee, student, invoice, order, document, contract, ticket, deal, lead',
  'booking, appointment, quote, estimate, expense, shipment, sale, payment',
);

/** Without a model where the configuration names one that is not there. */
type Judged = { readonly path: string } & (
  { readonly tenant: Tenant; readonly model: Model } | { readonly tenant: undefined; readonly model: undefined }
);

export default defineRule({
  id: 'schema/tenant-unreachable',
  level: 'medium',
  category: 'security',
  needs: ['schema'],
  options: z.object({
    tenant: z
      .string()
      .default('')
      .describe("The model of one customer; the config's `tenant` fills it, and empty it is inferred."),
    shared: z.array(z.string()).default([]).describe('Models whose rows belong to no tenant on purpose.'),
  }),
  docs: {
    summary: 'A row of a model need not belong to any tenant.',
    why: `Where every row needs its tenant, by a required relation of its own or of its owner, a query can be narrowed to one
customer, a policy of the database can hold it, and a customer can be exported and deleted as a whole. Rows of a model from
which no such way leads to the tenant are nobody's: a filter misses them, and a query without one shows them to all.
The tenant is the \`tenant\` of the config file. Without it the rule infers one, where three quarters of the models that could
belong to it do, says so, and speaks only of a tenant's key that is optional and of what is surely a customer's. The level is
medium, because some models are shared on purpose; list those in \`shared\`.`,
    options: { tenant: 'Organization' },
    bad: `model Organization {
  id     Int     @id
  labels Label[]
}

model Label {
  id             Int           @id
  organizationId Int?
  organization   Organization? @relation(fields: [organizationId], references: [id])
}`,
    good: `model Organization {
  id     Int     @id
  labels Label[]
}

model Label {
  id             Int          @id
  organizationId Int
  organization   Organization @relation(fields: [organizationId], references: [id])
}`,
    guards: [
      'Users and what belongs to one of them; sessions, tokens and all that is part of a login.',
      'Lookups (`Currency`, `Country`, `Plan`, `Permission`), settings, logs, jobs, webhooks and what else the service keeps for itself.',
      'What the tenant itself belongs to, and what several tenants share through a table between.',
      'An optional tenant beside another optional owner, or beside a column that tells shared rows apart (`scope`, `type`, `isPublic`).',
      'A model whose rows need one that is reported or shared.',
      'A required column that is named as the key of a model leads there without a relation too: that it has none is `schema/missing-relation`.',
    ],
  },

  subjects: ({ schema }, { tenant: named, shared }): readonly Judged[] => {
    const tenant = tenantOf(schema, named);
    if (!tenant) return named === '' ? [] : [{ path: named, tenant, model: undefined }];
    return judgedModels(schema)
      .filter(model => model !== tenant.model && !shared.includes(model.name))
      .filter(model => pathToTenant(schema, model, named) !== undefined || !isOutsideTenancy(schema, model, named))
      .map(model => ({ path: model.path, tenant, model }));
  },
  check: ({ tenant, model }, { schema }, { tenant: named }) => {
    if (!tenant) return { span: schema.datasource, message: unknownTenant(named, schema) };
    if (pathToTenant(schema, model, named)) return undefined;
    const key = keyToTenant(model, tenant.model);
    if (key && (key.required || mayLackTenant(key))) return undefined;
    if (tenant.inferred && !key && !mentions(words(model.name).slice(-1), property)) return undefined;
    const isJudged = (owner: Model): boolean =>
      !isOutsideTenancy(schema, owner, named) || isSharedByTenants(schema, owner, named);
    if (
      model.foreignKeys.some(
        ({ field, referencedModel: owner }) => field.required && owner !== model && isJudged(owner),
      )
    )
      return undefined;
    const name = `\`${tenant.model.name}\`${tenant.inferred ? ' (the tenant, as inferred from the other models)' : ''}`;
    return {
      span: key?.span ?? model.nameSpan,
      message: key
        ? `A row of \`${model.name}\` may belong to no ${name}, because \`${key.name}\` is optional, so a filter by tenant misses it.`
        : `No required relation leads from \`${model.name}\` to ${name}, so nothing in the database tells whose its rows are.`,
    };
  },
});

function unknownTenant(named: string, { models }: Schema): string {
  const near = didYouMean(
    named,
    models.map(({ name }) => name),
  );
  return `There is no model \`${named}\`, which the configuration calls the tenant${near === '' ? '.' : near}`;
}
