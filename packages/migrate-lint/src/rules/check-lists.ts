/** A CHECK that allows a column one of a list of texts, and nothing else but perhaps NULL. */
interface AllowedTexts {
  readonly column: string;
  readonly values: readonly string[];
}

const name = String.raw`\(*\s*("(?:[^"]|"")+"|[\w$]+)\s*\)*(?:::[\w ]+)?\s*\)*`;
const text = String.raw`\s*'(?:[^']|'')*'(?:::[\w ]+)?\s*`;
const list = String.raw`(${text}(?:,${text})*)`;
const inList = new RegExp(String.raw`^${name}\s*\bIN\s*\(${list}\)$`, 'is');
const anyOf = new RegExp(
  String.raw`^${name}\s*=\s*ANY\s*\(+\s*ARRAY\s*\[${list}\]\s*\)*(?:::[\w ]+\[\])?\s*\)*$`,
  'is',
);
const column = String.raw`(?:"(?:[^"]|"")+"|[\w$]+)`;
const orNull = new RegExp(String.raw`^(.*\S)\s*\bOR\s+\(*${column}\s+IS\s+NULL\)*$`, 'is');
const nullOr = new RegExp(String.raw`^\(*${column}\s+IS\s+NULL\)*\s*\bOR\b\s*(.*)$`, 'is');

/** Undefined for any other condition. */
export function allowedTexts(expression: string): AllowedTexts | undefined {
  const bare = unwrapped(expression);
  const [, condition = bare] = orNull.exec(bare) ?? nullOr.exec(bare) ?? [];
  const [, named, listed] = inList.exec(unwrapped(condition)) ?? anyOf.exec(unwrapped(condition)) ?? [];
  if (named === undefined || listed === undefined) return undefined;
  const values = listed.match(/'(?:[^']|'')*'/g) ?? [];
  return {
    column: named.startsWith('"') ? named.slice(1, -1).replaceAll('""', '"') : named.toLowerCase(),
    values: values.map(value => value.slice(1, -1).replaceAll("''", "'")),
  };
}

/** Whether all rows that meet the old condition meet the new one, as far as that can be read off: the same words, or a longer list. */
export function isNoStricter(expression: string, old: string): boolean {
  if (normalized(expression) === normalized(old)) return true;
  const [wanted, allowed] = [allowedTexts(expression), allowedTexts(old)];
  if (wanted?.column === undefined || wanted.column !== allowed?.column) return false;
  // `IN` is not false for NULL, so that OR … IS NULL adds nothing.
  return allowed.values.every(value => wanted.values.includes(value));
}

/** Without blanks and brackets around the whole; literals and quoted names stay as they are. */
function normalized(expression: string): string {
  const parts = unwrapped(expression).match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s'"]+/g) ?? [];
  return parts.map(part => (/^['"]/.test(part) ? part : part.toLowerCase())).join('');
}

function unwrapped(expression: string): string {
  let bare = expression.trim();
  while (bare.startsWith('(') && closing(bare) === bare.length - 1) bare = bare.slice(1, -1).trim();
  return bare;
}

/** Where the bracket that the text starts with is closed. */
function closing(text: string): number {
  let depth = 0;
  for (const { 0: part, index } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/g)) {
    if (part === '(') depth += 1;
    if (part === ')') depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}
