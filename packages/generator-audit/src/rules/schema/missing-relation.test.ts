import { describe, expect, test } from '@jest/globals';
import type { Migrations, Statement, Touch } from '@migrate-lint/core';
import { testRule } from '@migrate-lint/core/testing';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import { buildSchema } from '../../source/build.ts';
import rule from './missing-relation.ts';

const user = 'model User {\n  id Int @id\n}\n';
const model = (line: string, name = 'Post'): string => `model ${name} {\n  id Int @id\n  ${line}\n}\n`;

describe('speaks', () => {
  test('of a key by its name, and says what follows', () => {
    expect(say(rule, user + model('userId Int'))).toEqual([
      'Post.userId: `Post.userId` holds the key of `User` without a relation, so the database accepts any value and keeps the row when its `User` is deleted.',
    ]);
  });
  test('says something else where the database holds no foreign keys', () => {
    expect(say(rule, user + model('userId Int'), { relationMode: 'prisma' })[0]).toContain(
      'so nothing happens to the row when its `User` is deleted.',
    );
  });
  test.each([
    ['userId Int', undefined, 'high'],
    ['userId Int', 'prisma', 'medium'],
    ['createdByUserId Int?', undefined, 'medium'],
    ['createdByUserId Int', undefined, 'high'],
    ['approvedByUserId Int?', undefined, 'high'],
  ])('of %s with relation mode %s as %s', (line, mode, level) => {
    const relationMode = mode === undefined ? '' : `  relationMode = "${mode}"\n`;
    const text = `${user}${model(line)}datasource db {\n  provider = "postgresql"\n${relationMode}}\n`;
    const schema = buildSchema([{ path: 'schema.prisma', text }]);
    expect(testRule(rule, { facts: { schema } })).toMatchObject([{ level }]);
  });
  test.each([
    'user_id Int',
    'userID Int?',
    'userUid Int',
    'createdByUserId Int',
    'parentUserId Int',
    'userId Int @unique',
  ])('of %s', line => {
    expect(flagged(rule, user + model(line))).toHaveLength(1);
  });
  test('of a model whose name is a plural', () => {
    expect(flagged(rule, user.replace('User', 'users') + model('user_id Int'))).toEqual(['Post.user_id']);
  });
  test.each([
    'ownerId String // link to User',
    '/// Link to User\n  autoReleaseJobId String?',
    'reconciledBy String // FK -> User',
    'groupId String // references the User',
  ])('of a comment that says so: %s', line => {
    expect(flagged(rule, user.replace('Int', 'String') + model(line))).toHaveLength(1);
  });
  test('of who did it, when the type is that of an id', () => {
    const text = user.replace('id Int', 'id String @db.Uuid') + model('reconciledBy String? @db.Uuid');
    expect(flagged(rule, text)).toEqual(['Post.reconciledBy']);
  });
  test('of a role that is a relation in two other models', () => {
    const other = (name: string, field: string): string =>
      model(`creatorId Int\n  creator User @relation("${name}", fields: [creatorId], references: [id])`, name) + field;
    const text = `model User {\n  id Int @id\n  as A[] @relation("A")\n  bs B[] @relation("B")\n}\n`;
    expect(flagged(rule, text + other('A', '') + other('B', '') + model('creatorId Int'))).toEqual(['Post.creatorId']);
    expect(
      flagged(rule, text.replace('  bs B[] @relation("B")\n', '') + other('A', '') + model('creatorId Int')),
    ).toEqual([]);
  });
  test('of a uuid of a session that is a relation elsewhere', () => {
    const session = 'model Session {\n  id String @id @db.Uuid\n  events Event[]\n}\n';
    const event = model(
      'sessionId String @db.Uuid\n  session Session @relation(fields: [sessionId], references: [id])',
      'Event',
    );
    expect(flagged(rule, session + event + model('sessionId String @db.Uuid'))).toEqual(['Post.sessionId']);
  });
});

