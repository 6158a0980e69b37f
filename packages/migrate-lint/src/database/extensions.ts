/** The names in `CREATE EXTENSION` statements, also those inside `DO` blocks; lower case, sorted. A name too many only costs a module. */
export function extensionsIn(sql: string): readonly string[] {
  const bare = sql.replace(/--[^\n]*/g, '');
  const found = bare.matchAll(/\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?("[^"]+"|[a-z0-9_]+)/gi);
  return [...new Set([...found].map(match => (match[1] ?? '').replaceAll('"', '').toLowerCase()))].sort();
}

/** The extensions that a datasource block declares: `extensions = [pgcrypto, uuid(map: "uuid-ossp")]`. A name too many only costs a module. */
export function declaredExtensions(schema: string): readonly string[] {
  const list = /^\s*extensions\s*=\s*\[([^\]]*)\]/m.exec(schema)?.[1] ?? '';
  return [...new Set(list.match(/[a-z][a-z0-9_-]*/gi))].sort();
}
