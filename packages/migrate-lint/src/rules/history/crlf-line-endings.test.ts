import { expect, test } from '@jest/globals';
import { sayOf } from '../../../test/history-testing.ts';
import rule from './crlf-line-endings.ts';

const [unix, windows] = ['SELECT 1;\nSELECT 2;\n', 'SELECT 1;\r\nSELECT 2;\r\n'];

test.each([
  ['one style', { a: unix, b: unix }],
  ['the other style', { a: windows, b: windows }],
  ['a file of one line', { a: windows, b: 'SELECT 1;' }],
])('is silent of %s', async (_, migrations) => {
  expect(await sayOf(rule, migrations)).toEqual([]);
});

test('names each file with CR LF among others', async () => {
  expect(await sayOf(rule, { a: unix, b: windows })).toEqual([
    'b: `b` ends its lines with CR LF and other migrations do not, so its checksum differs where git changes line endings.',
  ]);
});
