import { describe, expect, test } from '@jest/globals';
import { applyEdits, type Edit, type Field, type Model } from '@migrate-lint/core';
import internals from '@prisma/internals';
import fc from 'fast-check';
import { addBlockAttribute, addField, addFieldAttribute, removeIndex, replaceType } from '../src/edits.ts';
import { schemaFrom } from '../src/testing.ts';

async function format(text: string): Promise<string> {
  const [formatted] = await internals.formatSchema({ schemas: [['schema.prisma', text]] });
  return formatted?.[1] ?? '';
}

const model = (text: string): Model => {
  const [first] = schemaFrom(text).models;
  if (!first) throw new Error('no model');
  return first;
};

const field = (of: Model, name: string): Field => {
  const found = of.field(name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
};

function edited(text: string, edit: (of: Model) => readonly Edit[]): string {
  const { text: result, skipped } = applyEdits(text, edit(model(text)));
  expect(skipped).toEqual([]);
  return result;
}

const post = `model Post {
  id    Int     @id // key
  price Float?  @map("p") // in euro
  title String  @unique
  at    DateTime

  tags String[]
}
`;

describe('addBlockAttribute', () => {
  test('the first one gets a blank line', () => {
    expect(edited(post, of => addBlockAttribute(of, '@@index([price])'))).toBe(
      post.replace('  tags String[]\n', '  tags String[]\n\n  @@index([price])\n'),
    );
  });

  test('two fixes bring the blank line once', () => {
    const both = (of: Model) => [
      ...addBlockAttribute(of, '@@index([price])'),
      ...addBlockAttribute(of, '@@index([at])'),
    ];
    expect(edited(post, both)).toBe(
      post.replace('  tags String[]\n', '  tags String[]\n\n  @@index([price])\n  @@index([at])\n'),
    );
  });

  test('an index stands before the map and its comment, behind the other indexes', () => {
    const mapped = 'model A {\n  a Int\n\n  // the old name\n  @@map("b")\n}\n';
    const indexed = edited(mapped, of => addBlockAttribute(of, '@@index([a])'));
    expect(indexed).toBe('model A {\n  a Int\n\n  @@index([a])\n  // the old name\n  @@map("b")\n}\n');
    expect(edited(indexed, of => addBlockAttribute(of, '@@index([a], type: Hash)'))).toBe(
      'model A {\n  a Int\n\n  @@index([a])\n  @@index([a], type: Hash)\n  // the old name\n  @@map("b")\n}\n',
    );
    expect(edited(indexed, of => addBlockAttribute(of, '@@schema("x")'))).toContain('@@map("b")\n  @@schema("x")\n}');
  });

  test('line ends and indentation are those of the file', () => {
    expect(edited('model A {\r\n\ta Int\r\n}\r\n', of => addBlockAttribute(of, '@@index([a])'))).toBe(
      'model A {\r\n\ta Int\r\n\r\n\t@@index([a])\r\n}\r\n',
    );
  });
});

describe('addFieldAttribute', () => {
  test('keeps the comment behind and the alignment', () => {
    const at = (of: Model) => addFieldAttribute(field(of, 'at'), '@db.Timestamptz(3)');
    expect(edited(post, at)).toContain('  at    DateTime @db.Timestamptz(3)\n');
    const price = (of: Model) => addFieldAttribute(field(of, 'price'), '@unique');
    expect(edited(post, price)).toContain('  price Float?  @unique @map("p") // in euro\n');
  });
});

describe('replaceType', () => {
  test('aligns the lines of the group, and no others', () => {
    const decimal = (of: Model) => replaceType(field(of, 'price'), 'Decimal', '@db.Decimal(19, 4)');
    const written =
      'model A {\n  id    Int    @id // key\n  price Float? @map("p") // in euro\n  at    DateTime\n\n  b Int @unique\n}\n';
    const aligned = written.replace('Int    @id', 'Int      @id').replace('Float? @map', 'Float?   @map');
    expect(edited(aligned, decimal)).toBe(
      'model A {\n  id    Int      @id // key\n  price Decimal? @map("p") @db.Decimal(19, 4) // in euro\n  at    DateTime\n\n  b Int @unique\n}\n',
    );
    const short = aligned
      .replace('  at    DateTime\n', '')
      .replace('Int      @id', 'Int    @id')
      .replace('Float?   @map', 'Float? @map');
    expect(edited(short, decimal)).toBe(
      'model A {\n  id    Int      @id // key\n  price Decimal? @map("p") @db.Decimal(19, 4) // in euro\n\n  b Int @unique\n}\n',
    );
  });

  test('leaves lines alone that were never aligned', () => {
    const decimal = (of: Model) => replaceType(field(of, 'price'), 'Decimal');
    expect(edited('model A {\n  id Int @id\n  price Float @map("p")\n}\n', decimal)).toBe(
      'model A {\n  id Int @id\n  price Decimal @map("p")\n}\n',
    );
  });

  test('takes the native type of the old type away', () => {
    expect(edited('model A {\n  a Float @db.Real @map("x")\n}\n', of => replaceType(field(of, 'a'), 'Int'))).toBe(
      'model A {\n  a Int @map("x")\n}\n',
    );
    expect(
      edited('model A {\n  a Float @map("x") @db.Real\n}\n', of => replaceType(field(of, 'a'), 'Decimal', '@db.Money')),
    ).toBe('model A {\n  a Decimal @map("x") @db.Money\n}\n');
  });
});

describe('removeIndex', () => {
  const remove = (text: string, path: string): string =>
    edited(text, of => of.indexes.filter(index => index.path === path).flatMap(removeIndex));

  test('the last block attribute takes its blank line along', () => {
    const one = 'model A {\n  a Int @unique // c\n\n  @@index([a]) // why\n}\n';
    expect(remove(one, 'A.@@index([a])')).toBe('model A {\n  a Int @unique // c\n}\n');
    expect(remove(one, 'A.a @unique')).toBe('model A {\n  a Int // c\n\n  @@index([a]) // why\n}\n');
  });

  test('one of several', () => {
    const two = 'model A {\n  a Int @unique @map("x")\n\n  @@unique([a])\n  @@index([a])\n}\n';
    expect(remove(two, 'A.@@index([a])')).toBe('model A {\n  a Int @unique @map("x")\n\n  @@unique([a])\n}\n');
    expect(remove(two, 'A.@@unique([a])')).toBe('model A {\n  a Int @unique @map("x")\n\n  @@index([a])\n}\n');
    expect(remove(two, 'A.a @unique')).toBe('model A {\n  a Int @map("x")\n\n  @@unique([a])\n  @@index([a])\n}\n');
  });
});

describe('addField', () => {
  test('behind the last field of the block, or behind a field', () => {
    expect(edited(post, of => addField(of, 'author User @relation("x y")'))).toContain(
      '  tags   String[]\n  author User     @relation("x y")\n}',
    );
    expect(edited('model A {\n  a Int // c\n\n  b Int\n}\n', of => addField(of, 'cc Int?', field(of, 'a')))).toBe(
      'model A {\n  a  Int // c\n  cc Int?\n\n  b Int\n}\n',
    );
  });
});

/** Models as people write them: groups of fields, comments, attributes. */
const anyModel = fc
  .array(
    fc.record({
      name: fc.constantFrom('a', 'bc', 'createdAt', 'größe', 'x_y_z'),
      type: fc.constantFrom('Int', 'Float', 'String', 'DateTime', 'Decimal', 'Unsupported("point")'),
      modifier: fc.constantFrom('', '?', '[]'),
      attributes: fc.subarray(['@unique', '@map("m")', '@ignore', '@db.Text']),
      comment: fc.constantFrom('', ' // note', ' /// documentation'),
      above: fc.constantFrom('', '', '', '\n', '  // above\n', '\n  /// above\n'),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .chain(fields =>
    fc.subarray(['@@unique([f0])', '@@index([f0])', '  // named\n  @@map("t")']).map(attributes => {
      const lines = fields.map(
        ({ name, type, modifier, attributes, comment, above }, at) =>
          `${above}  ${name}${String(at)} ${type}${modifier} ${attributes.join(' ')}${comment}`,
      );
      const block = attributes.map(each => `  ${each.replace('f0', `${fields[0]?.name ?? ''}0`)}`);
      return `model A {\n${[...lines, ...block].join('\n')}\n}\n`;
    }),
  );

const words: Readonly<Record<string, (of: Model, at: Field) => readonly Edit[]>> = {
  addBlockAttribute: of => addBlockAttribute(of, '@@index([id, other])'),
  addFieldAttribute: (_, at) => addFieldAttribute(at, '@updatedAt'),
  addNativeType: (_, at) => addFieldAttribute(at, '@test.Foo(3)'),
  replaceType: (_, at) => replaceType(at, 'DateTimeLike', '@db.Other(1)'),
  replaceTypeByShorter: (_, at) => replaceType(at, 'X'),
  removeIndex: of => of.indexes.slice(0, 1).flatMap(removeIndex),
  addField: of => addField(of, 'somethingLong Relation[] @relation("a b", fields: [x])'),
  addFieldBehind: (of, at) => addField(of, 'z Z', at),
};

test.each(Object.keys(words))('%s leaves a formatted schema formatted', async name => {
  await fc.assert(
    fc.asyncProperty(anyModel, fc.nat(), async (written, nth) => {
      const text = await format(written);
      const of = model(text);
      const at = of.fields[nth % of.fields.length];
      const edits = at && words[name]?.(of, at);
      const { text: after, skipped } = applyEdits(text, edits ?? []);
      expect(skipped).toEqual([]);
      expect(after).toBe(await format(after));
    }),
    { numRuns: 150 },
  );
});
