import { describe, expect, test } from '@jest/globals';
import type { Schema, Span } from '@migrate-lint/core';
import internals from '@prisma/internals';
import { buildSchema, forEngine, UnreadableSchema } from '../src/source.ts';
import { schemaFrom } from '../src/testing.ts';
import { compareWithDmmf } from './against-dmmf.ts';

const datasource = 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n';

const shop = `${datasource}
generator client {
  provider        = "prisma-client"
  previewFeatures = ["views", "partialIndexes", "driverAdapters", "views"]
}

/// Somebody who buys.
/// And pays.
// internal
model Customer {
  id        String   @id @default(uuid(7)) @db.Uuid
  email     String   @unique(map: "customer_email") @map("e_mail") @db.VarChar(254) // lower case
  name      String?  @default("a \\"b\\" // c") /// as on the passport
  tags      String[] @default(["new", "cold"])
  level     Level    @default(GOLD)
  credit    Decimal  @default(0.50) @db.Decimal(12, 2)
  debt      BigInt   @default(-5)
  active    Boolean  @default(true)
  payload   Json     @default("{\\"a\\": [1]}")
  raw       Bytes?
  ratio     Float?
  createdAt DateTime @default(now()) @db.Timestamptz(3)
  updatedAt DateTime @updatedAt
  code      String   @default(dbgenerated("concat('a, (', now())"))
  position  Unsupported("point(2, 3)")?
  secret    String?  @ignore
  orders    Order[]
  paid      Order[]  @relation("payer")
  groups    Group[]
  mentor    Customer?  @relation("mentoring", fields: [mentorId], references: [id], onDelete: SetNull, onUpdate: NoAction, map: "mentor_fk")
  mentorId  String?  @db.Uuid
  pupils    Customer[] @relation("mentoring")

  @@unique([email, name(sort: Desc)], name: "who", map: "who_key")
  @@index([name(ops: raw("text_pattern_ops"), sort: Asc), createdAt])
  @@index([tags], type: Gin)
  @@index(fields: [mentorId], where: { active: true, name: { not: null } })
  @@index([debt], where: raw("debt > 0, or (so)"))
  @@map("customers")
}

/* A block
   of words { } */
model Order {
  customerId String   @db.Uuid /* the buyer */
  number     Int      @default(autoincrement())
  customer   Customer @relation(fields: [customerId], references: [id], onDelete: Cascade)
  payer      Customer? @relation(name: "payer", fields: [payerId], references: [id])
  payerId    String?  @db.Uuid

  @@id([customerId, number])
}

model Group {
  id      Int        @id
  members Customer[]
}

model Old {
  id Int

  @@id(id)
  @@ignore
}

view Totals {
  id    Int   @id
  total Float
}

enum Level {
  GOLD   @map("gold")
  SILVER // second

  @@map("levels")
}
`;

const mapped = `datasource db {
  provider     = "mysql"
  relationMode = "prisma"
}

model Tür {
  größe Int    @id @default(5)
  text  String @db.LongText
  zwei  String @db.VarChar(20)

  @@index([zwei(length: 10)], map: "z")
  @@fulltext([text])
}
`;

const mongo = `datasource db {
  provider = "mongodb"
  url      = "mongodb://x"
}

type Place {
  street String
  zip    Int[]
}

model User {
  id    String @id @default(auto()) @map("_id") @db.ObjectId
  place Place?

  @@index([place.street])
}
`;

const schemas: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'all kinds of fields': { 'schema.prisma': shop },
  'line ends of Windows and a byte order mark': { 'schema.prisma': `\uFEFF${shop.replace(/\n/g, '\r\n')}` },
  'names in other letters': { 'schema.prisma': mapped },
  'composite types': { 'schema.prisma': mongo },
  'a folder': {
    'b/user.prisma': 'model User {\n  id    Int    @id\n  posts Post[]\n}\n',
    'a.prisma':
      'model Post {\n  id     Int  @id\n  user   User @relation(fields: [userId], references: [id])\n  userId Int\n}\n',
    'main.prisma': `${datasource}\ngenerator c {\n  provider = "x"\n}\n`,
    'empty.prisma': '',
  },
  'several schemas': {
    'schema.prisma':
      'datasource db {\n  provider = "postgresql"\n  schemas  = ["a", "b"]\n}\n\nmodel A {\n  id Int @id\n  e  E\n\n  @@schema("a")\n}\n\nenum E {\n  X\n\n  @@schema("b")\n}\n',
  },
};

