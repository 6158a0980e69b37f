import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './broken-trigger.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const make = (
  body: string,
  when: string,
  more = '',
) => `CREATE TABLE "rows" ("id" int PRIMARY KEY, "cents" int, "updatedAt" timestamptz);
CREATE TABLE "logs" ("id" int, "at" timestamptz);
CREATE FUNCTION "work"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} END; $$;
CREATE TRIGGER "t" ${when} EXECUTE FUNCTION "work"();
${more}`;

test.each([
  ['a row trigger', make('NEW."updatedAt" := now(); RETURN NEW;', 'BEFORE UPDATE ON "rows" FOR EACH ROW')],
  ['a statement trigger that looks at no row', make(`RAISE NOTICE '%', TG_OP; RETURN NEW;`, 'BEFORE UPDATE ON "rows"')],
  [
    'transition tables',
    make(
      'INSERT INTO "logs" SELECT new."id" FROM new; RETURN NULL;',
      'AFTER INSERT ON "rows" REFERENCING NEW TABLE AS new FOR EACH STATEMENT',
    ),
  ],
  [
    'a function that refuses everything',
    make(`RAISE EXCEPTION 'append only';`, 'BEFORE UPDATE OR DELETE ON "rows" FOR EACH ROW'),
  ],
  [
    'a refusal before RETURN NEW',
    make(`RAISE EXCEPTION 'append only'; RETURN NEW;`, 'BEFORE DELETE ON "rows" FOR EACH ROW'),
  ],
  [
    'a refusal by TG_OP',
    make(
      `IF TG_OP = 'UPDATE' OR TG_OP = 'DELETE' THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW;`,
      'BEFORE UPDATE OR DELETE ON "rows" FOR EACH ROW',
    ),
  ],
  ['RETURN NULL', make('RETURN NULL;', 'BEFORE INSERT ON "rows" FOR EACH ROW')],
  [
    'a return for each event',
    make(`IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;`, 'BEFORE INSERT OR DELETE ON "rows" FOR EACH ROW'),
  ],
  ['a return of either', make('RETURN COALESCE(NEW, OLD);', 'BEFORE INSERT OR DELETE ON "rows" FOR EACH ROW')],
  ['RETURN NEW after a DELETE', make('RETURN NEW;', 'AFTER DELETE ON "rows" FOR EACH ROW')],
  [
    'a changed NEW that is used',
    make(
      'NEW."updatedAt" := now(); INSERT INTO "logs" VALUES (NEW."id", NEW."updatedAt"); RETURN NEW;',
      'AFTER UPDATE ON "rows" FOR EACH ROW',
    ),
  ],
  ['a function of a broken body', make('NEW.nope := 1;', 'BEFORE UPDATE ON "rows" FOR EACH ROW')],
])('is silent on %s', async (_, sql) => {
  expect(await database.say(sql)).toEqual([]);
});

test.each([
  [
    'a trigger that was disabled',
    make('RETURN NEW;', 'BEFORE UPDATE ON "rows" FOR EACH ROW', 'ALTER TABLE "rows" DISABLE TRIGGER "t";'),
    'is disabled, so every UPDATE passes without it',
  ],
  [
    'a rule that was disabled',
    `${make('RETURN NEW;', 'BEFORE UPDATE ON "rows" FOR EACH ROW')} CREATE RULE "keep" AS ON DELETE TO "rows" DO INSTEAD NOTHING; ALTER TABLE "rows" DISABLE RULE "keep";`,
    'is disabled, so every DELETE passes without it',
  ],
  [
    'rows in a statement trigger',
    make(`IF NEW."cents" < 0 THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW;`, 'BEFORE INSERT ON "rows"'),
    'runs once a statement, where `NEW.cents` is NULL, so it never sees a row',
  ],
  [
    'a DELETE that returns NEW',
    make(
      `IF OLD."cents" > 0 THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW;`,
      'BEFORE UPDATE OR DELETE ON "rows" FOR EACH ROW',
    ),
    'returns `NEW`, which is NULL in a DELETE, so Postgres leaves the row where it is without an error',
  ],
  [
    'an INSERT that returns OLD',
    make('RETURN OLD;', 'BEFORE INSERT OR DELETE ON "rows" FOR EACH ROW'),
    'returns `OLD`, which is NULL in an INSERT, so Postgres leaves the row out without an error',
  ],
  [
    'NEW of an AFTER trigger',
    make('NEW."updatedAt" := now(); RETURN NEW;', 'AFTER UPDATE ON "rows" FOR EACH ROW'),
    'runs after the row is written, so `NEW.updatedAt` keeps its old value',
  ],
  [
    'a body without RETURN',
    make('NEW."updatedAt" := now();', 'BEFORE UPDATE ON "rows" FOR EACH ROW'),
    'calls `work()`, which ends without RETURN, so the statement fails',
  ],
  [
    'a refusal that does not always come',
    make(`IF OLD."cents" > 0 THEN RAISE EXCEPTION 'no'; END IF;`, 'AFTER DELETE ON "rows" FOR EACH ROW'),
    'calls `work()`, which ends without RETURN, so the statement fails',
  ],
])('finds and mends %s', async (_, sql, words) => {
  const said = await database.say(sql);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(` of \`rows\` ${words}.`);
  await database.prove(sql);
});

test('does not write a trigger that Postgres refuses', async () => {
  const sql = make('IF NEW."cents" < 0 THEN RETURN NULL; END IF; RETURN NEW;', 'BEFORE UPDATE OR TRUNCATE ON "rows"');
  expect(await database.findings(sql)).toMatchObject([
    { fix: { title: 'Take the rows from a transition table', sql: null } },
  ]);
});
