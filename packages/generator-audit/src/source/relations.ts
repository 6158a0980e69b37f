import type { PathExpression, SchemaExpression } from '@loancrate/prisma-schema-parser';
import type { Field, Index, IndexColumn, Model, ReferentialAction } from '@migrate-lint/core';
import type { FieldDraft, ModelDraft } from './model.ts';
import { nameAt, stringOf, UnreadableSchema, type Attribute, type ParsedFile } from './parse.ts';

const scalars = new Set(['String', 'Boolean', 'Int', 'BigInt', 'Float', 'Decimal', 'DateTime', 'Json', 'Bytes']);
const actions = ['Cascade', 'Restrict', 'NoAction', 'SetNull', 'SetDefault'] as const;

/** Ties fields to the models, enums and composite types that their types name, and adds indexes and foreign keys. */
export function connect(
  drafts: readonly ModelDraft[],
  enums: ReadonlySet<string>,
  composites: ReadonlySet<string>,
): void {
  const models = new Map([...drafts].reverse().map(({ model }) => [model.name, model]));
  for (const draft of drafts) {
    const { model } = draft;
    for (const { field, unsupported, attributes } of draft.fields) {
      const other = models.get(field.type);
      if (unsupported) field.kind = 'unsupported';
      else if (enums.has(field.type)) field.kind = 'enum';
      else if (composites.has(field.type)) field.kind = 'composite';
      else if (other) field.kind = 'relation';
      else if (!scalars.has(field.type)) throw unknownType(draft.file, field);
      if (field.kind === 'relation' && other) connectRelation(draft, field, other, attributes);
    }
    model.columns = model.fields.filter(({ kind }) => kind !== 'relation' && kind !== 'composite');
    for (const { field, attributes } of draft.fields) draft.indexes.push(...fieldIndexes(field, attributes));
    for (const attribute of draft.attributes) {
      const index = blockIndex(draft, attribute);
      if (index) draft.indexes.push(index);
    }
    distinguish(draft.indexes);
    model.primaryKey = draft.indexes.find(({ kind }) => kind === 'id');
  }
}

function unknownType({ path, text }: ParsedFile, field: Field): UnreadableSchema {
  return new UnreadableSchema(path, text, field.typeSpan.start, `the type of \`${field.path}\` is declared nowhere.`);
}

function connectRelation(
  draft: ModelDraft,
  field: FieldDraft['field'],
  other: Model,
  attributes: readonly Attribute[],
): void {
  const said = attributes.find(({ name }) => name === 'relation');
  const columns = names(draft.file, said?.named.get('fields')).flatMap(name => draft.model.field(name) ?? []);
  const action = (name: string): ReferentialAction | undefined => {
    const value = said?.named.get(name);
    return value?.kind === 'path' ? actions.find(known => known === value.value[0]) : undefined;
  };
  const relation = {
    name: stringOf(said?.positional[0] ?? said?.named.get('name')),
    model: other,
    fields: columns,
    references: names(draft.file, said?.named.get('references')).flatMap(name => other.field(name) ?? []),
    onDelete: action('onDelete'),
    onUpdate: action('onUpdate'),
    map: stringOf(said?.named.get('map')),
    span: said?.span ?? field.span,
  };
  field.relation = relation;
  if (columns.length === 0) return;
  draft.foreignKeys.push({
    path: field.path,
    field,
    model: draft.model,
    columns,
    referencedModel: other,
    referencedColumns: relation.references,
    onDelete: relation.onDelete,
    onUpdate: relation.onUpdate,
    span: field.span,
  });
}

function names(file: ParsedFile, list: SchemaExpression | undefined): readonly string[] {
  return itemsOf(list).flatMap(item => (item.kind === 'path' ? firstName(file, item) : []));
}

/** Prisma takes `@@id(a)` for `@@id([a])`. */
function itemsOf(list: SchemaExpression | undefined): readonly SchemaExpression[] {
  return list?.kind === 'array' ? list.items : list ? [list] : [];
}

/** Of the path into a composite type the field that holds it. */
function firstName(file: ParsedFile, path: PathExpression): string {
  return nameAt(file, path).split('.', 1)[0] ?? '';
}

function fieldIndexes(field: Field, attributes: readonly Attribute[]): readonly Index[] {
  return attributes
    .filter(({ name }) => name === 'id' || name === 'unique')
    .map(said => {
      const column = indexColumn(field, said.named);
      return buildIndex(`${field.path} @${said.name}`, field.model, said.name as Index['kind'], [column], said);
    });
}

function blockIndex({ file, model }: ModelDraft, said: Attribute): Index | undefined {
  if (!['id', 'unique', 'index', 'fulltext'].includes(said.name)) return undefined;
  const list = said.positional[0] ?? said.named.get('fields');
  const columns = itemsOf(list).flatMap(item => {
    const path = item.kind === 'functionCall' ? item.path : item.kind === 'path' ? item : undefined;
    const field = path && model.field(firstName(file, path));
    const named = new Map<string, SchemaExpression>();
    for (const argument of item.kind === 'functionCall' ? (item.args ?? []) : []) {
      if (argument.kind === 'namedArgument') named.set(argument.name.value, argument.expression);
    }
    return field ? [indexColumn(field, named)] : [];
  });
  const path = `${model.name}.@@${said.name}([${columns.map(({ field }) => field.name).join(', ')}])`;
  return buildIndex(path, model, said.name as Index['kind'], columns, said);
}

function indexColumn(field: Field, named: ReadonlyMap<string, SchemaExpression>): IndexColumn {
  const sort = named.get('sort');
  const length = named.get('length');
  const ops = named.get('ops');
  const order = sort?.kind === 'path' ? sort.value[0] : undefined;
  const raw = ops?.kind === 'functionCall' ? ops.args?.[0] : undefined;
  return {
    field,
    sort: order === 'Asc' || order === 'Desc' ? order : undefined,
    length: length?.kind === 'literal' && typeof length.value === 'number' ? length.value : undefined,
    operatorClass: ops?.kind === 'path' ? ops.value.join('.') : raw?.kind === 'literal' ? stringOf(raw) : undefined,
  };
}

function buildIndex(
  path: string,
  model: Model,
  kind: Index['kind'],
  columns: readonly IndexColumn[],
  said: Attribute,
): Index {
  const type = said.named.get('type');
  const index: Index = {
    path,
    model,
    kind,
    columns,
    map: stringOf(said.named.get('map')),
    type: type?.kind === 'path' ? type.value.join('.') : 'BTree',
    predicate: said.text('where'),
    unique: kind === 'id' || kind === 'unique',
    span: said.span,
    covers: wanted =>
      kind !== 'fulltext' &&
      index.type === 'BTree' &&
      index.predicate === undefined &&
      wanted.length <= columns.length &&
      wanted.every(field => columns.slice(0, wanted.length).some(column => column.field === field)),
  };
  return index;
}

/** Two indexes on the same columns are two subjects: the second gets `#2`. */
function distinguish(indexes: Index[]): void {
  const seen = new Map<string, number>();
  indexes.forEach((index, at) => {
    const count = (seen.get(index.path) ?? 0) + 1;
    seen.set(index.path, count);
    if (count > 1) indexes[at] = { ...index, path: `${index.path}#${String(count)}` };
  });
}
