import type { Model, Schema } from '@migrate-lint/core';
import type { DMMF } from '@prisma/generator-helper';

/**
 * Where our reading of a schema differs from Prisma's own, one line each. What the DMMF does not hold, it does not judge:
 * ignored models and fields, `Unsupported`, and relations to ignored models.
 */
export function compareWithDmmf(schema: Schema, { datamodel }: DMMF.Document): readonly string[] {
  const ours = new Map(
    [...schema.models, ...schema.views].filter(({ ignored }) => !ignored).map(each => [each.name, each]),
  );
  return [
    ...differences(
      'models',
      datamodel.models.map(({ name }) => name),
      [...ours.keys()],
    ),
    ...datamodel.models.flatMap(theirs => {
      const model = ours.get(theirs.name);
      return model ? compare(model.name, fromDmmf(theirs, model), fromModel(model)) : [];
    }),
    ...compare(
      'enums',
      datamodel.enums.map(({ name, dbName, values }) => [
        name,
        dbName ?? name,
        values.map(value => [value.name, value.dbName ?? value.name]),
      ]),
      schema.enums.map(({ name, dbName, values }) => [name, dbName, values.map(value => [value.name, value.dbName])]),
    ),
  ];
}

function differences(what: string, theirs: readonly string[], ours: readonly string[]): readonly string[] {
  return compare(what, [...theirs].sort(), [...ours].sort());
}

/** Compares entry by entry, so that a difference is told by the entry that has it. */
function compare(what: string, theirs: object, ours: object): readonly string[] {
  const keys = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  return [...keys].flatMap(key => {
    const [their, our] = [theirs, ours].map(side => JSON.stringify((side as Record<string, unknown>)[key]));
    return their === our ? [] : [`${what} ${key}: Prisma has ${String(their)}, we have ${String(our)}`];
  });
}

function fromDmmf(model: DMMF.Model, ours: Model): object {
  return {
    dbName: model.dbName ?? model.name,
    documentation: prose(model.documentation),
    id: model.primaryKey?.fields ?? model.fields.filter(({ isId }) => isId).map(({ name }) => name),
    uniques: uniques([
      ...model.uniqueFields,
      ...model.fields.filter(({ isUnique }) => isUnique).map(({ name }) => [name]),
    ]),
    ...Object.fromEntries(
      model.fields.map(field => [
        field.name,
        {
          dbName: field.kind === 'object' ? field.name : (field.dbName ?? field.name),
          type: field.type,
          kind: field.kind,
          required: field.isRequired && !field.isList,
          list: field.isList,
          nativeType: field.nativeType ?? null,
          updatedAt: field.isUpdatedAt ?? false,
          default: defaultOf(field.default),
          documentation: prose(field.documentation),
          relation: [field.relationFromFields ?? [], field.relationToFields ?? [], field.relationOnDelete ?? null],
          named: ours.field(field.name)?.relation?.name === undefined ? null : (field.relationName ?? null),
        },
      ]),
    ),
  };
}

/** Prisma takes the indentation off documentation; we keep the lines as they are. */
function prose(text = ''): string {
  return text.replace(/[ \t]*(^|$)[ \t]*/gm, '').trim();
}

/** The DMMF leaves out a unique that is the id, and has one twice that is said on the field and on the model. */
function uniques(all: readonly (readonly string[])[], id?: readonly string[]): readonly string[] {
  const said = new Set(all.map(columns => columns.join()));
  said.delete(id?.join() ?? '');
  return [...said].sort();
}

function defaultOf(value: DMMF.Field['default']): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return `list of ${String(value.length)}`;
  if (typeof value === 'object')
    return 'name' in value ? [value.name, written(value.name, value.args.map(String))] : value;
  return numeric(String(value));
}

/** The DMMF has `2` for `2.00`. */
function numeric(text: string): string {
  return /^-?\d+(\.\d+)?$/.test(text) ? String(Number(text)) : text;
}

/** The DMMF adds the version that an `uuid()` or `cuid()` without one has. */
function written(name: string, args: readonly string[]): readonly string[] {
  const implied = name === 'uuid' ? '4' : name === 'cuid' ? '1' : undefined;
  return args.length === 1 && args[0] === implied ? [] : args;
}

function fromModel(model: Model): object {
  const names = (columns: Model['indexes'][number]['columns']): readonly string[] =>
    columns.map(({ field }) => field.name);
  const id = names(model.primaryKey?.columns ?? []);
  const judged = model.fields.filter(
    field => !field.ignored && field.kind !== 'unsupported' && !(field.relation?.model.ignored ?? false),
  );
  return {
    dbName: model.dbName,
    documentation: prose(model.documentation),
    id,
    uniques: uniques(
      model.indexes.filter(({ kind }) => kind === 'unique').map(({ columns }) => names(columns)),
      id,
    ),
    ...Object.fromEntries(
      judged.map(field => [
        field.name,
        {
          dbName: field.dbName,
          type: field.type,
          kind: field.kind === 'relation' || field.kind === 'composite' ? 'object' : field.kind,
          required: field.required,
          list: field.list,
          nativeType: field.nativeType ? [field.nativeType.name, field.nativeType.args] : null,
          updatedAt: field.updatedAt,
          default: ourDefault(field.default),
          documentation: prose(field.documentation),
          relation: [
            field.relation?.fields.map(({ name }) => name) ?? [],
            field.relation?.references.map(({ name }) => name) ?? [],
            field.relation?.onDelete ?? null,
          ],
          named: field.relation?.name ?? null,
        },
      ]),
    ),
  };
}

function ourDefault(value: Model['fields'][number]['default']): unknown {
  if (!value) return null;
  switch (value.kind) {
    case 'list':
      return `list of ${String(value.text === '[]' ? 0 : value.text.split(',').length)}`;
    case 'function':
      return [value.name, value.args.map(argument => argument.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1'))];
    case 'literal':
    case 'enumValue':
      return numeric(String(value.value));
  }
}
