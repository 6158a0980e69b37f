import { defineRule, type Field } from '@migrate-lint/core';
import * as z from 'zod';
import { judgedFields } from '../judged.ts';
import { fitting, pattern } from '../naming.ts';

export default defineRule({
  id: 'schema/field-type',
  level: 'low',
  category: 'conventions',
  optIn: true,
  needs: ['schema'],
  options: z.object({
    require: z
      .array(z.object({ ifName: pattern, type: z.string(), nativeType: z.string().optional() }))
      .default([])
      .describe(
        'The type of the fields that fit `ifName`, and the native type as `Uuid` or `VarChar(20)`; the last that fits counts.',
      ),
  }),
  docs: {
    summary: 'A field does not have the type that the project wants for its name.',
    why: `Where \`…At\` is a point in time and \`…Id\` a uuid in every model, joins need no casts and nobody looks types up. It says nothing
until the option \`require\` is given.`,
    options: {
      require: [
        { ifName: 'id', type: 'String', nativeType: 'Uuid' },
        { ifName: '/At$/', type: 'DateTime' },
      ],
    },
    bad: `model User {
  id        String @id
  createdAt String
}`,
    good: `model User {
  id        String   @id @db.Uuid
  createdAt DateTime
}`,
    guards: [
      'Every field that fits no name of the list, and all as long as there is none.',
      'Ignored models and fields, and the fields of composite types.',
    ],
  },

  subjects: ({ schema }, { require: wanted }) => {
    const names = wanted.map(({ ifName }) => ifName);
    return names.length === 0 ? [] : judgedFields(schema).filter(({ name }) => fitting(name, names) !== undefined);
  },
  check: (field, _facts, { require: wanted }) => {
    const rule = wanted.findLast(({ ifName }) => fitting(field.name, ifName) !== undefined);
    if (!rule) return undefined;
    const { type, nativeType } = rule;
    if (field.type === type && (nativeType === undefined || isNative(field, nativeType))) return undefined;
    const better = nativeType === undefined ? type : `${type} @db.${nativeType}`;
    return {
      span: field.typeSpan,
      message: `\`${field.path}\` is \`${written(field)}\`, and the configuration wants \`${better}\` for such a name.`,
    };
  },
});

function isNative({ nativeType }: Field, wanted: string): boolean {
  return (
    nativeType !== undefined && (wanted === nativeType.name || wanted.replace(/\s/g, '') === withArguments(nativeType))
  );
}

function withArguments({ name, args }: NonNullable<Field['nativeType']>): string {
  return args.length === 0 ? name : `${name}(${args.join()})`;
}

function written({ type, nativeType }: Field): string {
  return nativeType ? `${type} @db.${withArguments(nativeType)}` : type;
}