function filesOf(name: string) {
  return Object.entries(schemas[name] ?? {}).map(([path, text]) => ({ path, text }));
}

describe('against the DMMF', () => {
  test.each(Object.keys(schemas))('%s', async name => {
    const files = filesOf(name);
    const datamodel = forEngine(files).map(({ path, text }): [string, string] => [path, text]);
    expect(compareWithDmmf(buildSchema(files), await internals.getDMMF({ datamodel }))).toEqual([]);
  });
});

describe('what the DMMF does not hold', () => {
  const schema = buildSchema([{ path: 'schema.prisma', text: shop }]);
  const at = ({ start, end }: Span): string => shop.slice(start, end);
  const field = (path: string) => {
    const [model = '', name = ''] = path.split('.');
    const found = schema.model(model)?.field(name);
    if (!found) throw new Error(`no field ${path}`);
    return found;
  };
  const index = (path: string) => {
    const found = schema.indexes.find(candidate => candidate.path === path);
    if (!found) throw new Error(`no index ${path}: ${schema.indexes.map(each => each.path).join('; ')}`);
    return found;
  };

  test('the datasource, preview features, models, views and enums', () => {
    expect(at(schema.datasource)).toBe(datasource.trim());
    expect(schema).toMatchObject({ provider: 'postgresql', relationMode: 'foreignKeys', files: ['schema.prisma'] });
    expect(schema.previewFeatures).toContain('driverAdapters');
    expect(schema.models.map(({ name, ignored }) => [name, ignored])).toEqual([
      ['Customer', false],
      ['Order', false],
      ['Group', false],
      ['Old', true],
    ]);
    expect(schema.views.map(({ name }) => name)).toEqual(['Totals']);
    expect(schema.enum('Level')).toMatchObject({ dbName: 'levels', values: [{ name: 'GOLD', dbName: 'gold' }, {}] });
    expect(schema.enum('Level')?.values.map(({ span }) => at(span))).toEqual(['GOLD   @map("gold")', 'SILVER']);
  });

  test('spans of models and fields', () => {
    const customer = schema.model('Customer');
    expect(customer && at(customer.nameSpan)).toBe('Customer');
    expect(customer && at(customer.span)).toMatch(/^model Customer \{[^]*@@map\("customers"\)\n\}$/);
    expect(at(field('Customer.email').span)).toBe(
      'email     String   @unique(map: "customer_email") @map("e_mail") @db.VarChar(254)',
    );
    expect(at(field('Order.customerId').span)).toBe('customerId String   @db.Uuid');
    expect(at(field('Customer.position').span)).toBe('position  Unsupported("point(2, 3)")?');
    expect(at(field('Customer.position').typeSpan)).toBe('Unsupported("point(2, 3)")');
    expect(at(field('Customer.tags').typeSpan)).toBe('String');
    expect(schema.columns.map(column => at(column.nameSpan))).toEqual(schema.columns.map(({ name }) => name));
  });

  test('comments', () => {
    expect(schema.model('Customer')).toMatchObject({
      documentation: 'Somebody who buys.\nAnd pays.',
      comment: 'internal',
    });
    expect(field('Customer.email').comment).toBe('lower case');
    expect(field('Customer.name')).toMatchObject({ documentation: 'as on the passport', comment: '' });
  });

  test('native types and defaults', () => {
    expect(field('Customer.credit').nativeType).toMatchObject({ name: 'Decimal', args: ['12', '2'] });
    const native = field('Customer.credit').nativeType;
    expect(native && at(native.span)).toBe('@db.Decimal(12, 2)');
    expect(field('Customer.code').default).toMatchObject({
      kind: 'function',
      name: 'dbgenerated',
      args: [`"concat('a, (', now())"`],
    });
    expect(field('Customer.name').default).toMatchObject({ kind: 'literal', value: 'a "b" // c' });
    expect(field('Customer.level').default).toMatchObject({ kind: 'enumValue', value: 'GOLD' });
    expect(field('Customer.tags').default).toMatchObject({ kind: 'list', text: '["new", "cold"]' });
    expect(field('Customer.credit').default).toMatchObject({ kind: 'literal', value: 0.5 });
    expect(field('Customer.debt').default).toMatchObject({ kind: 'literal', value: -5 });
    expect(field('Customer.position')).toMatchObject({ kind: 'unsupported', type: 'point(2, 3)', required: false });
    expect(field('Customer.secret').ignored).toBe(true);
  });

  test('foreign keys', () => {
    expect(schema.foreignKeys.map(({ path, columns }) => [path, ...columns.map(({ name }) => name)])).toEqual([
      ['Customer.mentor', 'mentorId'],
      ['Order.customer', 'customerId'],
      ['Order.payer', 'payerId'],
    ]);
    const mentor = field('Customer.mentor').relation;
    expect(mentor).toMatchObject({ name: 'mentoring', onDelete: 'SetNull', onUpdate: 'NoAction', map: 'mentor_fk' });
    expect(mentor && at(mentor.span)).toMatch(/^@relation\("mentoring".*"mentor_fk"\)$/);
    expect(field('Customer.groups').relation).toMatchObject({ fields: [], references: [], model: { name: 'Group' } });
    expect(field('Order.payer').relation?.name).toBe('payer');
  });

  test('indexes', () => {
    expect(schema.model('Customer')?.indexes.map(({ path }) => path)).toEqual([
      'Customer.id @id',
      'Customer.email @unique',
      'Customer.@@unique([email, name])',
      'Customer.@@index([name, createdAt])',
      'Customer.@@index([tags])',
      'Customer.@@index([mentorId])',
      'Customer.@@index([debt])',
    ]);
    expect(index('Customer.@@index([mentorId])').predicate).toBe('{ active: true, name: { not: null } }');
    expect(index('Customer.@@index([debt])').predicate).toBe('raw("debt > 0, or (so)")');
    expect(index('Customer.@@index([name, createdAt])').columns[0]).toMatchObject({
      sort: 'Asc',
      operatorClass: 'text_pattern_ops',
    });
    expect(index('Customer.@@unique([email, name])')).toMatchObject({ map: 'who_key', unique: true, type: 'BTree' });
    expect(index('Customer.email @unique').map).toBe('customer_email');
    expect(at(index('Customer.email @unique').span)).toBe('@unique(map: "customer_email")');
    expect(schema.model('Order')?.primaryKey?.path).toBe('Order.@@id([customerId, number])');
    expect(schema.model('Old')?.primaryKey?.columns).toHaveLength(1);
  });

  test('two indexes on the same columns are two subjects', () => {
    const { indexes } = schemaFrom(
      'model A {\n  a Int\n\n  @@index([a])\n  @@index([a(sort: Desc)])\n  @@index([a], map: "x")\n}',
    );
    expect(indexes.map(({ path }) => path)).toEqual(['A.@@index([a])', 'A.@@index([a])#2', 'A.@@index([a])#3']);
  });

  test('covers', () => {
    const covers = (schema: Schema, ...names: readonly string[]): readonly boolean[] => {
      const fields = names.flatMap(name => schema.models[0]?.field(name) ?? []);
      return schema.indexes.map(each => each.covers(fields));
    };
    const three = schemaFrom(
      'model A {\n  a Int\n  b Int\n  c Int @unique\n\n  @@id([a, b, c])\n  @@index([b], type: Hash)\n  @@index([b, a], where: raw("c > 1"))\n  @@index([b, a])\n}',
    );
    expect(covers(three, 'a')).toEqual([false, true, false, false, false]);
    expect(covers(three, 'b')).toEqual([false, false, false, false, true]);
    expect(covers(three, 'b', 'a')).toEqual([false, true, false, false, true]);
    expect(covers(three, 'c', 'a')).toEqual([false, false, false, false, false]);
    expect(covers(three, 'c', 'a', 'b')).toEqual([false, true, false, false, false]);
    expect(covers(three, 'c')).toEqual([true, false, false, false, false]);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['model A {\n  id Int @id\n', 'a.prisma:3:1: this cannot be read as Prisma schema.'],
    [`${datasource}model A {\n  id Foo\n}`, 'a.prisma:6:6: the type of `A.id` is declared nowhere.'],
    ['model A {\n  id Int @id\n}', 'a.prisma:1:1: no file of the schema has a datasource block.'],
    [
      'datasource db {\n  provider = "oracle"\n}',
      'a.prisma:2:3: the provider of the datasource is none that Prisma knows.',
    ],
  ])('%j', (text, message) => {
    const read = (): Schema => buildSchema([{ path: 'a.prisma', text }]);
    expect(read).toThrow(UnreadableSchema);
    expect(read).toThrow(message);
  });
});
