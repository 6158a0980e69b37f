import type { FieldDeclaration, ModelDeclaration, SchemaExpression } from '@loancrate/prisma-schema-parser';
import type { Default, Field, ForeignKey, Index, Model, NativeType } from '@migrate-lint/core';
import {
  attribute,
  commentBehind,
  commentsAbove,
  nameAt,
  span,
  stringOf,
  typeSyntax,
  written,
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
  readonly unsupported: boolean;
  readonly attributes: readonly Attribute[];
}

export function modelShell(file: ParsedFile, declaration: ModelDeclaration): ModelDraft {
  const name = nameAt(file, declaration.name);
  const block = span(file, declaration.location);
  const attributes = declaration.members
    .filter(member => member.kind === 'blockAttribute')
    .map(node => attribute(file, node));
  const named = (of: string): Attribute | undefined => attributes.find(candidate => candidate.name === of);
  const columns: Field[] = [];
  const indexes: Index[] = [];
  const foreignKeys: ForeignKey[] = [];
  const model: Mutable<Model> = {
    path: name,
    name,
    dbName: nameArgument(named('map')) ?? name,
    dbSchema: stringOf(named('schema')?.positional[0] ?? named('schema')?.named.get('map')),
    ignored: named('ignore') !== undefined,
    view: declaration.kind === 'view',
    ...commentsAbove(file, block.start),
    fields: [],
    columns,
    primaryKey: undefined,
    indexes,
    foreignKeys,
    span: block,
    nameSpan: span(file, declaration.name.location),
    field: wanted => byName.get(wanted),
  };
  const fields = declaration.members
    .filter(member => member.kind === 'field')
    .map(node => fieldShell(file, model, node));
  model.fields = fields.map(({ field }) => field);
  const byName = new Map(model.fields.map(field => [field.name, field]));
  rememberSyntax(model, { file, attributes });
  return { file, model, fields, attributes, indexes, foreignKeys };
}

/** `@map("x")` and `@map(name: "x")`. */
function nameArgument(map: Attribute | undefined): string | undefined {
  return stringOf(map?.positional[0] ?? map?.named.get('name'));
}

function fieldShell(file: ParsedFile, model: Model, node: FieldDeclaration): FieldDraft {
  const name = nameAt(file, node.name);
  const nameSpan = span(file, node.name.location);
  const type = typeSyntax(file, node.type, nameSpan.end);
  const attributes = (node.attributes ?? []).map(at => attribute(file, at));
  const named = (of: string): Attribute | undefined => attributes.find(candidate => candidate.name === of);
  const native = attributes.find(candidate => candidate.name.includes('.'));
  const above = commentsAbove(file, nameSpan.start);
  const place = span(file, node.location, node.comment?.location?.start.offset);
  const behind = commentBehind(file, place.end);
  const field: Mutable<Field> = {
    path: `${model.name}.${name}`,
    model,
    name,
    dbName: nameArgument(named('map')) ?? name,
    type: type.name,
    kind: type.unsupported ? 'unsupported' : 'scalar',
    required: type.required && !type.list,
    list: type.list,
    nativeType: native && nativeType(file, native),
    default: defaultOf(file, named('default')),
    updatedAt: named('updatedAt') !== undefined,
    ignored: named('ignore') !== undefined,
    relation: undefined,
    documentation: lines(above.documentation, behind.documentation),
    comment: lines(above.comment, behind.comment),
    span: place,
    nameSpan,
    typeSpan: type.span,
  };
  rememberSyntax(field, { file, attributes });
  return { field, unsupported: type.unsupported, attributes };
}

function lines(...texts: readonly string[]): string {
  return texts.filter(Boolean).join('\n');
}

function nativeType(file: ParsedFile, { name, positional, span }: Attribute): NativeType {
  return { name: name.slice(name.indexOf('.') + 1), args: positional.map(argument => written(file, argument)), span };
}

function defaultOf(file: ParsedFile, said: Attribute | undefined): Default | undefined {
  const value: SchemaExpression | undefined = said?.positional[0] ?? said?.named.get('value');
  if (!said || !value) return undefined;
  const { span } = said;
  const text = said.text(said.positional.length > 0 ? '' : 'value') ?? '';
  switch (value.kind) {
    case 'literal':
      // The parser cuts the fraction off a number.
      return {
        span,
        kind: 'literal',
        value: typeof value.value === 'number' ? Number(text) : (stringOf(value) ?? value.value),
      };
    case 'array':
      return { span, kind: 'list', text };
    case 'path':
      return { span, kind: 'enumValue', value: nameAt(file, value) };
    case 'functionCall': {
      const args = (value.args ?? []).map(argument => written(file, argument));
      return { span, kind: 'function', name: nameAt(file, value.path), args };
    }
  }
}
