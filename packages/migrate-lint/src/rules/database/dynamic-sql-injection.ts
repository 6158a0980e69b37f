import { defineRule, isOfPlatform, mentions, phrases } from '@migrate-lint/core';
import { code as quoted } from '../places.ts';
import { overload } from '../security-words.ts';

export default defineRule({
  id: 'database/dynamic-sql-injection',
  level: 'high',
  category: 'security',
  needs: ['database', 'code'],
  docs: {
    summary: 'A function runs the text of a parameter as SQL.',
    why: `EXECUTE runs whatever text it is given. A parameter that is joined to it as it is can end the statement and begin another one, and no
placeholder of the caller helps: the value arrives safely and is taken apart here. In a SECURITY DEFINER function it runs with the owner's rights,
and that is critical.
Bind values with USING, and write names with \`format('%I', …)\` or \`quote_ident\`.`,
    bad: `CREATE FUNCTION search(filter text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE found bigint;
BEGIN
  EXECUTE 'SELECT count(*) FROM pg_class WHERE ' || filter INTO found;
  RETURN found;
END $$;`,
    good: `CREATE FUNCTION search(filter text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE found bigint;
BEGIN
  EXECUTE 'SELECT count(*) FROM pg_class WHERE relname LIKE $1' INTO found USING filter;
  RETURN found;
END $$;`,
    guards: [
      'A value bound with USING, and one that quote_ident, quote_literal or %I and %L of format quote.',
      'A parameter that is a number, a date, a uuid, a boolean, an enum or a `regclass`.',
      'The function compares the parameter with a list, a pattern or the catalog first.',
      'A parameter that is SQL by its name (`p_where`, `order_by`), in a function that runs as its caller: he could send the statement himself.',
      'Nobody but the owner may execute it.',
    ],
  },

  subjects: ({ database, code }) => {
    const dynamic = new Set(code.routines.filter(({ words }) => words.has('execute')).map(routine => routine.function));
    return database.functions.filter(routine => dynamic.has(routine) && !isOfPlatform(routine));
  },
  check: (routine, { database, code }) => {
    const granted = database.grants.some(({ on, path }) => on === 'function' && path === routine.path);
    if (!routine.publicExecute && !granted) return undefined;
    const names = code.injected(routine).filter(name => routine.securityDefiner || !mentions(name, clauses));
    if (names.length === 0) return undefined;
    const rights = routine.securityDefiner ? ', with its owner’s rights' : '';
    return {
      span: routine.span,
      ...overload(routine, database),
      level: routine.securityDefiner ? 'critical' : undefined,
      message: `${quoted(`${routine.path}()`)} runs the text of ${quoted(names)} as a piece of SQL${rights}, so whoever sets ${names.length === 1 ? 'it' : 'them'} runs statements of his own.`,
    };
  },
});

const clauses = phrases('where, order by, clause, sql, query, statement, condition, predicate, expression');
