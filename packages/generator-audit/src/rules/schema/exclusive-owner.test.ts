import { describe, expect, test } from '@jest/globals';
import { createCatalog } from '@migrate-lint/core';
import { testRule } from '@migrate-lint/core/testing';
import { schemaFrom } from '../../testing.ts';
import { fixesOf, flagged, say } from '../../../test/rule.ts';
import rule from './exclusive-owner.ts';

interface Shape {
  readonly name?: string;
  /** Of the relations, with `?` where they are optional. */
  readonly to: readonly string[];
  readonly onDelete?: string;
  readonly lines?: readonly string[];
  readonly above?: string;
  readonly rest?: string;
}

const models = ({ name = 'Link', to, onDelete = 'Cascade', lines = [], above = '', rest = '' }: Shape): string => {
  const targets = to.map(each => ({ target: each.replace('?', ''), mark: each.endsWith('?') ? '?' : '' }));
  const keys = targets.flatMap(({ target, mark }) => [
    `${target.toLowerCase()}Id Int${mark}`,
    `${target.toLowerCase()} ${target}${mark} @relation(fields: [${target.toLowerCase()}Id], references: [id], onDelete: ${onDelete})`,
  ]);
  const others = targets.map(({ target }) => `model ${target} {\n  id Int @id\n  rows ${name}[]\n}\n`);
  return `${above}\nmodel ${name} {\n  id Int @id\n  ${[...keys, ...lines].join('\n  ')}\n}\n${others.join('')}${rest}`;
};
const scope = (...values: readonly string[]): Shape => ({
  to: ['Project?', 'Org?'],
  onDelete: 'SetNull',
  lines: ['scope Scope'],
  rest: `enum Scope {\n  ${values.join('\n  ')}\n}\n`,
});
const uniques = ['@@unique([userId])', '@@unique([teamId])'];
const owned: Shape = { to: ['User?', 'Team?'], lines: uniques };
const maker = ['madeBy Int?', 'maker User? @relation("m", fields: [madeBy], references: [id])'];
const writer = [
  'authorId Int?',
  'author User? @relation("w", fields: [authorId], references: [id], onDelete: Cascade)',
];

describe('is silent', () => {
  test.each<[string, Shape]>([
    ['with one owner', { to: ['User?'] }],
    ['with a required owner', { to: ['User?', 'Team'] }],
    ['with two things that have nothing in common', { to: ['Webhook?', 'Booking?'] }],
    ['with things that do not take the row along', { to: ['Post?', 'Video?', 'Page?'], onDelete: 'SetNull' }],
    [
      'with parts of the row',
      { to: ['Post?', 'Page?'], onDelete: 'SetNull', lines: ['@@unique([postId])', '@@unique([pageId])'] },
    ],
    ['with a person who may have made the row of the group', { to: ['User?', 'Team?'] }],
    ['with one unique', { to: ['User?', 'Team?'], lines: ['@@unique([userId])'] }],
    ['with a person beside a thing', { to: ['User?', 'Post?'] }],
    ['with a person beside two groups', { to: ['User?', 'Team?', 'Company?'] }],
    [
      'with who did something',
      { to: ['Team?'], lines: writer, rest: 'model User {\n  id Int @id\n  rows Link[] @relation("w")\n}' },
    ],
    ['with what people do', { ...owned, name: 'Survey' }],
    ['with a login elsewhere', { ...owned, name: 'SsoProvider' }],
    ['where a comment speaks of a check', { ...owned, above: '/// CHECK-constrained in SQL' }],
    ['where a comment allows both', { ...owned, above: '// both may be set' }],
    [
      'with a comment on something else',
      { to: ['Post?', 'Video?', 'Page'], lines: ['a Int? // either post or video'] },
    ],
    ['with an enum that names no owners', scope('PUBLIC', 'PRIVATE')],
    ['of an ignored model', { ...owned, lines: [...uniques, '@@ignore'] }],
  ])('%s', (_, shape) => {
    expect(flagged(rule, models(shape))).toEqual([]);
  });

  test('where one thing leads to the other', () => {
    const text = models({ to: ['Folder?', 'Room?'], lines: ['@@unique([folderId])', '@@unique([roomId])'] });
    const inRoom =
      'roomId Int\n  room Room @relation(fields: [roomId], references: [id])\n  rows Link[]\n}\nmodel Room {\n  folders Folder[]';
    expect(flagged(rule, text.replace('rows Link[]\n}\nmodel Room {', inRoom))).toEqual([]);
    expect(flagged(rule, text)).toEqual(['Link']);
  });
  test('where the database has a CHECK on the columns', () => {
    const empty = {
      enums: [],
      sequences: [],
      views: [],
      functions: [],
      domains: [],
      compositeTypes: [],
      extensions: [],
      grants: [],
    };
    const lists = { columns: [], indexes: [], foreignKeys: [], exclusions: [], triggers: [], policies: [] };
    const flags = {
      kind: 'table',
      unlogged: false,
      rowSecurity: false,
      forceRowSecurity: false,
      comment: null,
    } as const;
    const withCheck = (definition: string) =>
      createCatalog({
        ...empty,
        tables: [
          { schema: 'public', name: 'Link', ...flags, ...lists, checks: [{ name: 'c', validated: true, definition }] },
        ],
      });
    const run = (definition: string) =>
      testRule(rule, {
        facts: { schema: schemaFrom(models(owned)), database: withCheck(definition) },
      });
    expect(run('CHECK ((num_nonnulls("userId", "teamId") = 1))')).toEqual([]);
    expect(run('CHECK (("userId" > 0))')).toHaveLength(1);
  });
});

