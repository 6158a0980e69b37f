import { defineRule, type Model } from '@migrate-lint/core';
import * as z from 'zod';
import { judgedModels } from '../judged.ts';
import { fitting, pattern, type Pattern } from '../naming.ts';

export default defineRule({
  id: 'schema/required-field',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    require: z
      .array(z.union([z.string(), z.object({ name: z.string(), ifSibling: pattern })]))
      .default([])
      .describe('Fields that every model has, or that every model has in which a field fits `ifSibling`.'),
    allowList: z
      .array(pattern)
      .default([])
      .describe('Models, or fields of a model as `User.tenantId`, that may be missing.'),
  }),
  docs: {
    summary: 'A model lacks a field that the project wants in all.',
    why: `What holds for every model (\`id\`, \`tenantId\`, \`currencyCode\` beside an amount) is forgotten in the one that is added on a Friday.
It says nothing until the option \`require\` is given.`,
    options: { require: ['id', { name: 'currencyCode', ifSibling: '/Amount$/' }] },
    bad: `model Product {
  id          Int     @id
  priceAmount Decimal @db.Decimal(19, 4)
}`,
    good: `model Product {
  id           Int     @id
  priceAmount  Decimal @db.Decimal(19, 4)
  currencyCode String
}`,
    guards: [
      'Every model as long as nothing is required.',
      'Ignored models and views, and what `allowList` says.',
      'Composite types.',
    ],
  },

  subjects: ({ schema }, { require: wanted }) => (wanted.length === 0 ? [] : judgedModels(schema)),
  check: (model, _facts, { require: wanted, allowList }) => {
    const names = new Set(wanted.flatMap(each => (typeof each === 'string' ? each : nameFor(model, each)) ?? []));
    return [...names]
      .filter(name => !model.field(name))
      .filter(name => [model.name, `${model.name}.${name}`].every(each => fitting(each, allowList) === undefined))
      .map(name => ({
        span: model.nameSpan,
        aspect: name,
        message: `\`${model.path}\` has no field \`${name}\`, which the configuration requires.`,
      }));
  },
});

function nameFor(model: Model, { name, ifSibling }: { name: string; ifSibling: Pattern }): string | undefined {
  return model.fields.some(field => fitting(field.name, ifSibling) !== undefined) ? name : undefined;
}
