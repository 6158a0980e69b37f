import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './bypassable-trigger.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const tables = `CREATE TABLE "events" ("id" int PRIMARY KEY, "status" text NOT NULL, "valid" boolean NOT NULL);
CREATE TABLE "parts" ("event" int REFERENCES "events");
CREATE FUNCTION "refuse"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
`;
const body = (text: string) =>
  `${tables}CREATE FUNCTION "guard"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${text} RETURN NEW; END $$;`;
const onUpdate = 'CREATE TRIGGER "signed" BEFORE UPDATE ON "events" FOR EACH ROW EXECUTE FUNCTION "guard"();';
const refusal = `IF NEW."status" = 'DONE' AND NOT NEW."valid" THEN RAISE EXCEPTION 'no'; END IF;`;
const when = `WHEN (NEW."status" = 'DONE' AND NOT NEW."valid") EXECUTE FUNCTION "refuse"();`;

test.each([
  ['INSERT OR UPDATE', `${tables}CREATE TRIGGER "signed" BEFORE INSERT OR UPDATE ON "events" FOR EACH ROW ${when}`],
  [
    'a trigger that refuses every UPDATE',
    `${tables}CREATE TRIGGER "signed" BEFORE UPDATE ON "events" FOR EACH ROW EXECUTE FUNCTION "refuse"();`,
  ],
  [
    'a transition in the body',
    body(`IF OLD."status" = 'DONE' AND NEW."status" <> 'DONE' THEN RAISE EXCEPTION 'no'; END IF;`) + onUpdate,
  ],
  [
    'a transition in WHEN',
    `${tables}CREATE TRIGGER "signed" BEFORE UPDATE ON "events" FOR EACH ROW WHEN (OLD."status" <> NEW."status") EXECUTE FUNCTION "refuse"();`,
  ],
  [
    'another trigger for INSERT',
    `${body(refusal)}${onUpdate} CREATE TRIGGER "first" BEFORE INSERT ON "events" FOR EACH ROW EXECUTE FUNCTION "guard"();`,
  ],
  [
    'a trigger with another function for INSERT',
    `${body(refusal)}${onUpdate}
CREATE FUNCTION "other"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${refusal} RETURN NEW; END $$;
CREATE TRIGGER "first" BEFORE INSERT ON "events" FOR EACH ROW EXECUTE FUNCTION "other"();`,
  ],
  [
    'a CHECK on the same columns',
    `${body(refusal)}${onUpdate} ALTER TABLE "events" ADD CHECK ("valid" OR "status" <> 'DONE');`,
  ],
  [
    'parts of the row, looked up by its key',
    body(
      `IF NEW."status" = 'DONE' AND EXISTS (SELECT FROM "parts" WHERE "event" = NEW."id") THEN RAISE EXCEPTION 'no'; END IF;`,
    ) + onUpdate,
  ],
  ['a trigger that refuses nothing', body(`IF NEW."status" = 'DONE' THEN NEW."valid" := true; END IF;`) + onUpdate],
  ['a trigger that is disabled', `${body(refusal)}${onUpdate} ALTER TABLE "events" DISABLE TRIGGER "signed";`],
])('is silent on %s', async (_, sql) => {
  expect(await database.say(sql)).toEqual([]);
});

test.each([
  ['WHEN', `${tables}CREATE TRIGGER "signed" BEFORE UPDATE ON "events" FOR EACH ROW ${when}`],
  ['the body', body(refusal) + onUpdate],
  ['the body, for some columns', body(refusal) + onUpdate.replace('UPDATE ON', 'UPDATE OF "status" ON')],
])('finds and mends a condition in %s', async (_, sql) => {
  expect(await database.say(sql)).toEqual([
    'events.signed: `signed` refuses an UPDATE of `events` by the new `status, valid`, and an INSERT of the same row passes.',
  ]);
  const [fixed] = await database.prove(sql);
  expect(fixed).toContain('CREATE TRIGGER signed BEFORE INSERT OR UPDATE ');
});
