import fc from 'fast-check';

/** A schema as plain data, so that failures shrink and mutations are easy. */
export interface SchemaSpec {
  readonly enums: readonly EnumSpec[];
  readonly models: readonly ModelSpec[];
}

/** A mapped name keeps a capital: of a lower-case enum the engine reports the default as changed, on the database that it made itself. */
interface EnumSpec {
  readonly values: readonly string[];
  readonly mapped: boolean;
}

interface ModelSpec {
  readonly id: 'serial' | 'bigserial' | 'uuid' | 'int' | 'compound';
  readonly mapped: boolean;
  readonly fields: readonly FieldSpec[];
  readonly relations: readonly RelationSpec[];
  /** Indexes over one or two fields by position. */
  readonly indexes: readonly IndexSpec[];
  /** Implicit many-to-many with the model at this position. */
  readonly joins: readonly number[];
}

interface FieldSpec {
  /** A row of `types`, or behind them an enum. */
  readonly type: number;
  readonly arity: 'required' | 'optional' | 'list';
  readonly default: boolean;
  readonly unique: boolean;
  readonly mapped: boolean;
}

interface RelationSpec {
  readonly to: number;
  readonly optional: boolean;
  readonly onDelete: 'Cascade' | 'Restrict' | 'NoAction' | 'SetNull' | undefined;
  readonly map: boolean;
}

interface IndexSpec {
  readonly fields: readonly number[];
  readonly unique: boolean;
  readonly descending: boolean;
  readonly map: boolean;
  readonly hash: boolean;
}

/** Type with native type, and defaults that it takes: [one, another, list]. */
const types: readonly (readonly [type: string, native: string, value: string, list: string])[] = [
  ['String', '', '"a\'b"', '["x", "y"]'],
  ['String', '@db.VarChar(40)', '"v"', '["x"]'],
  ['String', '@db.Char(3)', '"abc"', '[]'],
  ['String', '@db.Uuid', 'dbgenerated("gen_random_uuid()")', '[]'],
  ['Int', '', '7', '[1, 2]'],
  ['Int', '@db.SmallInt', '-3', '[]'],
  ['BigInt', '', '9007199254740993', '[]'],
  ['Float', '', '1.5', '[]'],
  ['Float', '@db.Real', '0.25', '[]'],
  ['Decimal', '', '12.50', '[]'],
  ['Decimal', '@db.Decimal(19, 4)', '0', '[]'],
  ['Boolean', '', 'true', '[true, false]'],
  ['DateTime', '', 'now()', '[]'],
  ['DateTime', '@db.Timestamptz(6)', 'now()', '[]'],
  ['DateTime', '@db.Date', 'now()', '[]'],
  ['DateTime', '@db.Time(3)', 'now()', '[]'],
  ['Json', '', '"{\\"a\\": [1, null]}"', '[]'],
  ['Json', '@db.Json', '"[]"', '[]'],
  ['Bytes', '', '"aGk="', '[]'],
];

/** The text of a schema, formatted enough for Prisma's parser. */
export function schemaText({ enums, models }: SchemaSpec): string {
  const blocks = ['datasource db {\n  provider = "postgresql"\n}'];
  enums.forEach((one, index) => {
    blocks.push(
      `enum E${String(index)} {\n${one.values.map(value => `  ${value}`).join('\n')}\n${one.mapped ? `  @@map("Mapped_${String(index)}")\n` : ''}}`,
    );
  });
  const back = models.map((): string[] => []);
  const bodies = models.map((model, index) => modelBody(model, index, models, enums, back));
  bodies.forEach((body, index) =>
    blocks.push(
      `model M${String(index)} {\n${[...body.fields, ...(back[index] ?? []), ...body.attributes].map(line => `  ${line}`).join('\n')}\n}`,
    ),
  );
  return `${blocks.join('\n\n')}\n`;
}

