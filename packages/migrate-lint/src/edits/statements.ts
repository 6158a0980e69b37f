/** What a semicolon does not end, and the semicolon that does. */
const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\/|\$(\w*)\$[^]*?\$\1\$|;/g;

/** The statements of a text that we wrote, each with its semicolon and the comments above it. */
export function statementsIn(sql: string): readonly string[] {
  const statements: string[] = [];
  let start = 0;
  for (const { 0: token, index } of sql.matchAll(tokens)) {
    if (token !== ';') continue;
    statements.push(sql.slice(start, index + 1));
    start = index + 1;
  }
  const rest = sql.slice(start);
  // A comment behind the last statement is still about it.
  if (plain(rest) !== '' || statements.length === 0) statements.push(rest);
  else statements.push(`${statements.pop() ?? ''}${rest}`);
  return statements.map(text => text.trim());
}

const alone =
  /^(?:(?:create (?:unique )?|drop )index concurrently|reindex\b.* concurrently|alter table\b.* detach partition\b.* concurrently|vacuum)\b/i;

/** Whether Postgres refuses the statement in a transaction. */
export function runsAlone(sql: string): boolean {
  return alone.test(plain(sql));
}

/** Without comments, names and texts, on one line. */
function plain(sql: string): string {
  const bare = sql.replace(tokens, token => (/^(?:--|\/\*)/.test(token) ? ' ' : token === ';' ? '' : '""'));
  return bare.replace(/\s+/g, ' ').trim();
}
