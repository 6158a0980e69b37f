import { expect, jest, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './broken-function.ts';

jest.setTimeout(120_000);
const database = await databaseTesting(rule);

const tables = `CREATE TYPE "OrderStatus" AS ENUM ('PENDING', 'PAID');
CREATE TABLE "Order" ("id" uuid PRIMARY KEY, "status" "OrderStatus" NOT NULL DEFAULT 'PENDING', "total" numeric, "updatedAt" timestamptz, "userId" text);
CREATE TABLE "logs" ("id" serial PRIMARY KEY, "table_name" text, "row_id" uuid, "data" jsonb);
`;
const plain = (body: string, declared = '') =>
  `${tables}CREATE FUNCTION "work"("p_id" uuid, "p_name" text) RETURNS void LANGUAGE plpgsql AS $$ ${declared} BEGIN ${body} END $$;`;
const trigger = (body: string, declared = '', on = ['Order']) =>
  `${tables}CREATE FUNCTION "work"() RETURNS trigger LANGUAGE plpgsql AS $$ ${declared} BEGIN ${body} RETURN NEW; END $$;
${on.map(table => `CREATE TRIGGER "t" BEFORE INSERT OR UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION "work"();`).join('\n')}`;

test.each([
  [
    'columns, variables and parameters',
    plain(
      `SELECT o."total" INTO v_total FROM "Order" o WHERE o."id" = p_id AND o."userId" = work.p_name; v_row."status" := 'PAID'; v_total := v_total + $1::text::int;`,
      'DECLARE v_total numeric; v_row "Order"%ROWTYPE; v_status "Order"."status"%TYPE := \'PAID\';',
    ),
  ],
  [
    'the row of the trigger',
    trigger(
      `NEW."updatedAt" := now(); IF NEW."status" = 'PAID' AND TG_OP = 'UPDATE' AND OLD IS DISTINCT FROM NEW THEN INSERT INTO "logs" ("table_name", "row_id", "data") VALUES (TG_TABLE_NAME, NEW."id", to_jsonb(NEW)); END IF;`,
    ),
  ],
  [
    'fields of records and loops',
    plain(
      `FOR r IN SELECT "id", "total" AS sum FROM "Order" LOOP UPDATE "Order" SET "total" = r.sum WHERE "id" = r."id"; END LOOP; FOR i IN REVERSE 10..1 LOOP v := v + i; END LOOP; FOREACH v IN ARRAY ARRAY[1, 2] LOOP CONTINUE WHEN v > 1; END LOOP;`,
      'DECLARE r RECORD; v int := 0;',
    ),
  ],
  [
    'cursors',
    plain(
      `FOR line IN list(1) LOOP RAISE NOTICE '%', line.sum; END LOOP; OPEN list(2); FETCH list INTO one; CLOSE list;`,
      'DECLARE list CURSOR (least int) FOR SELECT "id", "total" AS sum FROM "Order" WHERE "total" > least; one RECORD;',
    ),
  ],
  [
    'a table that the body makes',
    plain(`CREATE TEMP TABLE found_rows AS SELECT 1 AS one; INSERT INTO found_rows VALUES (2);`),
  ],
  [
    'a handler for what is missing',
    plain(`BEGIN PERFORM "x" FROM "nowhere"; EXCEPTION WHEN undefined_table OR undefined_column THEN NULL; END;`),
  ],
  [
    'a look whether it is there',
    plain(
      `IF EXISTS (SELECT FROM information_schema.tables WHERE table_name = 'nowhere') THEN DELETE FROM nowhere; END IF;`,
    ),
  ],
  [
    'a schema that no migration makes',
    plain(`PERFORM net.http_post('x'); PERFORM cron.schedule('a', 'b'); INSERT INTO audit.entries VALUES (1);`),
  ],
  ['functions of extensions', plain(`PERFORM crypt(p_name, gen_salt('bf'));`)],
  [
    'dynamic SQL',
    plain(`EXECUTE format('DELETE FROM %I WHERE id = $1', 'nowhere') USING p_id; EXECUTE 'SELECT nope FROM nowhere';`),
  ],
  [
    'CASE, GET DIAGNOSTICS, RAISE and labels',
    plain(
      `<<outer>> LOOP CASE v WHEN 1, 2 THEN EXIT outer; ELSE NULL; END CASE; END LOOP; UPDATE "Order" SET "total" = 1; GET DIAGNOSTICS v = ROW_COUNT; IF NOT FOUND THEN RAISE EXCEPTION 'no % of %', p_name, v USING ERRCODE = 'P0001', HINT = p_name; END IF;`,
      'DECLARE v int := 1;',
    ),
  ],
  [
    'a variable given out by a sub-SELECT',
    plain(`PERFORM q.p_name FROM (SELECT p_name) q; PERFORM q.p_id FROM (SELECT p_id::text) q;`),
  ],
  [
    'a table asked for by name',
    trigger(`IF TG_TABLE_NAME = 'Order' THEN NEW."total" := 1; ELSE NEW."data" := '{}'; END IF;`, '', [
      'Order',
      'logs',
    ]),
  ],
  [
    'arguments of any type',
    `${tables}CREATE FUNCTION "first"(anyelement, b anyelement) RETURNS anyelement LANGUAGE plpgsql AS $$ BEGIN IF b = $1 THEN RETURN b; END IF; RETURN $1; END $$;`,
  ],
  ['names in capitals', plain('SELECT NULL INTO X; X := UPPER(P_NAME); RETURN;', 'DECLARE X text;')],
  [
    'SQL functions',
    `${tables}CREATE FUNCTION "paid"("order_id" uuid) RETURNS SETOF "Order" LANGUAGE sql AS $$ SELECT * FROM "Order" WHERE "id" = "order_id" AND "id" = $1 AND "status" = 'PAID' $$;`,
  ],
  [
    'RETURNS TABLE and RETURN QUERY',
    `${tables}CREATE FUNCTION "sums"() RETURNS TABLE ("user_name" text, "sum" numeric) LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT o."userId", sum(o."total") FROM "Order" o GROUP BY 1; user_name := 'rest'; RETURN NEXT; END $$;`,
  ],
])('is silent on %s', async (_, sql) => {
  expect(await database.say(sql)).toEqual([]);
});

test('leaves to drift what the schema promises', async () => {
  const schema = 'model Missing {\n  id Int @id\n}\nmodel Order {\n  id String @id\n  note String?\n}\n';
  expect(await database.say(plain('DELETE FROM "Missing"; UPDATE "Order" SET "note" = NULL;'), { schema })).toEqual([]);
});

test.each([
  ['table', `PERFORM 1 FROM "Orders" WHERE "id" = p_id;`, 'names a table `Orders` that is not there'],
  ['table of TRUNCATE', `TRUNCATE TABLE nowhere;`, 'names a table `nowhere` that is not there'],
  ['column', `UPDATE "Order" SET "note" = 'x' WHERE "id" = p_id;`, 'names a column `note` that `Order` does not have'],
  ['function', `PERFORM no_such(p_id);`, 'names a function `no_such` that is not there'],
  ['type', `PERFORM p_name::"Role";`, 'names a type `Role` that is not there'],
  [
    'constraint',
    `INSERT INTO "logs" DEFAULT VALUES; INSERT INTO "Order" ("id") VALUES (p_id) ON CONFLICT ON CONSTRAINT "Order_key" DO NOTHING;`,
    'names a constraint `Order_key` that is not there',
  ],
  [
    'value',
    `IF EXISTS (SELECT FROM "Order" WHERE "status" IN ('PAID', 'REFUNDED')) THEN RETURN; END IF;`,
    'names a value `REFUNDED` that the enum `OrderStatus` does not have',
  ],
  [
    'comparison',
    `DELETE FROM "Order" WHERE "userId" = p_id;`,
    'holds a statement that Postgres refuses with `operator does not exist: text = uuid`',
  ],
])('finds a %s that is not there', async (_, body, said) => {
  expect(await database.say(plain(body))).toEqual([
    `work(p_id uuid, p_name text): \`work()\` ${said}, so a call that comes to it fails.`,
  ]);
});

test('finds what a later migration took away, and says which', async () => {
  const later = `${plain('UPDATE "Order" SET "total" = 1;')}\nALTER TABLE "Order" DROP COLUMN "total";`;
  const [finding] = await database.findings(later);
  expect(finding?.message).toContain('names a column `total` that `Order` does not have');
  expect(finding?.related.map(({ message }) => message)).toEqual(['dropped by 001_step']);
  expect(finding?.location).toMatchObject({ line: 4, column: 114, endColumn: 121 });
});

test('corrects names that differ in case, quotes or schema only', async () => {
  const sql = trigger(
    `NEW.updatedAt := now(); NEW."status" := 'paid'; IF NEW.userid IS NULL THEN INSERT INTO "Logs" ("tableName", "rowId") VALUES ('x', NEW.id); END IF;`,
  );
  expect(await database.say(sql)).toEqual([
    'work(): `work()` names a column `updatedat` that `Order` does not have (and 5 more like it), so the INSERT or UPDATE of `Order` that fires it fails.',
  ]);
  const [fixed] = await database.prove(sql);
  expect(fixed).toContain(
    `NEW."updatedAt" := now(); NEW."status" := 'PAID'; IF NEW."userId" IS NULL THEN INSERT INTO "logs" ("table_name", "row_id")`,
  );
});

test('looks where the search path of the function leads', async () => {
  const sql = `${tables}CREATE FUNCTION "count_all"() RETURNS bigint LANGUAGE sql SET search_path = '' AS $$ SELECT 1::bigint $$;
CREATE OR REPLACE FUNCTION "work"() RETURNS bigint LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN PERFORM count_all(); RETURN (SELECT count(*) FROM "Order"); END $$;`;
  expect(await database.flagged(sql)).toEqual(['work()']);
  expect((await database.prove(sql))[0]).toContain(
    'PERFORM "public"."count_all"(); RETURN (SELECT count(*) FROM "public"."Order")',
  );
});

test('sees each table that a trigger function serves', async () => {
  expect(await database.say(trigger('NEW."updatedAt" := now();', '', ['Order', 'logs']))).toEqual([
    'work(): `work()` names a column `updatedAt` that `logs` does not have, so the INSERT or UPDATE of `logs` that fires it fails.',
  ]);
});
