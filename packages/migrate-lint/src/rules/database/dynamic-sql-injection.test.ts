import { expect, test } from '@jest/globals';
import { databaseTesting } from '../../../test/database-testing.ts';
import rule from './dynamic-sql-injection.ts';

const database = await databaseTesting(rule);
const make = (body: string, more = '') =>
  `CREATE FUNCTION find(filter text, day date) RETURNS void LANGUAGE plpgsql ${more} AS $$ BEGIN ${body} END $$;`;
const open = `EXECUTE 'DELETE FROM pg_temp.t WHERE ' || filter;`;

test.each([
  ['bound', make(`EXECUTE 'SELECT $1' USING filter;`)],
  ['quoted', make(`EXECUTE format('SELECT 1 FROM %I WHERE a = %L', filter, day);`)],
  ['no text', make(`EXECUTE 'CREATE TABLE p_' || day || ' ()';`)],
  ['a list of what it may be', make(`IF filter NOT IN ('a', 'b') THEN RETURN; END IF; ${open}`)],
  ['no EXECUTE', make(`PERFORM filter;`)],
  [
    'SQL by its name',
    make(`EXECUTE 'DELETE FROM pg_temp.t WHERE ' || p_where;`).replace('filter text', 'p_where text'),
  ],
  ['nobody may execute it', `${make(open)} REVOKE ALL ON FUNCTION find FROM PUBLIC;`],
])('is silent: %s', async (_name, sql) => {
  expect(await database.flagged(sql)).toEqual([]);
});

test('a function that runs any statement with its owner’s rights', async () => {
  const sql = `CREATE FUNCTION exec_sql(query text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN EXECUTE query; END $$;`;
  expect(await database.findings(sql)).toMatchObject([{ subject: 'exec_sql', level: 'critical' }]);
});

test('names the parameter, and whose rights it gives away', async () => {
  const said = 'find: `find()` runs the text of `filter` as a piece of SQL';
  expect(await database.say(make(open))).toEqual([`${said}, so whoever sets it runs statements of his own.`]);
  expect(await database.say(make(open, 'SECURITY DEFINER'))).toEqual([
    `${said}, with its owner’s rights, so whoever sets it runs statements of his own.`,
  ]);
});
