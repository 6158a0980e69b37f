import type { Default, Field, ForeignKey, Index, Model } from '@migrate-lint/core';
import type { Block, FieldNode } from './grammar.ts';
import {
  argumentOf,
  attributesOf,
  commentBehind,
  commentsAbove,
  mappedName,
  spanOf,
  textOf,
  UnreadableSchema,
  type Attribute,
  type ParsedFile,
} from './parse.ts';
import { rememberSyntax } from './syntax.ts';

export type Mutable<Thing> = { -readonly [Key in keyof Thing]: Thing[Key] };

/** A model whose fields are not yet tied to other models, and the attributes that wait for it. */
export interface ModelDraft {
  readonly file: ParsedFile;
  readonly model: Mutable<Model>;
  readonly fields: readonly FieldDraft[];
  readonly attributes: readonly Attribute[];
  /** Filled in by `connect`; `model` shows them. */
  readonly indexes: Index[];
  readonly foreignKeys: ForeignKey[];
}

export interface FieldDraft {
  readonly field: Mutable<Field>;
  readonly attributes: readonly Attribute[];
}

export function draftModel(file: ParsedFile, block: Block): ModelDraft {
  const name = block.name.text;
  const attributes = attributesOf(file, block.attributes);
  const indexes: Index[] = [];
  const foreignKeys: ForeignKey[] = [];
  const model: Mutable<Model> = {
    path: name,
    name,
    dbName: mappedName(attributes, 'map') ?? name,
    dbSchema: mappedName(attributes, 'schema'),
    ignored: attributes.some(attribute => attribute.name === 'ignore'),
    view: block.keyword === 'view',
    ...commentsAbove(file, block.start),
    fields: [],
    columns: [],
    primaryKey: undefined,
    indexes,
    foreignKeys,
    span: spanOf(file, block),
    nameSpan: spanOf(file, block.name),
    field: wanted => byName.get(wanted),
  };
  const fields = block.fields.map(node => draftField(file, model, node));
  model.fields = fields.map(({ field }) => field);
  const byName = new Map(model.fields.map(field => [field.name, field]));
  rememberSyntax(model, file, block);
  return { file, model, fields, attributes, indexes, foreignKeys };
}

function draftField(file: ParsedFile, model: Model, node: FieldNode): FieldDraft {
  const { type } = node;
  if (!type) throw new UnreadableSchema(file, node.start, 'this field has no type.');
  const name = node.name.text;
  const attributes = attributesOf(file, node.attributes);
  const named = (of: string): Attribute | undefined => attributes.find(candidate => candidate.name === of);
  const native = attributes.find(candidate => candidate.name.includes('.'));
  const above = commentsAbove(file, node.start);
  const behind = commentBehind(file, node.end);
  const field: Mutable<Field> = {
    path: `${model.name}.${name}`,
    model,
    name,
    dbName: mappedName(attributes, 'map') ?? name,
    type: type.name,
    kind: type.unsupported ? 'unsupported' : 'scalar',
    required: !type.optional && !type.list,
    list: type.list,
    nativeType: native && {
      name: native.name.slice(native.name.indexOf('.') + 1),
      args: native.args.map(({ value }) => textOf(file, value)),
      span: native.span,
    },
    default: defaultOf(file, named('default')),
    updatedAt: named('updatedAt') !== undefined,
    ignored: named('ignore') !== undefined,
    relation: undefined,
    documentation: lines(above.documentation, behind.documentation),
    comment: lines(above.comment, behind.comment),
    span: spanOf(file, node),
    nameSpan: spanOf(file, node.name),
    typeSpan: spanOf(file, type),
  };
  return { field, attributes };
}

function lines(...texts: readonly string[]): string {
  return texts.filter(Boolean).join('\n');
}

function defaultOf(file: ParsedFile, said: Attribute | undefined): Default | undefined {
  const value = argumentOf(said, 'value', 'first');
  if (!said || !value) return undefined;
  const { span } = said;
  switch (value.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return { span, kind: 'literal', value: value.value };
    case 'path':
      return { span, kind: 'enumValue', value: value.name };
    case 'call':
      return {
        span,
        kind: 'function',
        name: value.name,
        args: value.args.map(argument => textOf(file, argument.value)),
      };
    case 'list':
    case 'object':
      return { span, kind: 'list', text: textOf(file, value) };
  }
}
