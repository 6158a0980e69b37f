/**
 * The same text, character for character as long, without what Prisma accepts and the parser does not: block comments,
 * the object of a partial index's `where`, letters outside ASCII in names, line ends between brackets, a byte order mark.
 * Names and arguments are cut out of the real text by their offsets.
 */
export function readable(text: string): string {
  let brackets = 0;
  let braces = 0;
  return text.replace(token, (found: string) => {
    if (found.startsWith('"')) return braces > 0 ? blank(found) : found;
    if (found.startsWith('/*')) return blank(found);
    if (found.startsWith('//')) return brackets > 0 ? blank(found) : found;
    if (found === '(' || found === '[') brackets += 1;
    else if (found === ')' || found === ']') brackets = Math.max(0, brackets - 1);
    else if (found === '{') return brackets === 0 ? found : braces++ === 0 ? '"' : ' ';
    else if (found === '}') return braces === 0 ? found : --braces === 0 ? '"' : ' ';
    else if (found === '\n' || found === '\r') return brackets > 0 ? ' ' : found;
    else return found === '\uFEFF' ? ' ' : 'x'.repeat(found.length);
    return found;
  });
}

const token = /"(?:[^"\\\n]|\\.)*"|\/\/[^\r\n]*|\/\*[^]*?\*\/|[()[\]{}\r\n]|\uFEFF|[^\p{ASCII}\uFEFF]+/gu;

/** Spaces in the text's stead; its lines stay. */
export function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
