import type { Config, ConfigBlock, EnumDeclaration, SchemaExpression } from '@loancrate/prisma-schema-parser';
import type { Enum, Provider, Schema, Span } from '@migrate-lint/core';
import { modelShell, type ModelDraft } from './model.ts';
import { connect } from './relations.ts';
import {
  attribute,
  commentsAbove,
  nameAt,
  parse,
  span,
  stringOf,
  UnreadableSchema,
  type ParsedFile,
  type SchemaText,
} from './parse.ts';

/** What the files say, read as one schema. Throws `UnreadableSchema` where the text is not Prisma schema. */
export function buildSchema(files: readonly SchemaText[]): Schema {
  const parsed = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)).map(parse);
  const settings = readSettings(parsed);
  const enums: Enum[] = [];
  const composites = new Set<string>();
  const drafts: ModelDraft[] = [];
  for (const file of parsed) {
    for (const declaration of file.declarations) {
      if (declaration.kind === 'enum') enums.push(buildEnum(file, declaration));
      else if (declaration.kind === 'type') composites.add(nameAt(file, declaration.name));
      else if (declaration.kind === 'model' || declaration.kind === 'view') drafts.push(modelShell(file, declaration));
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
    foreignKeys: models.flatMap(({ foreignKeys }) => foreignKeys),
    indexes: models.flatMap(({ indexes }) => indexes),
    columns: models.flatMap(({ columns }) => columns),
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
  let datasource: { readonly file: ParsedFile; readonly block: ConfigBlock; readonly span: Span } | undefined;
  for (const file of files) {
    for (const block of file.declarations) {
      if (block.kind === 'datasource') datasource ??= { file, block, span: span(file, block.location) };
      else if (block.kind === 'generator') previewFeatures.push(...strings(settingOf(block, 'previewFeatures')?.value));
    }
  }
  if (!datasource) throw noProvider(files[0], 0, 'no file of the schema has a datasource block');
  const { file, block } = datasource;
  const setting = settingOf(block, 'provider');
  const provider = providers[strings(setting?.value)[0] ?? ''];
  if (!provider) {
    const place = (setting?.location ?? block.location)?.start.offset ?? 0;
    throw noProvider(file, place, 'the provider of the datasource is none that Prisma knows');
  }
  const mode = settingOf(block, 'relationMode') ?? settingOf(block, 'referentialIntegrity');
  return {
    provider,
    relationMode: strings(mode?.value)[0] === 'prisma' ? 'prisma' : 'foreignKeys',
    previewFeatures,
    datasource: datasource.span,
  };
}

function noProvider(file: ParsedFile | undefined, offset: number, problem: string): UnreadableSchema {
  return new UnreadableSchema(file?.path ?? 'schema.prisma', file?.text ?? '', offset, `${problem}.`);
}

/** The setting of a datasource or generator block. */
export function settingOf(block: ConfigBlock, name: string): Config | undefined {
  return block.members.find((member): member is Config => member.kind === 'config' && member.name.value === name);
}

/** The string, or the strings of a list. */
export function strings(value: SchemaExpression | undefined): readonly string[] {
  const items = value?.kind === 'array' ? value.items : [value];
  return items.map(stringOf).filter(text => text !== undefined);
}

function buildEnum(file: ParsedFile, declaration: EnumDeclaration): Enum {
  const name = nameAt(file, declaration.name);
  const block = span(file, declaration.location);
  const said = declaration.members
    .filter(member => member.kind === 'blockAttribute')
    .map(node => attribute(file, node));
  const argument = (of: string): string | undefined => {
    const found = said.find(candidate => candidate.name === of);
    return stringOf(found?.positional[0] ?? found?.named.get('name') ?? found?.named.get('map'));
  };
  return {
    path: name,
    name,
    dbName: argument('map') ?? name,
    dbSchema: argument('schema'),
    values: declaration.members
      .filter(member => member.kind === 'enumValue')
      .map(node => {
        const value = nameAt(file, node.name);
        const map = (node.attributes ?? []).map(at => attribute(file, at)).find(at => at.name === 'map');
        return {
          path: `${name}.${value}`,
          name: value,
          dbName: stringOf(map?.positional[0] ?? map?.named.get('name')) ?? value,
          span: span(file, node.location, node.comment?.location?.start.offset),
        };
      }),
    documentation: commentsAbove(file, block.start).documentation,
    span: block,
    nameSpan: span(file, declaration.name.location),
  };
}
