import {
  flatMap,
  type Field,
  type Index,
  type IndexColumn,
  type Model,
  type ReferentialAction,
} from '@migrate-lint/core';
import type { Argument, Expression } from './grammar.ts';
import type { FieldDraft, ModelDraft } from './model.ts';
import { argumentOf, stringOf, textOf, UnreadableSchema, wordOf, type Attribute, type ParsedFile } from './parse.ts';

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
    for (const { field, attributes } of draft.fields) {
      const other = models.get(field.type);
      if (field.kind === 'unsupported') continue;
      if (enums.has(field.type)) field.kind = 'enum';
      else if (composites.has(field.type)) field.kind = 'composite';
      else if (other) field.kind = 'relation';
      else if (!scalars.has(field.type)) throw unknownType(draft.file, field);
      if (field.kind === 'relation' && other) connectRelation(draft, field, other, attributes);
    }
    model.columns = model.fields.filter(({ kind }) => kind !== 'relation' && kind !== 'composite');
    for (const { field, attributes } of draft.fields)
      draft.indexes.push(...fieldIndexes(draft.file, field, attributes));
    draft.indexes.push(...flatMap(draft.attributes, attribute => blockIndex(draft, attribute)));
    distinguish(draft.indexes);
    model.primaryKey = draft.indexes.find(({ kind }) => kind === 'id');
  }
}

function unknownType(file: ParsedFile, field: Field): UnreadableSchema {
  return new UnreadableSchema(file, field.typeSpan.start, `the type of \`${field.path}\` is declared nowhere.`);
}

function connectRelation(
  { model, foreignKeys }: ModelDraft,
  field: FieldDraft['field'],
  other: Model,
  attributes: readonly Attribute[],
): void {
  const said = attributes.find(({ name }) => name === 'relation');
  const columns = fieldsOf(model, argumentOf(said, 'fields'));
  const action = (name: string): ReferentialAction | undefined => {
    const word = wordOf(argumentOf(said, name));
    return actions.find(known => known === word);
  };
  const relation = {
    name: stringOf(argumentOf(said, 'name', 'first')),
    model: other,
    fields: columns,
    references: fieldsOf(other, argumentOf(said, 'references')),
    onDelete: action('onDelete'),
    onUpdate: action('onUpdate'),
    map: stringOf(argumentOf(said, 'map')),
    span: said?.span ?? field.span,
  };
  field.relation = relation;
  if (columns.length === 0) return;
  foreignKeys.push({
    path: field.path,
    field,
    model,
    columns,
    referencedModel: other,
    referencedColumns: relation.references,
    onDelete: relation.onDelete,
    onUpdate: relation.onUpdate,
    span: field.span,
  });
}

/** Prisma takes `@@id(a)` for `@@id([a])`. */
function itemsOf(list: Expression | undefined): readonly Expression[] {
  return list?.kind === 'list' ? list.items : list ? [list] : [];
}

function fieldsOf(model: Model, list: Expression | undefined): readonly Field[] {
  return flatMap(itemsOf(list), item => fieldAt(model, item) ?? []);
}

/** Of a path into a composite type the field that holds it. */
function fieldAt(model: Model, item: Expression): Field | undefined {
  const path = item.kind === 'path' || item.kind === 'call' ? item.name : '';
  return model.field(path.split('.', 1)[0] ?? '');
}

function fieldIndexes(file: ParsedFile, field: Field, attributes: readonly Attribute[]): readonly Index[] {
  return attributes
    .filter(({ name }) => name === 'id' || name === 'unique')
    .map(said => {
      const column = indexColumn(field, said.args);
      return buildIndex(file, `${field.path} @${said.name}`, field.model, [column], said);
    });
}

function blockIndex({ file, model }: ModelDraft, said: Attribute): readonly Index[] {
  if (!isKind(said.name)) return [];
  const columns = flatMap(itemsOf(argumentOf(said, 'fields', 'first')), item => {
    const field = fieldAt(model, item);
    const args = item.kind === 'call' ? item.args : [];
    return field ? [indexColumn(field, args)] : [];
  });
  const path = `${model.name}.@@${said.name}([${columns.map(({ field }) => field.name).join(', ')}])`;
  return [buildIndex(file, path, model, columns, said)];
}

function isKind(name: string): name is Index['kind'] {
  return ['id', 'unique', 'index', 'fulltext'].includes(name);
}

function indexColumn(field: Field, args: readonly Argument[]): IndexColumn {
  const named = (name: string): Expression | undefined => args.find(argument => argument.name === name)?.value;
  const sort = wordOf(named('sort'));
  const length = named('length');
  const ops = named('ops');
  return {
    field,
    sort: sort === 'Asc' || sort === 'Desc' ? sort : undefined,
    length: length?.kind === 'number' ? length.value : undefined,
    operatorClass: ops?.kind === 'call' ? stringOf(ops.args[0]?.value) : wordOf(ops),
  };
}

function buildIndex(
  file: ParsedFile,
  path: string,
  model: Model,
  columns: readonly IndexColumn[],
  said: Attribute,
): Index {
  const kind = isKind(said.name) ? said.name : 'index';
  const where = argumentOf(said, 'where');
  const index: Index = {
    path,
    model,
    kind,
    columns,
    map: stringOf(argumentOf(said, 'map')),
    type: wordOf(argumentOf(said, 'type')) ?? 'BTree',
    predicate: where && textOf(file, where),
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