describe('is silent', () => {
  test('with a relation', () => {
    const text = 'model User {\n  id Int @id\n  posts Post[]\n}\n';
    expect(
      flagged(rule, text + model('userId Int\n  user User @relation(fields: [userId], references: [id])')),
    ).toEqual([]);
  });
  test.each([
    'authorId Int',
    'ownerId Int',
    'customerId Int',
    'userIds Int[]',
    'userId String',
    'userId BigInt',
    'userCount Int',
    'userId Unsupported("integer")',
    'userId Int @ignore',
    'createdBy Int',
    'sortedBy String',
    'userId Int\n  userType String',
    'userId Int // no FK: the user may be gone',
    '/// soft reference, the user lives in another database\n  userId Int',
    '// denormalized for the list view\n  userId Int',
    '// scope, plain columns without a relation\n  tenantId Int\n  userId Int',
    'userId Int\n  @@ignore',
  ])('with %s', line => {
    expect(flagged(rule, user + model(line))).toEqual([]);
  });
  test.each(['AuditLog', 'UserHistory', 'WebsiteEvent', 'BillingSnapshot'])('of the trail %s', name => {
    expect(flagged(rule, user + model('userId Int', name))).toEqual([]);
  });
  test('of a calendar event there is something to say', () => {
    expect(flagged(rule, user + model('userId Int', 'CalendarEvent'))).toEqual(['CalendarEvent.userId']);
  });
  test.each([
    ['Customer', 'stripeCustomerId'],
    ['Account', 'providerAccountId'],
    ['Session', 'sessionId'],
    ['Device', 'deviceId'],
    ['Request', 'requestId'],
    ['Client', 'clientId'],
  ])('of ids of other systems although there is a model %s', (name, field) => {
    const target = `model ${name} {\n  id String @id\n}\n`;
    expect(flagged(rule, target + model(`${field} String`))).toEqual([]);
  });
  test.each([
    'externalId String',
    'correlationId String',
    'entityType String\n  entityId String',
    'organizationId String',
  ])('where no model has the name: %s', line => {
    expect(flagged(rule, user + model(line))).toEqual([]);
  });
  test('of a native type that is not the one of the id', () => {
    const uuid = user.replace('id Int', 'id String @db.Uuid');
    expect(flagged(rule, uuid + model('userId String'))).toEqual([]);
    expect(flagged(rule, uuid + model('userId String @db.Uuid'))).toEqual(['Post.userId']);
  });
  test('of a model whose id has two columns', () => {
    const pair = 'model User {\n  id Int\n  orgId Int\n  @@id([id, orgId])\n}\n';
    expect(flagged(rule, pair + model('userId Int'))).toEqual([]);
  });
  test('of a copy of an outside thing, which either id may mean', () => {
    const label = 'model Label {\n  id String @id\n  gmailLabelId String\n}\n';
    expect(flagged(rule, label + model('labelId String'))).toEqual([]);
  });
  test('of a key that the other model has under the same name', () => {
    const plugin = 'model Plugin {\n  id String @id\n  pluginId String @unique\n}\n';
    expect(flagged(rule, plugin + model('pluginId String', 'PluginVersion'))).toEqual([]);
  });
  test('of a login at another system', () => {
    const target = 'model Team {\n  id String @id\n}\n';
    expect(flagged(rule, target + model('teamId String\n  teamSecret String'))).toEqual([]);
  });
  test('of a model that names itself', () => {
    expect(flagged(rule, 'model Job {\n  id String @id\n  jobId String\n}\n')).toEqual([]);
  });
  test.each([
    '// deprecated, kept until the rows have moved\n  userId Int',
    'userId Int @default(0) // 0 is nobody',
    'userId Int @default(-1)',
    '// TODO: remove after the migration\n  userId Int',
    '/// Plain column ref; the service checks it\n  userId Int',
    '// these rows have no FK, a worker cleans them up\n  at DateTime\n  userId Int',
    'userId Int\n  // These rows have no FK\n  at DateTime',
  ])('of a key that its owner wants so: %s', line => {
    expect(flagged(rule, user + model(line))).toEqual([]);
  });
  test.each(['BookingDenormalized', 'AggSale', 'CalendarCache', 'DeletedRow', 'CumulatedMetrics', 'UserStats'])(
    'of the derived table %s',
    name => {
      expect(flagged(rule, user + model('userId Int', name))).toEqual([]);
    },
  );
  test('of a model that is on its way out', () => {
    expect(flagged(rule, `${user}// Deprecated in favor of Balance2\n${model('userId Int', 'Balance')}`)).toEqual([]);
    expect(flagged(rule, `${user}// Replaces the deprecated balance\n${model('userId Int', 'Balance')}`)).toHaveLength(
      1,
    );
  });
  test('where a comment says that the schema has no foreign keys', () => {
    const other = model('// consistent with the no-foreign-key-constraints convention\n  scope String', 'Budget');
    expect(flagged(rule, user + model('userId Int') + other)).toEqual([]);
  });
  test('of the left-over key of a one-to-one relation that the other side holds', () => {
    const held = model('user User @relation(fields: [userId], references: [id])\n  userId Int @unique', 'Profile');
    const half = user.replace('}', '  profileId Int?\n  profile Profile?\n}');
    expect(flagged(rule, half + held)).toEqual([]);
    const several = user.replace('}', '  profileId Int?\n  profiles Profile[]\n}');
    expect(flagged(rule, several + held.replace(' @unique', ''))).toEqual(['User.profileId']);
  });
  test.each([
    ['Team', 'Cascade', []],
    ['Team', 'Restrict', ['Task.TeamId']],
    ['User', 'Cascade', ['Task.UserId']],
  ])('of the key of a %s that the owner has too, and %s', (name, action, said) => {
    const target = `model ${name} {\n  id Int @id\n  projects Project[]\n}\n`;
    const owner = model(
      `owner ${name} @relation(fields: [${name}Id], references: [id], onDelete: Cascade)\n  ${name}Id Int\n  tasks Task[]`,
      'Project',
    );
    const row = model(
      `project Project @relation(fields: [projectId], references: [id], onDelete: ${action})\n  projectId Int\n  ${name}Id Int`,
      'Task',
    );
    expect(flagged(rule, target + owner + row)).toEqual(said);
  });
  test('of two copies of outside things, which come in any order', () => {
    const copy = (name: string, line: string): string => `model ${name} {\n  id String @id\n  ${line}\n}\n`;
    const own =
      'model Own {\n  id String @id @default(cuid())\n}\nmodel Other {\n  id String @id @default(cuid())\n}\n' + user;
    const text = copy('Price', 'amount Int') + copy('Product', 'defaultPriceId String?');
    expect(flagged(rule, own + text)).toEqual([]);
    // Where no id has a default, the program makes them all.
    expect(flagged(rule, text)).toEqual(['Product.defaultPriceId']);
  });
  test('on MongoDB', () => {
    expect(flagged(rule, user + model('userId Int'), { provider: 'mongodb' })).toEqual([]);
  });
});

