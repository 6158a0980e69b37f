import { flatMap, type Enum, type Provider, type Schema, type Span } from '@migrate-lint/core';
import type { Block, Expression, SettingNode } from './grammar.ts';
import { draftModel, type ModelDraft } from './model.ts';
import {
  attributesOf,
  commentsAbove,
  mappedName,
  parse,
  spanOf,
  stringOf,
  UnreadableSchema,
  type ParsedFile,
  type SchemaText,
} from './parse.ts';
import { connect } from './relations.ts';

/** What the files say, read as one schema. Throws `UnreadableSchema` where the text is not Prisma schema. */
export function buildSchema(files: readonly SchemaText[]): Schema {
  const parsed = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)).map(parse);
  const settings = readSettings(parsed);
  const enums: Enum[] = [];
  const composites = new Set<string>();
  const drafts: ModelDraft[] = [];
  for (const file of parsed) {
    for (const block of file.blocks) {
      if (block.keyword === 'enum') enums.push(buildEnum(file, block));
      else if (block.keyword === 'type') composites.add(block.name.text);
      else if (block.keyword === 'model' || block.keyword === 'view') drafts.push(draftModel(file, block));
    }
  }
  connect(drafts, new Set(enums.map(({ name }) => name)), composites);
  const models = drafts.map(({ model }) => model).filter(({ view }) => !view);
  const modelsByName = firstByName(models);
  const enumsByName = firstByName(enums);
  return {
    files: parsed.map(({ path }) => path),
    ...settings,
    models,
    views: drafts.map(({ model }) => model).filter(({ view }) => view),
    enums,
    foreignKeys: flatMap(models, ({ foreignKeys }) => foreignKeys),
    indexes: flatMap(models, ({ indexes }) => indexes),
    columns: flatMap(models, ({ columns }) => columns),
    model: name => modelsByName.get(name),
    enum: name => enumsByName.get(name),
  };
}

function firstByName<Thing extends { readonly name: string }>(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map([...things].reverse().map(thing => [thing.name, thing]));
}

const providers: Readonly<Record<string, Provider>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  cockroachdb: 'cockroachdb',
  mysql: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'sqlserver',
  mongodb: 'mongodb',
};

type Settings = Pick<Schema, 'provider' | 'relationMode' | 'previewFeatures' | 'datasource'>;

function readSettings(files: readonly ParsedFile[]): Settings {
  const previewFeatures: string[] = [];
  let datasource: { readonly file: ParsedFile; readonly block: Block; readonly span: Span } | undefined;
  for (const file of files) {
    for (const block of file.blocks) {
      if (block.keyword === 'datasource') datasource ??= { file, block, span: spanOf(file, block) };
      else if (block.keyword === 'generator')
        previewFeatures.push(...strings(settingOf(block, 'previewFeatures')?.value));
    }
  }
  const nowhere = files[0] ?? { path: 'schema.prisma', text: '' };
  if (!datasource) throw new UnreadableSchema(nowhere, 0, 'no file of the schema has a datasource block.');
  const { file, block, span } = datasource;
  const setting = settingOf(block, 'provider');
  const provider = providers[strings(setting?.value)[0] ?? ''];
  if (!provider) {
    const { start } = setting ?? block;
    throw new UnreadableSchema(file, start, 'the provider of the datasource is none that Prisma knows.');
  }
  const mode = settingOf(block, 'relationMode') ?? settingOf(block, 'referentialIntegrity');
  return {
    provider,
    relationMode: strings(mode?.value)[0] === 'prisma' ? 'prisma' : 'foreignKeys',
    previewFeatures,
    datasource: span,
  };
}

/** The setting of a datasource or generator block. */
export function settingOf({ settings }: Block, name: string): SettingNode | undefined {
  return settings.find(setting => setting.name === name);
}

/** The string, or the strings of a list. */
export function strings(value: Expression | undefined): readonly string[] {
  const items = value?.kind === 'list' ? value.items : [value];
  return items.map(stringOf).filter(text => text !== undefined);
}

function buildEnum(file: ParsedFile, block: Block): Enum {
  const name = block.name.text;
  const attributes = attributesOf(file, block.attributes);
  return {
    path: name,
    name,
    dbName: mappedName(attributes, 'map') ?? name,
    dbSchema: mappedName(attributes, 'schema'),
    values: block.fields.map(node => {
      const value = node.name.text;
      const map = mappedName(attributesOf(file, node.attributes), 'map');
      return { path: `${name}.${value}`, name: value, dbName: map ?? value, span: spanOf(file, node) };
    }),
    documentation: commentsAbove(file, block.start).documentation,
    span: spanOf(file, block),
    nameSpan: spanOf(file, block.name),
  };
}