function modelBody(
  model: ModelSpec,
  index: number,
  models: readonly ModelSpec[],
  enums: readonly EnumSpec[],
  back: string[][],
) {
  const fields = idFields(model.id);
  const attributes: string[] = model.id === 'compound' ? ['@@id([a, b])'] : [];
  if (model.mapped) attributes.push(`@@map("table_${String(index)}")`);
  const lists = new Set<number>();
  model.fields.forEach((field, at) => {
    const name = `f${String(at)}`;
    const known = types[field.type];
    const enumIndex = field.type - types.length;
    const values = enums[enumIndex]?.values;
    const [type, native, value, list] =
      known ??
      (values
        ? [`E${String(enumIndex)}`, '', values[0] ?? '', `[${values[0] ?? ''}]`]
        : (types[0] ?? ['String', '', '""', '[]']));
    if (field.arity === 'list') lists.add(at);
    const suffix = { required: '', optional: '?', list: '[]' }[field.arity];
    const parts = [name, type + suffix, native];
    if (field.default) parts.push(`@default(${field.arity === 'list' ? list : value})`);
    if (field.unique && field.arity !== 'list' && type !== 'Json') parts.push('@unique');
    if (field.mapped) parts.push(`@map("column ${String(at)}")`);
    fields.push(parts.filter(part => part !== '').join(' '));
  });
  model.relations.forEach((relation, at) => {
    const to = relation.to % models.length;
    const target = models[to];
    if (!target) return;
    const name = `r${String(index)}_${String(at)}`;
    const optional = relation.optional ? '?' : '';
    const keys = keysOf(target.id);
    const action =
      relation.onDelete === undefined || (relation.onDelete === 'SetNull' && !relation.optional)
        ? ''
        : `, onDelete: ${relation.onDelete}`;
    const map = relation.map ? `, map: "fk ${name}"` : '';
    fields.push(...keys.map(key => `${name}_${key.name} ${key.type}${optional} ${key.native}`.trimEnd()));
    const columns = keys.map(key => `${name}_${key.name}`).join(', ');
    const references = keys.map(key => key.name).join(', ');
    fields.push(
      `${name} M${String(to)}${optional} @relation("${name}", fields: [${columns}], references: [${references}]${action}${map})`,
    );
    back[to]?.push(`${name}_back M${String(index)}[] @relation("${name}")`);
  });
  model.joins.forEach((join, at) => {
    const to = join % models.length;
    if (model.id === 'compound' || models[to]?.id === 'compound' || to === index) return;
    const name = `j${String(index)}_${String(at)}`;
    fields.push(`${name} M${String(to)}[] @relation("${name}")`);
    back[to]?.push(`${name}_back M${String(index)}[] @relation("${name}")`);
  });
  const seen = new Set<string>();
  model.indexes.forEach((one, at) => {
    const columns = [...new Set(one.fields.map(field => field % Math.max(1, model.fields.length)))].filter(
      field =>
        field < model.fields.length &&
        !lists.has(field) &&
        !(types[model.fields[field]?.type ?? 0]?.[0] ?? '').startsWith('Json'),
    );
    const hash = one.hash && !one.unique && columns.length === 1;
    // Of two indexes on the same columns the engine does not miss one: that we do has a test of its own.
    const key = `${String(one.unique)} ${columns.join()}`;
    if (columns.length === 0 || seen.has(key)) return;
    seen.add(key);
    const sort = one.descending && !hash ? '(sort: Desc)' : '';
    const map = one.map ? `, map: "idx ${String(index)} ${String(at)}"` : '';
    const method = hash ? ', type: Hash' : '';
    if (one.unique && columns.length === 1 && model.fields[columns[0] ?? 0]?.unique === true) return;
    attributes.push(
      `@@${one.unique ? 'unique' : 'index'}([${columns.map(column => `f${String(column)}${sort}`).join(', ')}]${method}${map})`,
    );
  });
  return { fields, attributes };
}

/** The columns that a relation to a model refers to. */
function keysOf(id: ModelSpec['id']): readonly { name: string; type: string; native: string }[] {
  switch (id) {
    case 'compound':
      return [
        { name: 'a', type: 'Int', native: '' },
        { name: 'b', type: 'String', native: '' },
      ];
    case 'uuid':
      return [{ name: 'id', type: 'String', native: '@db.Uuid' }];
    case 'bigserial':
      return [{ name: 'id', type: 'BigInt', native: '' }];
    case 'serial':
    case 'int':
      return [{ name: 'id', type: 'Int', native: '' }];
  }
}

function idFields(id: ModelSpec['id']): string[] {
  switch (id) {
    case 'serial':
      return ['id Int @id @default(autoincrement())'];
    case 'bigserial':
      return ['id BigInt @id @default(autoincrement())'];
    case 'int':
      return ['id Int @id'];
    case 'uuid':
      return ['id String @id @default(uuid()) @db.Uuid'];
    case 'compound':
      return ['a Int', 'b String'];
  }
}

const enumSpec = fc.record<EnumSpec>({
  values: fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 1, maxLength: 4 }),
  mapped: fc.boolean(),
});

