import { defineRule, isOfPlatform, type GrantPrivilege } from '@migrate-lint/core';
import { operationsOf } from '../operations.ts';
import { code } from '../places.ts';

export default defineRule({
  id: 'migration/public-grant',
  level: 'high',
  category: 'security',
  needs: ['postgresMigrations'],
  docs: {
    summary: 'Every role of the server gets a right that only owners should have.',
    why: `\`PUBLIC\` is every role that there is and every one to come. With CREATE on a schema each of them can put a function or a table there that
others then call by its bare name (CVE-2018-1058; Postgres 15 took that right from PUBLIC for the schema \`public\`). With default privileges each table that is
made from then on may be written by all. So the level is high. Grant to the role that needs it.`,
    bad: `GRANT ALL ON SCHEMA public TO PUBLIC;`,
    good: `CREATE ROLE "app";
GRANT USAGE ON SCHEMA public TO PUBLIC;
GRANT CREATE ON SCHEMA public TO "app";`,
    guards: [
      'USAGE of a schema, EXECUTE of functions and SELECT, which are often meant for all.',
      'Grants on tables, which `database/public-grant` judges by what is left of them at the end of the history.',
      'Schemas of the platform.',
    ],
  },

  subjects: ({ postgresMigrations: migrations }) => operationsOf(migrations, ['grant', 'default grant']),
  check: ({ operation }) => {
    if (!operation.to.some(role => role.toUpperCase() === 'PUBLIC')) return undefined;
    const right = rightOf(operation);
    return right === undefined
      ? undefined
      : { span: operation.span, message: `Every role of the server, now and later, gets ${right}.` };
  },
});

function rightOf({ kind, privileges, on, type }: GrantPrivilege): string | undefined {
  const has = (...wanted: readonly string[]): boolean =>
    privileges.length === 0 ||
    privileges.some(each => each.toUpperCase() === 'ALL' || wanted.includes(each.toUpperCase()));
  if (kind === 'default grant')
    return type === 'table' && has('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
      ? 'the right to write to every table that is made from here on'
      : undefined;
  const [name = ''] = on;
  if (type === 'schema' && has('CREATE') && !isOfPlatform({ schema: name, span: null }))
    return `the right to make objects in the schema ${code(name)}`;
  return undefined;
}
