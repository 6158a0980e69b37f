import type { Span } from './span.ts';

export type Provider = 'postgresql' | 'cockroachdb' | 'mysql' | 'sqlite' | 'sqlserver' | 'mongodb';
export type ReferentialAction = 'Cascade' | 'Restrict' | 'NoAction' | 'SetNull' | 'SetDefault';

/** What the .prisma files say. Built from the files as they stand on disk, so every thing has its place. */
export interface Schema {
  /** The .prisma files, relative paths, sorted. */
  readonly files: readonly string[];
  readonly provider: Provider;
  /** `prisma` means that the database holds no foreign keys. */
  readonly relationMode: 'foreignKeys' | 'prisma';
  readonly previewFeatures: readonly string[];
  /** The span of the datasource block, for findings about the project as a whole. */
  readonly datasource: Span;
  /** Models, `@@ignore`d ones too, in the order of the files. Views and composite types are not models. */
  readonly models: readonly Model[];
  readonly views: readonly Model[];
  readonly enums: readonly Enum[];
  /** Every relation side that holds the columns, in all models. */
  readonly foreignKeys: readonly ForeignKey[];
  /** Every `@id`, `@@id`, `@unique`, `@@unique`, `@@index` and `@@fulltext` of all models. */
  readonly indexes: readonly Index[];
  /** Scalar, enum and `Unsupported` fields of all models. */
  readonly columns: readonly Field[];
  model(name: string): Model | undefined;
  enum(name: string): Enum | undefined;
}

export interface Model {
  readonly path: string;
  readonly name: string;
  /** The table: `@@map` or the name. */
  readonly dbName: string;
  /** `@@schema`, if said. */
  readonly dbSchema: string | undefined;
  readonly ignored: boolean;
  readonly view: boolean;
  /** Text of the `///` comment above. */
  readonly documentation: string;
  /** Text of the `//` comment above. */
  readonly comment: string;
  readonly fields: readonly Field[];
  /** The fields that are columns: scalars, enums and `Unsupported`, without relation fields. */
  readonly columns: readonly Field[];
  readonly primaryKey: Index | undefined;
  /** Primary key, uniques and indexes, field attributes first. */
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  /** The whole block. */
  readonly span: Span;
  /** The name after `model`. */
  readonly nameSpan: Span;
  field(name: string): Field | undefined;
}

export interface Field {
  /** `Model.field` */
  readonly path: string;
  readonly model: Model;
  readonly name: string;
  readonly dbName: string;
  /** The type's name: `String`, `Currency`, `User`; of an `Unsupported("…")` the text in the quotes. */
  readonly type: string;
  readonly kind: 'scalar' | 'enum' | 'relation' | 'composite' | 'unsupported';
  readonly required: boolean;
  readonly list: boolean;
  /** `@db.VarChar(20)` is `{ name: 'VarChar', args: ['20'] }`. */
  readonly nativeType: NativeType | undefined;
  readonly default: Default | undefined;
  readonly updatedAt: boolean;
  readonly ignored: boolean;
  /** On both sides of a relation; `fields` is empty on the side without columns. */
  readonly relation: Relation | undefined;
  readonly documentation: string;
  /** Text of `//` comments above and behind the field. */
  readonly comment: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly typeSpan: Span;
}

export interface NativeType {
  readonly name: string;
  readonly args: readonly string[];
  readonly span: Span;
}

export type Default = { readonly span: Span } & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'list'; readonly text: string }
  | { readonly kind: 'enumValue'; readonly value: string }
  /** `now()`, `uuid(7)`, `dbgenerated("…")`: name and the arguments as written. */
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly string[] }
);

export interface Relation {
  readonly name: string | undefined;
  /** The model on the other side. */
  readonly model: Model;
  readonly fields: readonly Field[];
  readonly references: readonly Field[];
  readonly onDelete: ReferentialAction | undefined;
  readonly onUpdate: ReferentialAction | undefined;
  readonly map: string | undefined;
  /** The `@relation` attribute, else the field. */
  readonly span: Span;
}

/** The side of a relation that holds the columns. */
export interface ForeignKey {
  /** `Model.relationField` */
  readonly path: string;
  readonly field: Field;
  readonly model: Model;
  readonly columns: readonly Field[];
  readonly referencedModel: Model;
  readonly referencedColumns: readonly Field[];
  readonly onDelete: ReferentialAction | undefined;
  readonly onUpdate: ReferentialAction | undefined;
  readonly span: Span;
}

export interface IndexColumn {
  readonly field: Field;
  readonly sort: 'Asc' | 'Desc' | undefined;
  readonly length: number | undefined;
  readonly operatorClass: string | undefined;
}

export interface Index {
  /** `Model.@@index([a, b])` */
  readonly path: string;
  readonly model: Model;
  readonly kind: 'id' | 'unique' | 'index' | 'fulltext';
  readonly columns: readonly IndexColumn[];
  /** `map:`, the name in the database, if said. */
  readonly map: string | undefined;
  /** `type:`; a Prisma index without one is a BTree. */
  readonly type: string;
  /** The text of `where:`; such an index is partial. */
  readonly predicate: string | undefined;
  /** Unique and id. */
  readonly unique: boolean;
  readonly span: Span;
  /**
   * Whether a lookup by equality on all of `columns` can use this index: it is a full BTree and its first columns are
   * these, in any order (https://www.postgresql.org/docs/current/indexes-multicolumn.html).
   */
  covers(columns: readonly Field[]): boolean;
}

export interface Enum {
  readonly path: string;
  readonly name: string;
  readonly dbName: string;
  readonly dbSchema: string | undefined;
  readonly values: readonly EnumValue[];
  readonly documentation: string;
  readonly span: Span;
  readonly nameSpan: Span;
}

export interface EnumValue {
  readonly path: string;
  readonly name: string;
  readonly dbName: string;
  readonly span: Span;
}

/** One thing that Prisma's own validator says against the schema. */
export interface ValidationError {
  readonly message: string;
  readonly span: Span;
  /** For a thing declared twice, the other place. */
  readonly related: readonly { readonly message: string; readonly span: Span }[];
}

/** The validator's verdict on the whole schema; `errors` is empty when it is valid. */
export interface Validation {
  readonly files: readonly { readonly path: string; readonly errors: readonly ValidationError[] }[];
}