describe('beside a history', () => {
  const text = user + model('userId Int');
  const others = ['A', 'B', 'C'].map(name => model('userId Int', name)).join('');
  /** Each touch is a statement of a migration of its own, in this order. */
  const withTouches = (models: string, touches: Readonly<Record<string, string>>): readonly string[] => {
    const schema = buildSchema([
      { path: 'schema.prisma', text: `${models}datasource db {\n  provider = "postgresql"\n}\n` },
    ]);
    const known = new Map(
      Object.entries(touches).map(([what, action], at) => {
        const statement = { migration: { name: String(at) }, span: { start: 0 } } as unknown as Statement;
        return [what, { action, statement } as Touch];
      }),
    );
    const migrations = { lastTouch: (kind, path) => known.get(`${kind} ${path}`) } as Partial<Migrations> as Migrations;
    return testRule(rule, { facts: { schema, migrations } }).map(({ subject }) => subject);
  };

  test.each([
    ['drops the foreign key', { 'constraint Post.Post_userId_fkey': 'dropped' }, []],
    ['makes the foreign key, which drift tells', { 'constraint Post.Post_userId_fkey': 'created' }, []],
    ['makes a view of the table', { 'view Post': 'created' }, []],
    ['makes the table of a view', { 'view Post': 'dropped' }, ['Post.userId']],
    ['says nothing of it', { 'constraint Post.Post_otherId_fkey': 'dropped' }, ['Post.userId']],
  ])('that %s', (_, touches, said) => {
    expect(withTouches(text, touches)).toEqual(said);
  });
  test('that drops the foreign key with a column, and makes the column again, it speaks', () => {
    const touches = { 'constraint Post.Post_userId_fkey': 'dropped', 'column Post.userId': 'created' };
    expect(withTouches(text, touches)).toEqual(['Post.userId']);
  });
  test('that drops the foreign keys of such columns in three tables it leaves the fourth alone', () => {
    const dropped = (...names: string[]): Record<string, string> =>
      Object.fromEntries(names.map(name => [`constraint ${name}.${name}_userId_fkey`, 'dropped']));
    expect(withTouches(text + others, dropped('A', 'B', 'C'))).toEqual([]);
    expect(withTouches(text + others, dropped('A', 'B'))).toEqual(['Post.userId', 'C.userId']);
    const [relations, sides] = [1, 2, 3].reduce(
      ([all, lists], at) => [
        `${all}${model(`user User @relation(fields: [userId], references: [id])\n  userId Int`, `R${at}`)}`,
        `${lists}  r${at} R${at}[]\n`,
      ],
      ['', ''],
    );
    const kept = text.replace('}', `${sides}}`) + relations;
    expect(withTouches(kept + others, dropped('A', 'B', 'C'))).toEqual(['Post.userId']);
  });
  test('that drops all foreign keys of the table it leaves the table alone', () => {
    const run = model(
      'userId Int\n  a A @relation(fields: [aId], references: [id])\n  aId Int\n  b B @relation(fields: [bId], references: [id])\n  bId Int',
    );
    const sides = 'model A {\n  id Int @id\n  posts Post[]\n}\nmodel B {\n  id Int @id\n  posts Post[]\n}\n';
    const first = { 'constraint Post.Post_aId_fkey': 'dropped' };
    expect(withTouches(user + sides + run, { ...first, 'constraint Post.Post_bId_fkey': 'dropped' })).toEqual([]);
    expect(withTouches(user + sides + run, first)).toEqual(['Post.userId']);
  });
  test('it knows the names of the database', () => {
    const mapped = user + model('userId Int @map("user_id")\n  @@map("posts")');
    expect(withTouches(mapped, { 'constraint posts.posts_user_id_fkey': 'dropped' })).toEqual([]);
  });
});

