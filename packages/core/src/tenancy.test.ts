import { describe, expect, test } from '@jest/globals';
import type { Field, ForeignKey, Index, Model, Schema } from './facts/index.ts';
import { isOutsideTenancy, keyToTenant, mayLackTenant, pathToTenant, tenancyOf, tenantOf } from './tenancy.ts';

/**
 * Models as `Post: author>User editor>User? blogId title?`: relations with their column, then columns. `@@a,b` is a unique
 * over the columns of these fields, and `tags*Tag` a list.
 */
function schemaOf(...lines: readonly string[]): Schema {
  const models = new Map<string, Record<string, unknown>>();
  for (const line of lines) models.set(line.split(':')[0] ?? '', { ignored: false, columns: [] });
  for (const line of lines) {
    const [name = '', body = ''] = line.split(/:\s*/);
    const model = models.get(name) as unknown as Model;
    const field = (text: string, more: object = {}) =>
      ({
        model,
        name: text.replace('?', ''),
        required: !text.endsWith('?'),
        type: 'Int',
        list: false,
        ...more,
      }) as Field;
    const id = field('id');
    const words = body.split(' ').filter(word => word !== '');
    const foreignKeys = words
      .filter(word => word.includes('>'))
      .map((word): ForeignKey => {
        const [own = '', target = ''] = word.split('>');
        const optional = target.endsWith('?') ? '?' : '';
        const referencedModel = models.get(target.replace('?', '')) as unknown as Model;
        return {
          model,
          field: field(own + optional),
          columns: [field(`${own}Key${optional}`)],
          referencedModel,
        } as unknown as ForeignKey;
      });
    const columns = words.filter(word => /^\w+\??$/.test(word)).map(word => field(word));
    const lists = words
      .filter(word => word.includes('*'))
      .map(word => {
        const [own = '', target = ''] = word.split('*');
        return field(own, { list: true, relation: { model: models.get(target), name: undefined } });
      });
    const indexes = words
      .filter(word => word.startsWith('@@'))
      .map(word => {
        const names = word
          .slice(2)
          .split(',')
          .map(part => `${part}Key`);
        const all = foreignKeys.flatMap(key => key.columns).filter(column => names.includes(column.name));
        return { unique: true, columns: all.map(column => ({ field: column })) } as unknown as Index;
      });
    const primaryKey = { columns: [{ field: id }] };
    Object.assign(model, { name, path: name, foreignKeys, indexes, primaryKey });
    Object.assign(model, {
      columns: [id, ...foreignKeys.flatMap(key => key.columns), ...columns],
      fields: [id, ...lists],
    });
  }
  const all = [...models.values()] as unknown as readonly Model[];
  return { models: all, model: (name: string) => all.find(model => model.name === name) } as Schema;
}

const shop = [
  'Organization: plan>Plan',
  'Plan:',
  'User:',
  'Session: user>User',
  'Member: user>User organization>Organization',
  'Store: organization>Organization',
  'Product: store>Store',
  'Price: product>Product currency>Currency',
  'Currency:',
];
const outside = (schema: Schema): readonly string[] =>
  schema.models.filter(model => isOutsideTenancy(schema, model)).map(({ name }) => name);
const get = (schema: Schema, name: string): Model => schema.model(name)!;

describe('the tenant', () => {
  test('is inferred where most of what could belong to it does', () => {
    const schema = schemaOf(...shop);
    expect(tenantOf(schema)).toEqual({ model: get(schema, 'Organization'), inferred: true });
  });
  test.each([
    ['too few models need it', ['Organization:', 'Store: organization>Organization', 'Product: store>Store']],
    ['its name is another', shop.map(line => line.replaceAll('Organization', 'Galaxy'))],
    ['many models stand beside it', [...shop, 'Shelf:', 'Truck:', 'Driver:']],
    ['it is a login', shop.map(line => line.replaceAll('Organization', 'Account').replace('plan>', 'user>User plan>'))],
  ])('is not inferred where %s', (_, lines) => {
    expect(tenantOf(schemaOf(...lines))).toBeUndefined();
  });
  test('is of several the one that most models need', () => {
    const schema = schemaOf(...shop, 'Team: organization>Organization', 'Task: team>Team');
    expect(tenantOf(schema)?.model.name).toBe('Organization');
  });
  test('is the configured one, and none where that is no model', () => {
    const schema = schemaOf(...shop);
    expect(tenantOf(schema, 'Store')).toEqual({ model: get(schema, 'Store'), inferred: false });
    expect(tenantOf(schema, 'Shop')).toBeUndefined();
  });
});

describe('the paths', () => {
  test('lead over required relations, the shortest first', () => {
    const schema = schemaOf(...shop, 'Offer: price>Price product>Product', 'Banner: store>Store?');
    expect(tenancyOf(schema)).toMatchObject({ tenant: 'Organization', inferred: true });
    const paths = Object.fromEntries(tenancyOf(schema).paths.map(({ model, path }) => [model, path]));
    expect(paths).toMatchObject({
      Organization: [],
      Store: ['organization'],
      Price: ['product', 'store', 'organization'],
      Offer: ['product', 'store', 'organization'],
      Banner: null,
      User: null,
    });
  });
  test('lead over required columns that are named as keys, but not over ids of outside', () => {
    const schema = schemaOf(
      ...shop,
      'Client: organization>Organization',
      'Invoice: organizationId',
      'Line: invoiceId',
      'Provider: clientId',
      'Draft: organizationId?',
    );
    const pathOf = (name: string) => pathToTenant(schema, get(schema, name));
    expect(pathOf('Line')).toEqual(['invoiceId', 'organizationId']);
    expect([pathOf('Provider'), pathOf('Draft')]).toEqual([undefined, undefined]);
  });
  test('go round in circles to an end', () => {
    const schema = schemaOf(...shop, 'Egg: hen>Hen', 'Hen: egg>Egg', 'Tree: parent>Tree');
    expect(pathToTenant(schema, get(schema, 'Egg'), 'Organization')).toBeUndefined();
  });
  test('are none without a tenant', () => {
    expect(tenancyOf(schemaOf('User:'))).toEqual({
      tenant: null,
      inferred: false,
      paths: [{ model: 'User', path: null }],
    });
  });
});

test('outside of the tenancy are users, logins, lookups, logs, what the tenant needs and what tenants share', () => {
  const schema = schemaOf(
    ...shop.map(line => (line.startsWith('Product') ? `${line} tags*Tag` : line)),
    'AuditLog:',
    'Partner:',
    'Deal: partner>Partner organization>Organization @@partner,organization',
    'Tag: products*Product',
  );
  expect(outside(schema)).toEqual([
    'Organization',
    'Plan',
    'User',
    'Session',
    'Member',
    'Price',
    'Currency',
    'AuditLog',
    'Partner',
    'Tag',
  ]);
});

test('the key of the tenant, and what may stand in its place', () => {
  const schema = schemaOf(
    ...shop,
    'Label: organization>Organization?',
    'Note: organizationId?',
    'Draft: user>User? organization>Organization?',
    'Theme: isPublic organization>Organization?',
  );
  const keys = ['Label', 'Note', 'Draft', 'Theme'].map(name =>
    keyToTenant(get(schema, name), get(schema, 'Organization')),
  );
  expect(keys.map(key => key?.name)).toEqual(['organization', 'organizationId', 'organization', 'organization']);
  expect(keys.map(key => key && mayLackTenant(key))).toEqual([false, false, true, true]);
  expect(keyToTenant(get(schema, 'Price'), get(schema, 'Organization'))).toBeUndefined();
});
