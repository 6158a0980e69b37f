/** Words that Postgres reads as a value where they stand without quotes, also in FROM: each was tried. */
const values: ReadonlySet<string> = new Set([
  ...['user', 'current_user', 'session_user', 'current_role', 'current_catalog', 'current_schema'],
  ...['current_date', 'current_time', 'current_timestamp', 'localtime', 'localtimestamp'],
]);

/** The other words of `pg_get_keywords()` that no table or column can have as a name without quotes. */
const reserved: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column concurrently
constraint create cross default deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having ilike
in initially inner intersect into is isnull join lateral leading left like limit natural not notnull null offset on only or order outer
overlaps placing primary references returning right select similar some symmetric table tablesample then to trailing true union unique
using variadic verbose when where window with`.split(/\s+/),
);

/** Whether it gives a value, and no error, where it was meant as a name. */
export function isValueWord(name: string): boolean {
  return values.has(name);
}

export function isReserved(name: string): boolean {
  return values.has(name) || reserved.has(name);
}
