import { describe, expect, test } from '@jest/globals';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
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
  test('on MongoDB', () => {
    expect(flagged(rule, user + model('userId Int'), { provider: 'mongodb' })).toEqual([]);
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
