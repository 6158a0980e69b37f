import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextToken } from './clauses.ts';
import { skipBlanks } from './parser.ts';

const tokens = (text: string): readonly string[] => {
  const found: string[] = [];
  for (let token = nextToken(text, 0); token; token = nextToken(text, token.end))
    found.push(text.slice(token.start, token.end));
  return found;
};

test.each([
  [`ADD COLUMN "a "" b" e'\\'' 'it''s', x$1 é`, ['ADD', 'COLUMN', '"a "" b"', `e'\\''`, `'it''s'`, ',', 'x$1', 'é']],
  ['E e1 1e5 $1 $ $a$ b $c$ $a$;', ['E', 'e1', '1e5', '$', '1', '$', '$a$ b $c$ $a$', ';']],
  ["'open", ["'open"]],
  ['"open', ['"open']],
  ['$$ open', ['$$ open']],
  ['-- a\n/* b /* c */ */ d', ['d']],
  ['😀 ¶', ['😀', '¶']],
])('reads %s', (text, expected) => {
  expect(tokens(text)).toEqual(expected);
});

/** The same as one expression, without dollar quotes. */
const token =
  /[eE]'[^'\\]*(?:(?:\\[^]|'')[^'\\]*)*'?|'[^']*(?:''[^']*)*'?|"[^"]*(?:""[^"]*)*"?|[\w\x80-\uffff][\w$\x80-\uffff]*|[^]/y;

function byExpression(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = skipBlanks(text, 0); at < text.length; at = skipBlanks(text, token.lastIndex)) {
    token.lastIndex = at;
    found.push(token.exec(text)?.[0] ?? '');
  }
  return found;
}

test('reads whatever comes as one expression would', () => {
  const part = fc.constantFrom(
    ...[
      ' ',
      '\n',
      '--',
      '\r',
      '/*',
      '*/',
      "'",
      "''",
      '"',
      '\\',
      'e',
      'E',
      'e1',
      '1',
      '_',
      '.',
      '(',
      ')',
      'é',
      '世',
      '😀',
    ],
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), parts => {
      const text = parts.join('');
      expect(tokens(text)).toEqual(byExpression(text));
    }),
    { seed: 1, numRuns: 3000 },
  );
});
