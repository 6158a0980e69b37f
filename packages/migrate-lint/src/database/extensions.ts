/** The names in `CREATE EXTENSION` statements, also those inside `DO` blocks; lower case, sorted. A name too many only costs a module. */
export function extensionsIn(sql: string): readonly string[] {
  const bare = sql.replace(/--[^\n]*/g, '');
  const found = bare.matchAll(/\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?("[^"]+"|[a-z0-9_]+)/gi);
  return [...new Set([...found].map(match => (match[1] ?? '').replaceAll('"', '').toLowerCase()))].sort();
}