const fieldSpec = fc.record<FieldSpec>({
  type: fc.nat({ max: types.length + 1 }),
  arity: fc.constantFrom('required' as const, 'optional' as const, 'required' as const, 'list' as const),
  default: fc.boolean(),
  unique: fc.boolean(),
  mapped: fc.boolean(),
});

const relationSpec = fc.record<RelationSpec>({
  to: fc.nat({ max: 3 }),
  optional: fc.boolean(),
  onDelete: fc.constantFrom(
    'Cascade' as const,
    'Restrict' as const,
    'NoAction' as const,
    'SetNull' as const,
    undefined,
  ),
  map: fc.boolean(),
});

const indexSpec = fc.record<IndexSpec>({
  fields: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 2 }),
  unique: fc.boolean(),
  descending: fc.boolean(),
  map: fc.boolean(),
  hash: fc.boolean(),
});

const modelSpec = fc.record<ModelSpec>({
  id: fc.constantFrom('serial' as const, 'bigserial' as const, 'uuid' as const, 'int' as const, 'compound' as const),
  mapped: fc.boolean(),
  fields: fc.array(fieldSpec, { minLength: 1, maxLength: 6 }),
  relations: fc.array(relationSpec, { maxLength: 2 }),
  indexes: fc.array(indexSpec, { maxLength: 3 }),
  joins: fc.array(fc.nat({ max: 3 }), { maxLength: 1 }),
});

/** Any schema of up to four models. */
export const schemaSpec: fc.Arbitrary<SchemaSpec> = fc.record({
  enums: fc.array(enumSpec, { maxLength: 2 }),
  models: fc.array(modelSpec, { minLength: 1, maxLength: 4 }),
});

/** A schema and what became of it: the same, or changed in up to three places. */
export const schemaChange: fc.Arbitrary<readonly [SchemaSpec, SchemaSpec]> = schemaSpec.chain(before =>
  fc
    .array(change(before), { maxLength: 3 })
    .map(changes => [before, changes.reduce((spec, apply) => apply(spec), before)] as const),
);

type Change = (spec: SchemaSpec) => SchemaSpec;

function change(before: SchemaSpec): fc.Arbitrary<Change> {
  const model = fc.nat({ max: before.models.length - 1 });
  const inModel = <Value>(
    value: fc.Arbitrary<Value>,
    apply: (model: ModelSpec, value: Value) => ModelSpec,
  ): fc.Arbitrary<Change> =>
    fc.tuple(model, value).map(([at, given]): Change => spec => ({
      ...spec,
      models: spec.models.map((one, index) => (index === at ? apply(one, given) : one)),
    }));
  const at = fc.nat({ max: 5 });
  return fc.oneof(
    inModel(fieldSpec, (one, field) => ({ ...one, fields: [...one.fields, field] })),
    inModel(at, one => ({ ...one, fields: one.fields.length > 1 ? one.fields.slice(0, -1) : one.fields })),
    inModel(fc.tuple(at, fieldSpec), (one, [index, field]) => ({
      ...one,
      fields: one.fields.map((old, i) => (i === index % one.fields.length ? field : old)),
    })),
    inModel(relationSpec, (one, relation) => ({ ...one, relations: [...one.relations, relation] })),
    inModel(relationSpec, (one, relation) => ({
      ...one,
      relations: one.relations.map((old, i) =>
        i === 0 ? { ...old, onDelete: relation.onDelete, map: relation.map } : old,
      ),
    })),
    inModel(at, one => ({ ...one, relations: one.relations.slice(1) })),
    inModel(indexSpec, (one, index) => ({ ...one, indexes: [index, ...one.indexes] })),
    inModel(at, one => ({ ...one, indexes: one.indexes.slice(1) })),
    inModel(fc.constantFrom('serial' as const, 'bigserial' as const, 'int' as const), (one, id) => ({ ...one, id })),
    inModel(at, one => ({ ...one, mapped: !one.mapped })),
    inModel(at, one => ({ ...one, joins: one.joins.length > 0 ? [] : [1] })),
    enumSpec.map((one): Change => spec => ({
      ...spec,
      enums: spec.enums.map((old, i) => (i === 0 ? { ...one, mapped: old.mapped } : old)),
    })),
    modelSpec.map((one): Change => spec => ({
      ...spec,
      models: [...spec.models, { ...one, relations: [], joins: [] }],
    })),
  );
}
