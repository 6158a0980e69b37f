import { beforeAll, describe, expect, test } from '@jest/globals';
import { historyOf, told } from '../../../test/dialect-testing.ts';
import { loadParser } from '../parser.ts';
import { loadDialects } from './parser.ts';

beforeAll(async () => {
  await loadParser();
  await loadDialects();
});

const team = 'CREATE TABLE "Team" ("id" INTEGER NOT NULL PRIMARY KEY);';
const user = `${team}
CREATE TABLE "User" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "teamId" INTEGER,
    "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "User_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");`;

const columns = {
  id: '"id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT',
  email: '"email" TEXT NOT NULL',
  name: '"name" TEXT',
  teamId: '"teamId" INTEGER',
  at: '"at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP',
  foreignKey:
    'CONSTRAINT "User_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE SET NULL ON UPDATE CASCADE',
};

interface Block {
  /** What the CREATE TABLE says, where it is not what it said before; null for what it leaves out. */
  readonly made?: Readonly<Record<string, string | null>>;
  readonly into?: string;
  readonly select?: string;
  readonly from?: string;
  readonly indexes?: string;
  readonly keys?: 'ON' | 'OFF';
}

const all = '"id", "email", "name", "teamId", "at"';

/** A block as Prisma writes it. */
function block({ made, into = all, select = into, from = '"User"', indexes, keys = 'OFF' }: Block): string {
  const lines = Object.values<string | null>({ ...columns, ...made }).filter(line => line !== null);
  return `PRAGMA foreign_keys=${keys};
CREATE TABLE "new_User" (
    ${lines.join(',\n    ')}
);
INSERT INTO "new_User" (${into}) SELECT ${select} FROM ${from};
DROP TABLE "User";
ALTER TABLE "new_User" RENAME TO "User";
${indexes ?? 'CREATE UNIQUE INDEX "User_email_key" ON "User"("email");'}`;
}

function changesOf(given: Block, before = user): readonly string[] {
  const usual = /^set foreign_keys|^redefine|index User_email_key/;
  return told('sqlite', before, block(given)).filter(each => !usual.test(each));
}

test('a table as it was is no change, but its indexes are made again', () => {
  expect(told('sqlite', user, block({}))).toEqual([
    'set foreign_keys off',
    'drop index User_email_key',
    'redefine ',
    'create index User_email_key (email)',
  ]);
});

test('the table stays the same, so that later statements find what was there', () => {
  const { migrations } = historyOf('sqlite', user, block({ made: { age: '"age" INTEGER' } }), 'SELECT 1;');
  const table = migrations[2]?.statements[0]?.before.table('User');
  expect(table?.createdBy?.migration.name).toBe('1');
  expect(table?.columns.map(({ name, createdBy }) => [name, createdBy?.migration.name])).toEqual([
    ...['id', 'email', 'name', 'teamId', 'at'].map(name => [name, '1']),
    ['age', '2'],
  ]);
  expect(table?.constraints.map(({ name }) => name)).toEqual(['User_pkey', 'User_teamId_fkey']);
  expect(table?.indexes.map(({ name }) => name)).toEqual(['User_pkey', 'User_email_key']);
});

describe('columns', () => {
  test.each<[string, Block, readonly string[]]>([
    ['a new one', { made: { age: '"age" INTEGER DEFAULT 1' } }, ['add column age integer']],
    [
      'a new one that the INSERT fills',
      { made: { slug: '"slug" TEXT NOT NULL' }, into: `${all}, "slug"`, select: `${all}, lower("email")` },
      ['add column slug text', 'update User all (slug)', 'set not null slug'],
    ],
    ['one that is gone', { made: { name: null }, into: '"id", "email", "teamId", "at"' }, ['drop column name']],
    ['one that is not copied', { into: '"id", "email", "teamId", "at"' }, ['drop column name', 'add column name text']],
    ['one that becomes required', { made: { name: '"name" TEXT NOT NULL' } }, ['set not null name']],
    [
      'one that becomes required with a default',
      {
        made: { name: `"name" TEXT NOT NULL DEFAULT 'x'` },
        select: `"id", "email", coalesce("name", 'x') AS "name", "teamId", "at"`,
      },
      ['update User all (name)', `set default name 'x'`, 'set not null name'],
    ],
    ['one that may be NULL', { made: { email: '"email" TEXT' } }, ['drop not null email']],
    ['one of another type', { made: { name: '"name" INTEGER' } }, ['alter type name text → integer']],
    ['a default that goes', { made: { at: '"at" DATETIME NOT NULL' } }, ['drop default at']],
    [
      'a new name',
      { made: { name: '"title" TEXT' }, into: '"id", "email", "title", "teamId", "at"', select: all },
      ['rename column name → title'],
    ],
    [
      'two of one are no rename',
      {
        made: { name: '"first" TEXT, "last" TEXT' },
        into: '"id", "email", "first", "last", "teamId", "at"',
        select: '"id", "email", "name", "name", "teamId", "at"',
      },
      ['add column first text', 'add column last text', 'update User all (first,last)', 'drop column name'],
    ],
  ])('%s', (_case, given, changes) => {
    expect(changesOf(given)).toEqual(changes);
  });

  test('each has its place: what is new its line, what is gone the head of the CREATE TABLE', () => {
    const sql = block({ made: { name: null, age: '"age" INTEGER NOT NULL' }, into: '"id", "email", "teamId", "at"' });
    const { migrations } = historyOf('sqlite', user, sql);
    const operations = migrations[1]?.statements.flatMap(statement => statement.operations) ?? [];
    const textOf = (kind: string): string | undefined => {
      const span = operations.find(operation => operation.kind === kind)?.span;
      return span && sql.slice(span.start, span.end);
    };
    expect(textOf('add column')).toBe('"age" INTEGER NOT NULL');
    expect(textOf('drop column')).toBe('CREATE TABLE "new_User"');
    expect(textOf('redefine')).toBe('DROP TABLE "User"');
  });
});

