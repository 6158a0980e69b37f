import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './unprotected-ledger.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const table = (columns = '', name = 'ledger_entries') =>
  `CREATE TABLE "accounts" ("id" int PRIMARY KEY);
CREATE TABLE "${name}" ("id" bigint PRIMARY KEY, "cents" bigint NOT NULL, "account" int ${columns});
CREATE FUNCTION "refuse"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append only'; END $$;
CREATE FUNCTION "skip"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
`;
const trigger = (events: string, each = 'ROW', routine = 'refuse', name = 'ledger_entries') =>
  `CREATE TRIGGER "${events}" BEFORE ${events} ON "${name}" FOR EACH ${each} EXECUTE FUNCTION "${routine}"();\n`;

test.each([
  ['one that triggers protect', table() + trigger('UPDATE OR DELETE') + trigger('TRUNCATE', 'STATEMENT')],
  [
    'a trigger that skips the rows',
    table() + trigger('UPDATE OR DELETE', 'ROW', 'skip') + trigger('TRUNCATE', 'STATEMENT'),
  ],
  [
    'rules',
    `${table()}CREATE RULE "u" AS ON UPDATE TO "ledger_entries" DO INSTEAD NOTHING; CREATE RULE "d" AS ON DELETE TO "ledger_entries" DO INSTEAD NOTHING;${trigger('TRUNCATE', 'STATEMENT')}`,
  ],
  ['a table of another name', table('', 'payments')],
  ['rows that are updated', table(', "updated_at" timestamptz')],
  ['rows that are deleted when they are old', table(', "expires_at" timestamptz')],
  ['old passwords', 'CREATE TABLE "password_history" ("id" int PRIMARY KEY, "hash" text);'],
  ['rows with a state', table(', "status" text')],
  ['rows that go with their parent', table('REFERENCES "accounts" ON DELETE CASCADE')],
  ['rows that outlive their parent', table('REFERENCES "accounts" ON DELETE SET NULL')],
  [
    'policies for reading and adding alone',
    `${table()}ALTER TABLE "ledger_entries" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY "r" ON "ledger_entries" FOR SELECT USING (true); CREATE POLICY "w" ON "ledger_entries" FOR INSERT WITH CHECK (true);`,
  ],
  ['privileges to add alone', `${table()}CREATE ROLE writer; GRANT SELECT, INSERT ON "ledger_entries" TO writer;`],
])('is silent on %s', async (_, sql) => {
  expect(await database.say(sql)).toEqual([]);
});

test('protects a table that nothing protects', async () => {
  const sql = table('REFERENCES "accounts"');
  expect(await database.say(sql)).toEqual([
    'ledger_entries: `ledger_entries` is a trail to which rows are only added, and UPDATE, DELETE and TRUNCATE of it pass.',
  ]);
  const [fixed] = await database.prove(sql);
  expect(fixed).toContain('BEFORE UPDATE OR DELETE ON "ledger_entries" FOR EACH ROW');
});

test('a state that was is none of the row', async () => {
  const columns = ', "from_status" text, "to_status" text';
  expect(await database.flagged(table(columns, 'status_history'))).toEqual(['status_history']);
});

test.each([
  ['TRUNCATE', trigger('UPDATE OR DELETE'), 'TRUNCATE of it passes'],
  ['UPDATE', trigger('DELETE') + trigger('TRUNCATE', 'STATEMENT'), 'UPDATE of it passes'],
  [
    'a trigger that lets the row pass',
    `CREATE FUNCTION "note"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'x'; RETURN NEW; END $$;${trigger('UPDATE', 'ROW', 'note')}${trigger('DELETE')}`,
    'UPDATE and TRUNCATE of it pass',
  ],
  [
    'a disabled trigger',
    `${trigger('UPDATE')}${trigger('DELETE')} ALTER TABLE "ledger_entries" DISABLE TRIGGER "UPDATE";`,
    'UPDATE and TRUNCATE of it pass',
  ],
])('says what is left open: %s', async (_, triggers, words) => {
  const sql = table(', "status" text') + triggers;
  expect(await database.say(sql)).toEqual([
    `ledger_entries: \`ledger_entries\` is a trail to which rows are only added, and ${words}, although the rest is refused.`,
  ]);
  await database.prove(sql);
});

test('takes further tables, whatever their names are', async () => {
  const name = 'a "table" with a name of more than forty bytes, and quotes';
  const sql = `CREATE TABLE "${name.replaceAll('"', '""')}" ("id" int);`;
  expect(await database.flagged(sql)).toEqual([]);
  const setting = { options: { tables: [name] } };
  expect(await database.flagged(sql, setting)).toEqual([name]);
  await database.prove(sql, setting);
});
