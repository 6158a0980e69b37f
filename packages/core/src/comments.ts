import type { SourceFile } from './facts/span.ts';

/** A comment of a source file: offsets of the whole, and its text without the marks. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * For each language what has to be read past to find its comments: strings, in which a comment's marks mean nothing, and
 * the comments themselves, as the group `comment`. The loops inside are unrolled (`[^']*(?:''[^']*)*`), because a seed of
 * megabytes in one literal would otherwise fill the backtracking stack.
 */
const tokens: Readonly<Record<SourceFile['language'], RegExp>> = {
  prisma: /"[^"\\\n]*(?:\\.[^"\\\n]*)*"|(?<comment>\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$))/g,
  // JSON has no comments.
  json: /(?!)/g,
  sql: new RegExp(
    [
      String.raw`(?<![\w$])\$(?<tag>[\p{L}_]\w*)?\$[^]*?(?:\$\k<tag>\$|$)`,
      String.raw`(?<![\w$])[eE]'[^'\\]*(?:(?:\\[^]|'')[^'\\]*)*'`,
      String.raw`'[^']*(?:''[^']*)*'`,
      String.raw`"[^"]*(?:""[^"]*)*"`,
      // One level of nesting; Postgres allows any.
      String.raw`(?<comment>--[^\n]*|\/\*[^*/]*(?:(?:\*(?!\/)|\/(?!\*)|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/)[^*/]*)*(?:\*\/|$))`,
    ].join('|'),
    'gu',
  ),
  typescript: new RegExp(
    [
      String.raw`"[^"\\\n]*(?:\\[^][^"\\\n]*)*"`,
      String.raw`'[^'\\\n]*(?:\\[^][^'\\\n]*)*'`,
      '`[^`\\\\]*(?:\\\\[^][^`\\\\]*)*`',
      String.raw`(?<comment>\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$))`,
      // A slash starts a regular expression where no value can stand before it.
      String.raw`(?<=(?:^|[(,=:[!&|?{};\n]|\breturn)[ \t]*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/`,
    ].join('|'),
    'g',
  ),
};

/** The comments of a file, in its order. Marks of a comment inside of a string are not one. */
export function commentsOf({ text, language }: Pick<SourceFile, 'text' | 'language'>): readonly Comment[] {
  const comments: Comment[] = [];
  for (const match of text.matchAll(tokens[language])) {
    const comment = match.groups?.comment;
    if (comment === undefined) continue;
    const inner = comment.startsWith('/*')
      ? comment.slice(2).replace(/\*\/$/, '')
      : comment.replace(/^(?:\/{2,}|--)/, '');
    comments.push({ start: match.index, end: match.index + comment.length, text: inner.trim() });
  }
  return comments;
}
