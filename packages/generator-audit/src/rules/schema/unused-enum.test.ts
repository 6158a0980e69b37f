import { describe, expect, test } from '@jest/globals';
import { flagged, say } from '../../../test/rule.ts';
import rule from './unused-enum.ts';

const schema = (column: string, above = ''): string =>
  `${above}\nenum Status {\n  open\n  closed\n}\nmodel Ticket {\n  id Int @id\n  ${column}\n}\n`;

test.each([
  ['a column', schema('status Status')],
  ['a list', schema('all Status[]')],
  ['an ignored field', schema('status Status? @ignore')],
  ['an ignored model', schema('status Status\n  @@ignore')],
  ['a view', `${schema('name String')}view Open {\n  id Int\n  status Status\n}\n`],
  ['a type by its name in the database', schema('status Unsupported("Status")')],
  ['what its comment says', schema('name String', '/// Used by the API only')],
])('is silent of the type of %s', (_, text) => {
  expect(flagged(rule, text)).toEqual([]);
});

test('is silent on MongoDB, where a composite type may have it', () => {
  expect(flagged(rule, schema('name String'), { provider: 'mongodb' })).toEqual([]);
});

describe('speaks', () => {
  test('of what no column has', () => {
    expect(say(rule, schema('name String'))).toEqual([
      'Status: No column has the type `Status`, so it only seems to say which values are stored.',
    ]);
  });
  test.each(['status String', 'ticketStatus String'])('and finds the text that it was made for: %s', column => {
    expect(say(rule, schema(column))[0]).toMatch(/^Status: No column has the type `Status`/);
  });
  test('and names that text', () => {
    expect(say(rule, schema('status String'))[0]).toContain(
      '`Ticket.status`, which it seems to be made for, is a String.',
    );
    expect(say(rule, schema('status String').replaceAll('Status', 'TicketStatus'))[0]).toContain('`Ticket.status`');
  });
});
