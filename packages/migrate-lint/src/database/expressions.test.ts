import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadParser } from '../migrations/parser.ts';
import { readExpression } from './expressions.ts';

beforeAll(loadParser);

describe('what is always so', () => {
  test.each(['true', '(true AND (1 = 1))', '(owner_id IS NULL) OR true', 'NOT false', 'CHECK (true)'])('%s', sql => {
    expect(readExpression(sql)).toMatchObject({ alwaysTrue: true, alwaysFalse: false });
  });

  test.each(['false', 'NULL::boolean', '(1 = 2)', '(false AND (owner_id = 1))', 'NOT (1 = 1)'])('%s', sql => {
    expect(readExpression(sql)).toMatchObject({ alwaysTrue: false, alwaysFalse: true });
  });

  test.each([
    '(id = id)',
    'active',
    '(auth.uid() IS NOT NULL)',
    '(true AND active)',
    'NOT active',
    'is not sql at all',
  ])('neither: %s', sql => {
    expect(readExpression(sql)).toMatchObject({ alwaysTrue: false, alwaysFalse: false });
  });
});

describe('own columns', () => {
  test.each([
    ['(auth.uid() = owner_id)', ['owner_id']],
    ['("Owner".* IS NOT NULL)', ['*']],
    [
      '((EXISTS ( SELECT 1 FROM members m WHERE ((m.org_id = posts.org_id) AND (m.role = $$a$$::text)))) OR public)',
      ['org_id', 'public'],
    ],
    // The alias hides the table of the same name.
    ['(id IN ( SELECT posts.post_id FROM other posts))', ['id']],
    ['(id IN ( WITH mine AS (SELECT m.id FROM members m) SELECT mine.id FROM mine))', ['id']],
    [
      '(EXISTS ( SELECT 1 FROM (a JOIN b ON ((a.id = b.a_id))) WHERE (b.x = t.y) UNION SELECT 1 FROM c WHERE (c.z = t.w)))',
      ['y', 'w'],
    ],
  ])('%s', (sql, columns) => {
    expect([...readExpression(sql).columns].sort()).toEqual([...columns].sort());
  });

  test('and what the sub-SELECTs read', () => {
    const sql =
      '(id IN ( WITH mine AS (SELECT m.id FROM app.members m) SELECT mine.id FROM (mine JOIN posts ON (true))))';
    expect(readExpression(sql).reads).toEqual(['app.members', 'posts']);
  });
});

describe('calls', () => {
  const calls = (sql: string) =>
    readExpression(sql).calls.map(({ name, repeated, inSubselect }) => [name, repeated, inSubselect]);

  test.each([
    ['(auth.uid() = owner_id)', [['auth.uid', true, false]]],
    ['(( SELECT auth.uid() AS uid) = owner_id)', [['auth.uid', false, true]]],
    ['is_member(org_id)', [['is_member', false, false]]],
    ["((CURRENT_USER)::text = 'app'::text)", [['current_user', true, false]]],
    // Postgres runs the first of these once for all rows, the second for every row.
    ['(org_id IN ( SELECT m.org_id FROM members m WHERE (m.user_id = auth.uid())))', [['auth.uid', false, true]]],
    [
      '(EXISTS ( SELECT 1 FROM members m WHERE ((m.user_id = auth.uid()) AND (m.org_id = posts.org_id))))',
      [['auth.uid', true, true]],
    ],
    [
      '(EXISTS ( SELECT 1 FROM members m WHERE ((m.user_id = ( SELECT auth.uid() AS uid)) AND (m.org_id = posts.org_id))))',
      [['auth.uid', false, true]],
    ],
    ['(( SELECT count(*) AS count FROM m WHERE (m.a = t.a)) > 1)', [['count', false, true]]],
  ])('%s', (sql, expected) => {
    expect(calls(sql)).toEqual(expected);
  });

  test('tell their arguments', () => {
    expect(readExpression("pg_catalog.may('edit'::text, -1, NULL::text, kind)").calls).toEqual([
      { name: 'may', constants: ['edit', '-1', null], columns: ['kind'], inSubselect: false, repeated: false },
    ]);
  });

  test.each([
    ['(auth.uid() = owner_id)', '((SELECT auth.uid()) = owner_id)'],
    [
      "((owner = (current_setting('app.(id'::text, true))::uuid) AND (CURRENT_USER = 'é'))",
      "((owner = ((SELECT current_setting('app.(id'::text, true)))::uuid) AND ((SELECT CURRENT_USER) = 'é'))",
    ],
    [
      '((name = \'é🙂\') AND ("My"."f("() = outer_of(inner_of())))',
      '((name = \'é🙂\') AND ((SELECT "My"."f("()) = (SELECT outer_of(inner_of()))))',
    ],
  ])('%s, wrapped', (sql, expected) => {
    const { calls, wrapping } = readExpression(sql);
    expect(wrapping(calls)).toBe(expected);
  });
});

describe('comparisons', () => {
  const say = (sql: string) =>
    readExpression(sql).comparisons.map(
      ({ column, operator, constants, columns, calls, required }) =>
        `${column} ${operator} ${[...constants.map(String), ...columns, ...calls].join()}${required ? '' : '?'}`,
    );

  test.each([
    [
      "CHECK (((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))) NOT VALID",
      ['status in a,b'],
    ],
    ["(status <> ALL (ARRAY['a'::text, NULL::text]))", ['status not in a,null']],
    ['((amount >= 0) AND (100 > amount))', ['amount >= 0', 'amount < 100']],
    ["((amount > (0)::numeric) OR (kind = 'refund'::text))", ['amount > 0?', 'kind = refund?']],
    ['(starts_at < ends_at)', ['starts_at < ends_at']],
    ['((paid_at IS NULL) = (NOT paid))', ['paid_at is null ?']],
    ['(active AND (NOT (hidden OR (level IS NULL))))', ['active = true', 'hidden <> true', 'level is not null ']],
    ['(auth.uid() = owner_id)', ['owner_id = auth.uid']],
    ['(org_id IN ( SELECT m.org_id FROM members m WHERE (m.user_id = auth.uid())))', ['org_id in auth.uid']],
    ['(EXISTS ( SELECT 1 FROM members m WHERE (m.org_id = posts.org_id)))', ['org_id = ?']],
    ['(lower(email) = email)', ['email = email,lower']],
    ["('admin'::text = ANY (roles))", []],
    ['CASE WHEN draft THEN (owner = 1) ELSE true END', ['owner = 1?']],
  ])('%s', (sql, expected) => {
    expect(say(sql)).toEqual(expected);
  });
});