describe('speaks', () => {
  test('of a person and a group', () => {
    expect(say(rule, models(owned))).toEqual([
      'Link: A row of `Link` should have either `user` or `team`, but the database takes rows with several of them and with none.',
    ]);
  });
  test.each<[string, Shape]>([
    ['three things that take the row along', { to: ['Post?', 'Video?', 'Page?'] }],
    ['two things of like names', { to: ['LiveQuiz?', 'PracticeQuiz?'] }],
    ['twin uniques', { to: ['User?', 'Team?'], lines: ['n Int', '@@unique([userId, n])', '@@unique([n, teamId])'] }],
    ['a name that says so', { name: 'Ownership', to: ['User?', 'Team?'] }],
    ['a relation of its own for who made it', { to: ['User?', 'Team?'], lines: maker, rest: '' }],
    ['an enum that names the owners', scope('PROJECT', 'ORG')],
    ['a comment on the model', { to: ['Post?', 'Video', 'Page?'], above: '/// Exactly one of post and page is set' }],
    [
      'a comment on a key',
      { to: ['Post?', 'Page?'], onDelete: 'SetNull', lines: ['x Int // either postId or pageId'] },
    ],
  ])('with %s', (_, shape) => {
    expect(flagged(rule, models(shape))).toEqual([shape.name ?? 'Link']);
  });
  test('of one at most, where rows of nobody are meant too', () => {
    expect(say(rule, models(scope('PROJECT', 'ORG', 'GLOBAL')))[0]).toContain('should not have more than one of');
    expect(say(rule, models({ ...owned, lines: [...uniques, 'isSystem Boolean'] }))[0]).toContain('more than one of');
  });
});

describe('the fix', () => {
  test('is a CHECK that is validated apart, behind the query that finds what does not fit', () => {
    const text = models({ ...owned, lines: [...uniques, '@@map("my\\"links")', '@@schema("app")'] });
    expect(fixesOf(rule, text)).toMatchObject([
      {
        safety: 'unsafe',
        sql: `-- Rows that do not fit: SELECT * FROM "app"."my""links" WHERE NOT (num_nonnulls("userId", "teamId") = 1);
ALTER TABLE "app"."my""links" ADD CONSTRAINT "my""links_one_owner" CHECK (num_nonnulls("userId", "teamId") = 1) NOT VALID;
ALTER TABLE "app"."my""links" VALIDATE CONSTRAINT "my""links_one_owner";`,
      },
    ]);
  });
  test('allows none where that is meant, and is for Postgres', () => {
    expect(fixesOf(rule, models(scope('PROJECT', 'ORG', 'GLOBAL')))[0]?.sql).toContain(') <= 1)');
    expect(fixesOf(rule, models(owned), { provider: 'mysql' })).toEqual([]);
  });
});
