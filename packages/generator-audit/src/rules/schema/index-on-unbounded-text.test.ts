import { describe, expect, test } from '@jest/globals';
import type { Catalog } from '@migrate-lint/core';
import { testRule } from '@migrate-lint/core/testing';
import { fixed, fixesOf, flagged, say } from '../../../test/rule.ts';
import { schemaFrom } from '../../testing.ts';
import rule from './index-on-unbounded-text.ts';

const model = (name: string, ...lines: readonly string[]): string =>
  `model ${name} {\n  id Int @id\n  kind Int\n  ${lines.join('\n  ')}\n}\n`;

describe('is silent', () => {
  test.each([
    ['a Hash index', 'message String', '@@index([message], type: Hash)'],
    ['a Gin index', 'message String', '@@index([message(ops: raw("gin_trgm_ops"))], type: Gin)'],
    ['a short varchar', 'message String @db.VarChar(2000)', '@@index([message])'],
    ['an address of at most 2,048 letters', 'sourceUrl String @unique @db.VarChar(2048)', ''],
    ['a condition on the length', 'body String', '@@index([body], where: raw("length(body) < 2000"))'],
    ['a comment that tells a limit', 'message String // max 500 characters', '@@index([message])'],
    ['a documented limit', 'message String @unique /// Truncated to 1 kB.', ''],
    ['a hash of the text', 'contentHash String @unique', ''],
    ['the kind of a text', 'messageType String', '@@index([messageType])'],
    ['an id', 'messageId String', '@@index([messageId])'],
    ['a generated value', 'content String @unique @default(cuid())', ''],
    ['an enum', 'content Content', '@@index([content])'],
    ['a uuid', 'message String @unique @db.Uuid', ''],
    ['an email', 'email String @unique', ''],
    ['a title', 'title String', '@@index([title])'],
    ['an agent that is none of a browser', 'agent String', '@@index([agent])'],
    ['who referred somebody', 'referrer String', '@@index([referrer])'],
    ['an ignored model', 'message String', '@@index([message])\n  @@ignore'],
  ])('with %s', (_, line, index) => {
    expect(flagged(rule, `${model('Thing', line, index)}enum Content {\n  TEXT\n}\n`)).toEqual([]);
  });
  test.each([
    ['Team', 'url'],
    ['Platform', 'url'],
    ['Organisation', 'websiteUrl'],
    ['Webhook', 'url'],
    ['HashedLink', 'link'],
    ['PullRequest', 'url'],
    ['MediaFile', 'href'],
    ['McpServer', 'serverUrl'],
    ['Post', 'releaseURL'],
    ['Tag', 'text'],
    ['Permission', 'description'],
  ])('with a unique on %s.%s, which the project makes itself', (name, column) => {
    expect(flagged(rule, model(name, `${column} String @unique`))).toEqual([]);
  });
  test.each(['mysql', 'sqlite', 'sqlserver', 'cockroachdb'] as const)('on %s', provider => {
    expect(flagged(rule, model('ErrorLog', 'message String @unique'), { provider })).toEqual([]);
  });
  test('where the database has a CHECK on the length', () => {
    const schema = schemaFrom(model('ErrorLog', 'message String', '@@index([message])', '@@map("errors")'));
    const run = (definition: string) => {
      const database = {
        tables: [{ name: 'errors', schema: 'public', checks: [{ definition }] }],
      } as unknown as Catalog;
      return testRule(rule, { facts: { schema, database } });
    };
    expect(run('CHECK ((char_length(message) <= 500))')).toEqual([]);
    expect(run('CHECK ((char_length(title) <= 500))')).toHaveLength(1);
    expect(run("CHECK ((message <> ''::text))")).toHaveLength(1);
  });
  test('with a foreign key', () => {
    const text = `${model('Page', 'sourceUrl String', 'site Site @relation(fields: [sourceUrl], references: [address])', '@@index([sourceUrl])')}
model Site {
  address String @id
  pages   Page[]
}`;
    expect(flagged(rule, text)).toEqual([]);
  });
});

describe('speaks', () => {
  test('of an index and of a unique', () => {
    expect(say(rule, model('ErrorLog', 'message String', '@@index([message])'))).toEqual([
      'ErrorLog.@@index([message]): `ErrorLog.message` has no limit in the database, and a value that has more than 2,692 bytes after compression makes the INSERT fail, because the index takes no more.',
    ]);
    expect(say(rule, model('Memory', 'content String', '@@unique([kind, content])'))[0]).toContain(
      'because the unique',
    );
  });
  test.each([
    ['Session', 'userAgent'],
    ['Device', 'user_agent'],
    ['Job', 'stackTrace'],
    ['Product', 'description'],
    ['Reply', 'lastMessage'],
    ['Click', 'link'],
    ['PageView', 'pageUrl'],
    ['Bookmark', 'url'],
    ['ShortLink', 'originalUrl'],
    ['Recipe', 'sourceUrl'],
    ['RuntimeMediaCache', 'url'],
    ['Visit', 'referrer'],
    ['PreviewCard', 'url'],
  ])('of %s.%s', (name, column) => {
    expect(flagged(rule, model(name, `${column} String?`, `@@index([kind, ${column}])`))).toHaveLength(1);
  });
  test.each(['message String @db.Text', 'message String @db.Citext', 'message String @db.VarChar'])('of %s', line => {
    expect(flagged(rule, model('Thing', line, '@@index([message])'))).toHaveLength(1);
  });
  test('of any column that says itself that it may be longer, and of an id', () => {
    expect(say(rule, model('Team', 'url String @unique @db.VarChar(4000)'))[0]).toContain('may have 4000 characters');
    expect(flagged(rule, 'model Page {\n  sourceUrl String @id\n}')).toHaveLength(1);
  });
  test('of the further names of the option', () => {
    const text = model('Song', 'songLyrics String', '@@index([songLyrics])');
    expect(flagged(rule, text, { options: { columns: ['lyrics'] } })).toHaveLength(1);
  });
});

describe('the fix', () => {
  test('makes a Hash index, which does not sort', async () => {
    const text = model('ErrorLog', 'message String', 'body String', '@@index([message])', '@@index([body], map: "b")');
    expect(fixesOf(rule, text).map(({ safety }) => safety)).toEqual(['unsafe', 'unsafe']);
    const result = await fixed(rule, text);
    expect(result).toContain('  @@index([message], type: Hash)\n  @@index([body], map: "b", type: Hash)\n');
  });
  test.each(['@@index([kind, message])', '@@unique([message])', '@@index([message(sort: Desc)])'])(
    'is missing for %s',
    index => {
      expect(fixesOf(rule, model('ErrorLog', 'message String', index))).toEqual([]);
    },
  );
});
