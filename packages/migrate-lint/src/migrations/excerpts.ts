import { clausesFrom, nextToken, type Stretch, type Token } from './clauses.ts';

/** The tokens of a stretch that stand in no brackets. */
export function* topTokens(text: string, { start, end }: Stretch): Generator<Token> {
  let depth = 0;
  for (let token = nextToken(text, start, end); token; token = nextToken(text, token.end, end)) {
    if (token.first === ')' || token.first === ']') depth -= 1;
    if (depth === 0) yield token;
    if (token.first === '(' || token.first === '[') depth += 1;
  }
}

/** The first of these words that stands in no brackets, and what is behind it. */
export function behind(text: string, stretch: Stretch, ...words: readonly string[]): Stretch | undefined {
  for (const token of topTokens(text, stretch)) {
    if (isWord(text, token, words)) return { start: token.end, end: stretch.end };
  }
  return undefined;
}

/** A stretch up to the first of these words. */
export function before(text: string, stretch: Stretch, ...words: readonly string[]): Stretch {
  let { start: end } = stretch;
  for (const token of topTokens(text, stretch)) {
    if (isWord(text, token, words)) return { start: stretch.start, end };
    end = token.end;
  }
  return stretch;
}

/** What the next brackets hold. */
export function inBrackets(text: string, stretch: Stretch): Stretch | undefined {
  let start: number | undefined;
  for (const { first, start: at, end } of topTokens(text, stretch)) {
    if (first === '(') start = end;
    if (first === ')' && start !== undefined) return { start, end: at };
  }
  return undefined;
}

/** A stretch as it is written, without the blanks around it. */
export function written(text: string, stretch: Stretch | undefined): string | undefined {
  return stretch && text.slice(stretch.start, stretch.end).trim();
}

/** The elements of a list as they are written. */
export function elements(text: string, { start, end }: Stretch): readonly Stretch[] {
  return clausesFrom(text, start, end);
}

function isWord(text: string, { start, end }: Token, words: readonly string[]): boolean {
  return words.includes(text.slice(start, end).toLowerCase());
}
