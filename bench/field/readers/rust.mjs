// As much Rust as it takes to read the tests of a linter: functions behind `#[test]`, their string literals, the calls in them.

/** Every test of a file: its name, and its body with each string literal in the text replaced by `§number§`. */
export function testsOf(source) {
  const { text, literals } = withoutLiterals(source);
  const tests = [...text.matchAll(/#\[test\]\s*fn (\w+)\(\) *(?:-> *[^{]+)?\{/g)].map(match => {
    const start = match.index + match[0].length;
    return { name: match[1], body: text.slice(start, closing(text, start)) };
  });
  return { tests, literals, text };
}

/** The texts that an argument stands for: a literal, or a variable that was given one before. */
export function textOf(argument, body, literals) {
  const literal = /^&?§(\d+)§$/.exec(argument.trim());
  if (literal) return literals[Number(literal[1])];
  const name = /^&?(\w+)$/.exec(argument.trim())?.[1];
  const given = name && [...body.matchAll(new RegExp(`let ${name}(?:: &str)? = §(\\d+)§`, 'g'))].at(-1);
  return given ? literals[Number(given[1])] : undefined;
}

/** The arguments of each call of one of the functions, in their order. */
export function callsOf(names, body) {
  return [...body.matchAll(new RegExp(`(?<![\\w:.])(${names.join('|')})\\(`, 'g'))].map(match => {
    const start = match.index + match[0].length;
    return { name: match[1], index: match.index, arguments: argumentsOf(body, start) };
  });
}

function argumentsOf(text, start) {
  const found = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < text.length; at += 1) {
    if ('([{'.includes(text[at])) depth += 1;
    else if (depth === 0 && (text[at] === ',' || text[at] === ')')) {
      found.push(text.slice(from, at).trim());
      from = at + 1;
      if (text[at] === ')') break;
    } else if (')]}'.includes(text[at])) depth -= 1;
  }
  return found.filter(argument => argument !== '');
}

function closing(text, start) {
  let depth = 1;
  let at = start;
  for (; depth > 0 && at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
  }
  return at - 1;
}

function withoutLiterals(source) {
  const literals = [];
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|\br(#*)"([\s\S]*?)"\1(?!#)|b?"((?:[^"\\]|\\[\s\S])*)"|'(?:[^'\\]|\\.)'/g;
  const text = source.replace(token, (whole, _hashes, raw, escaped) => {
    const value = raw ?? (escaped === undefined ? undefined : unescape(escaped));
    if (value === undefined) return whole.startsWith('/') ? '' : whole.replace(/[{}()[\]]/, ' ');
    literals.push(value);
    return `§${literals.length - 1}§`;
  });
  return { text, literals };
}

const escapes = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\', 0: '\0' };

/** A backslash at the end of a line takes the blanks of the next one away. */
function unescape(text) {
  return text.replace(/\\(\r?\n\s*|u\{([0-9a-f]+)\}|.)/gi, (_whole, sign, point) =>
    point ? String.fromCodePoint(parseInt(point, 16)) : /^\r?\n/.test(sign) ? '' : (escapes[sign] ?? sign),
  );
}