describe('constraints', () => {
  const valid = (given: Block): readonly (boolean | undefined)[] =>
    historyOf('sqlite', user, block(given)).migrations[1]?.statements.flatMap(({ operations }) =>
      operations.flatMap(each => (each.kind === 'add constraint' ? [each.constraint.validated] : [])),
    ) ?? [];
  const cascade = columns.foreignKey.replace('SET NULL', 'CASCADE');

  test.each<[string, Block, readonly string[]]>([
    ['under another name they are the same', { made: { foreignKey: columns.foreignKey.replace('User_', 'u_') } }, []],
    ['one that is gone', { made: { foreignKey: null } }, ['drop constraint User_teamId_fkey']],
    [
      'another action',
      { made: { foreignKey: cascade } },
      ['drop constraint User_teamId_fkey', 'add constraint User_teamId_fkey'],
    ],
    ['a CHECK', { made: { check: 'CONSTRAINT "c" CHECK ("id" > 0)' } }, ['add constraint c']],
    ['a unique behind a column', { made: { name: '"name" TEXT UNIQUE' } }, ['add constraint User_name_key']],
    [
      'another key',
      { made: { id: '"id" INTEGER NOT NULL', key: 'PRIMARY KEY ("id", "email")' } },
      ['drop constraint User_pkey', 'add constraint User_pkey'],
    ],
  ])('%s', (_case, given, changes) => {
    expect(changesOf(given)).toEqual(changes);
  });

  test('a foreign key holds the rows that are there only while foreign keys are on', () => {
    expect(valid({ made: { foreignKey: cascade }, keys: 'ON' })).toEqual([true]);
    expect(valid({ made: { foreignKey: cascade }, keys: 'OFF' })).toEqual([false]);
  });
});

describe('other shapes', () => {
  const copied = `INSERT INTO "new_User" SELECT * FROM "User"`;

  test('the rows are chosen', () => {
    expect(changesOf({ from: '"User" WHERE "name" IS NOT NULL', made: { name: '"name" TEXT NOT NULL' } })).toEqual([
      'delete User some ()',
      'update User some (name)',
      'set not null name',
    ]);
  });

  test('SELECT *, and no list of columns', () => {
    const sql = block({ made: { name: '"name" TEXT NOT NULL' } });
    expect(told('sqlite', user, sql.replace(/INSERT[^;]*/, copied))).toContain('set not null name');
    expect(told('sqlite', user, sql.replace(/\((?:"\w+"(?:, )?)+\) SELECT/, 'SELECT'))).toContain('set not null name');
  });

  test('a join tells the columns of the table by its name', () => {
    const given = { made: { slug: '"slug" TEXT NOT NULL' }, into: `${all}, "slug"` };
    const select = 'u."id", u."email", u."name", u."teamId", u."at", t."id"';
    expect(changesOf({ ...given, select, from: '"User" u JOIN "Team" t ON t."id" = u."teamId"' })).toEqual([
      'add column slug text',
      'delete User some ()',
      'update User some (slug)',
      'set not null slug',
    ]);
  });

  test('the old table is renamed first', () => {
    const sql = `ALTER TABLE "User" RENAME TO "User_old";
CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "email" TEXT NOT NULL, "age" INTEGER);
INSERT INTO "User" ("id", "email") SELECT "id", "email" FROM "User_old";
DROP TABLE "User_old";`;
    expect(told('sqlite', user, sql)).toEqual([
      'add column age integer',
      'drop index User_email_key',
      'drop constraint User_teamId_fkey',
      'drop column name',
      'drop column teamId',
      'drop column at',
      'redefine ',
    ]);
  });

  test('what stands in between speaks of the table', () => {
    const sql = block({}).replace('DROP TABLE', `UPDATE "new_User" SET "name" = '';\nDROP TABLE`);
    expect(told('sqlite', user, sql)).toContain('update User all (name)');
  });

  test('what an earlier attempt has left is cleared away', () => {
    expect(told('sqlite', user, `DROP TABLE IF EXISTS "new_User";\n${block({})}`)).toEqual(
      told('sqlite', user, block({})),
    );
  });

  test('twice in one migration', () => {
    const first = block({ made: { age: '"age" INTEGER' } });
    const second = block({ made: { age: '"age" INTEGER NOT NULL' }, into: `${all}, "age"` });
    const sql = `${first}\nUPDATE "User" SET "age" = 1;\n${second}`;
    expect(told('sqlite', user, sql).filter(each => each.includes('age'))).toEqual([
      'add column age integer',
      'update User all (age)',
      'set not null age',
    ]);
  });

  test.each([
    ['of a table that no migration made', '', block({})],
    ['without the rows', user, block({}).replace(/INSERT[^;]*;\n/, '')],
    ['in several steps', user, block({}).replace('DROP TABLE', `${copied};\nDROP TABLE`)],
    ['that ends under another name', user, block({}).replace('RENAME TO "User"', 'RENAME TO "Person"')],
  ])('as before: a block %s', (_case, before, sql) => {
    const operations = told('sqlite', before, sql);
    expect(operations).toContain('create table new_User');
    expect(operations).toContain('drop table User');
  });
});