describe('the fix', () => {
  test('adds both sides', async () => {
    const text = await fixed(rule, user + model('userId Int'));
    expect(text).toMatch(/user +User +@relation\(fields: \[userId\], references: \[id\]\)/);
    expect(text).toMatch(/posts +Post\[\]/);
  });
  test('is optional where the column is, and single where it is unique', async () => {
    const text = await fixed(rule, user + model('userId Int? @unique', 'Category'));
    expect(text).toMatch(/user +User\? +@relation/);
    expect(text).toMatch(/category +Category\?/);
  });
  test('names several relations between two models, and keeps the case style', async () => {
    const text = await fixed(
      rule,
      user + model('user_id Int\n  created_by_user_id Int\n  from_user_id Int?', 'Category'),
    );
    expect(text).toMatch(/categories +Category\[\]/);
    expect(text).toMatch(/categories_by_from_user +Category\[\] +@relation\("Category_from_user_id"\)/);
    expect(text).toMatch(/created_by_user +User +@relation\("Category_created_by_user_id", fields/);
  });
  test('goes out of the way of fields that are there', async () => {
    const text = await fixed(rule, user.replace('}', '  posts String?\n}') + model('userId Int\n  user String'));
    expect(text).toMatch(/userRecord +User +@relation/);
    expect(text).toMatch(/postsByUser +Post\[\]/);
  });
  test('names a second relation between the models', async () => {
    const first = 'model User {\n  id Int @id\n  posts Post[]\n}\n';
    const text = await fixed(
      rule,
      first + model('authorId Int\n  author User @relation(fields: [authorId], references: [id])\n  userId Int'),
    );
    expect(text).toMatch(/postsByUser +Post\[\] +@relation\("Post_userId"\)/);
  });
  test('is not safe, because orphans would stop the migration', () => {
    expect(fixesOf(rule, user + model('userId Int'))).toMatchObject([{ safety: 'unsafe' }]);
  });
});
