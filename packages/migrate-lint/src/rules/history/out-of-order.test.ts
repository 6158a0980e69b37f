import { expect, test } from '@jest/globals';
import { testRule } from '@migrate-lint/core/testing';
import { appliedFacts, type AppliedText } from '../../../test/applied-testing.ts';
import { gitTesting, migrations } from '../../../test/git-testing.ts';
import rule from './out-of-order.ts';

const { repository } = gitTesting();
const base = { '20260101000000_init': 'SELECT 1;', '20260120000000_name': 'SELECT 2;' };

function said(text: AppliedText): readonly string[] {
  return testRule(rule, { facts: appliedFacts(text) }).map(
    ({ level, subject, message }) => `${level} ${subject}: ${message}`,
  );
}

const sentence =
  'medium 20260110000000_phone: The migration `20260110000000_phone` sorts before `20260120000000_name`, which `main` already has, so it runs after that one where it is applied and before it on a new database.';

test('is silent behind all others, and where nothing is known to be applied', () => {
  expect(said({ here: { ...base, '20260121000000_phone': '' }, base })).toEqual([]);
  expect(said({ here: { ...base, '20260110000000_phone': '' } })).toEqual([]);
  expect(said({ here: { '20260110000000_phone': '' }, base: {} })).toEqual([]);
});

test('is silent of a squash', () => {
  expect(said({ here: { '0_init': '', '20260120000000_name': 'SELECT 2;' }, base })).toEqual([]);
  expect(said({ here: { '20260101000000_squashed': '' }, base })).toEqual([]);
});

test('is silent behind one whose time is in the future, or that has no number', () => {
  const odd = { ...base, '20990101000000_future': '', zz_last: '' };
  expect(said({ here: { ...odd, '20260601000000_phone': '' }, base: odd })).toEqual([]);
});

test('is silent of one that was applied under another name', () => {
  const [first = ''] = Object.keys(base);
  const here = { [first]: 'SELECT 1;', '20260110000000_name': 'SELECT 2;', '20260130000000_end': '' };
  expect(said({ here, base: { ...base, '20260130000000_end': '' } })).toEqual([]);
});

test('names the last of those that come behind it', () => {
  const here = { '20260110000000_phone': '', ...base };
  expect(said({ here, base })).toEqual([sentence.replace('medium', 'low')]);
});

test('knows what main got since the branch left it, and what the database has', async () => {
  const made = await repository();
  await made.write(migrations({ '20260101000000_init': 'SELECT 1;' }));
  made.commit();
  made.git('switch', '--quiet', '--create', 'feature');
  await made.write(migrations({ '20260110000000_phone': 'SELECT 1;' }));
  made.commit();
  expect(await made.say([rule])).toEqual([]);
  made.git('switch', '--quiet', 'main');
  await made.write(migrations({ '20260120000000_name': 'SELECT 2;' }));
  made.commit();
  made.git('switch', '--quiet', 'feature');
  expect(await made.say([rule])).toEqual([sentence]);
  const rows = [{ name: '20260120000000_name', checksum: 'x', state: 'applied' }] as const;
  expect(said({ here: { '20260110000000_phone': '', '20260120000000_name': '' }, rows })).toEqual([
    sentence.replace('`main`', 'the database').replace('medium', 'low'),
  ]);
});

test('is low where the two have nothing to do with each other', async () => {
  const init = 'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int);';
  const late = async (sql: string, other: string): Promise<string | undefined> => {
    const made = await repository();
    await made.write(migrations({ '20260101000000_init': init, '20260120000000_name': other }));
    made.commit();
    made.git('switch', '--quiet', '--create', 'feature');
    await made.write(migrations({ '20260110000000_phone': sql }));
    return (await made.say([rule]))[0]?.split(' ')[0];
  };
  const other = 'ALTER TABLE b ADD COLUMN name text;';
  expect(await late('ALTER TABLE a ADD COLUMN phone text;', other)).toBe('low');
  expect(await late('CREATE TABLE c (id int);', other)).toBe('low');
  expect(await late('ALTER TABLE b ADD COLUMN phone text;', other)).toBe('medium');
  expect(await late('UPDATE b SET id = 1;', other)).toBe('medium');
  expect(await late('CREATE TABLE c (id int REFERENCES a);', 'ALTER TABLE a ADD COLUMN x int;')).toBe('medium');
  expect(await late("DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'x'); END $$;", other)).toBe('medium');
  expect(await late("CREATE TYPE e AS ENUM ('a');", 'ALTER TABLE b ADD COLUMN e e;')).toBe('medium');
  expect(await late('CREATE VIEW v AS SELECT * FROM b;', other)).toBe('medium');
  expect(await late('INSERT INTO a SELECT id FROM b;', other)).toBe('medium');
});
