/** A function of the project with what its body is read by. */
export interface RoutineRow {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly language: string;
  readonly body: string;
  readonly returns: string;
  readonly parameters: readonly { readonly name: string; readonly mode: string; readonly type: string }[];
  /** Of `SET search_path`; null without one. */
  readonly path: string | null;
  readonly triggers: readonly {
    /** Quoted, with its schema. */
    readonly table: string;
    /** Of `REFERENCING OLD TABLE AS …`. */
    readonly transitions: readonly string[];
  }[];
}

/** Takes the condition on `pg_namespace n`; types are written with their schema when `search_path` is empty. */
export const routines = (schemas: string): string => `
  SELECT p.oid::int, n.nspname AS schema, p.proname AS name, l.lanname AS language, p.prosrc AS body, format_type(p.prorettype, NULL) AS returns,
    coalesce((SELECT json_agg(json_build_object('name', coalesce(p.proargnames[a.at], ''), 'mode', coalesce(p.proargmodes[a.at]::text, 'i'),
        'type', CASE t.typtype WHEN 'p' THEN t.typname::text ELSE format_type(a.type, NULL) END) ORDER BY a.at)
      FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS a(type, at) JOIN pg_type t ON t.oid = a.type), '[]') AS parameters,
    (SELECT substr(c, length('search_path=') + 1) FROM unnest(p.proconfig) c WHERE c LIKE 'search_path=%') AS path,
    coalesce((SELECT json_agg(DISTINCT jsonb_build_object('table', format('%I.%I', tn.nspname, tc.relname),
        'transitions', array_remove(ARRAY[g.tgoldtable, g.tgnewtable], NULL)))
      FROM pg_trigger g JOIN pg_class tc ON tc.oid = g.tgrelid AND NOT tc.relispartition JOIN pg_namespace tn ON tn.oid = tc.relnamespace
      WHERE g.tgfoid = p.oid AND NOT g.tgisinternal), '[]') AS triggers
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
  WHERE ${schemas} AND l.lanname IN ('plpgsql', 'sql') AND p.prosrc <> '' AND p.prokind IN ('f', 'p')
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
  ORDER BY n.nspname COLLATE "C", p.proname COLLATE "C", p.oid`;

/** What tells overloads apart; types are written as `search_path` has them. */
export const signatures = `SELECT p.oid::int, pg_get_function_identity_arguments(p.oid) AS arguments FROM pg_proc p WHERE p.prolang <> 12`;

/** Where there is a function of this name, of whomever. */
export const callable = (name: string): string => `
  SELECT DISTINCT n.nspname AS schema FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.proname = ${name}`;
