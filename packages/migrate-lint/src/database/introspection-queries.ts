/**
 * The catalog queries, for Postgres 12 and later (what a version lacks is read through `to_jsonb(row) ->> 'column'`, which is null
 * there). Each takes the condition on `pg_namespace n` that keeps the project's schemas. Rows are sorted with the "C" collation so
 * that every server gives the same order.
 */

const notOfExtension = (catalog: string, oid: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

/** Prisma's own bookkeeping and the children of partitioned tables are nobody's drift. */
const relation = (schemas: string): string =>
  `${schemas} AND NOT c.relispartition AND c.relname <> '_prisma_migrations' AND ${notOfExtension('pg_class', 'c.oid')}`;

const tableFrom = (schemas: string): string => `JOIN pg_class c ON c.oid = x.table_oid AND c.relkind IN ('r', 'p', 'f')
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${relation(schemas)}`;

export const tables = (schemas: string): string => `
  SELECT c.oid::int AS "table", n.nspname AS schema, c.relname AS name,
    CASE c.relkind WHEN 'p' THEN 'partitioned' WHEN 'f' THEN 'foreign' ELSE 'table' END AS kind,
    c.relpersistence = 'u' AS unlogged, c.relrowsecurity AS "rowSecurity", c.relforcerowsecurity AS "forceRowSecurity",
    obj_description(c.oid, 'pg_class') AS comment
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f') AND ${relation(schemas)}
  ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`;

/** A default names no column, so it needs no relation to be deparsed: with one, Postgres would open every table. */
export const columns = (schemas: string): string => `
  SELECT c.oid::int AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "notNull",
    CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, 0) END AS default,
    CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
    CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END AS generated,
    CASE WHEN a.attcollation <> t.typcollation THEN (SELECT collname FROM pg_collation WHERE oid = a.attcollation) END AS collation,
    col_description(a.attrelid, a.attnum) AS comment,
    (row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum))::int AS position,
    CASE WHEN d.adbin IS NOT NULL AND a.atttypid IN (20, 21, 23) THEN (SELECT s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S'
      WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass
        AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum AND o.deptype = 'a' LIMIT 1) END AS "ownedSequence"
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'f')
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${relation(schemas)}
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attrelid, a.attnum`;

export const indexes = (schemas: string): string => `
  SELECT c.oid::int AS "table", ic.relname AS name, am.amname AS method, i.indisunique AS unique, i.indisprimary AS primary,
    CASE k.contype WHEN 'p' THEN 'primary' WHEN 'u' THEN 'unique' WHEN 'x' THEN 'exclusion' END AS constraint,
    coalesce(k.condeferrable, false) AS deferrable, i.indisvalid AND i.indisready AS valid,
    coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS "nullsNotDistinct",
    pg_get_expr(i.indpred, i.indrelid) AS predicate,
    (SELECT json_agg(json_build_object(
        'column', a.attname, 'definition', CASE WHEN a.attname IS NULL THEN pg_get_indexdef(i.indexrelid, p.n, true) ELSE quote_ident(a.attname) END,
        'operatorClass', CASE WHEN NOT opc.opcdefault THEN opc.opcname END,
        'collation', CASE WHEN i.indcollation[p.n - 1] <> a.attcollation THEN
          (SELECT collname FROM pg_collation WHERE oid = i.indcollation[p.n - 1]) END,
        'descending', (i.indoption[p.n - 1] & 1) = 1, 'nullsFirst', (i.indoption[p.n - 1] & 2) = 2) ORDER BY p.n)
      FROM generate_series(1, i.indnkeyatts) AS p(n)
      LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p.n - 1] AND i.indkey[p.n - 1] <> 0
      LEFT JOIN pg_opclass opc ON opc.oid = i.indclass[p.n - 1]) AS keys,
    coalesce((SELECT json_agg(a.attname ORDER BY p.n) FROM generate_series(i.indnkeyatts + 1, i.indnatts) AS p(n)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p.n - 1]), '[]') AS include,
    pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_index i
  JOIN pg_class ic ON ic.oid = i.indexrelid
  JOIN pg_am am ON am.oid = ic.relam
  JOIN pg_class c ON c.oid = i.indrelid AND c.relkind IN ('r', 'p', 'f')
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${relation(schemas)}
  LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
  ORDER BY i.indrelid, ic.relname COLLATE "C"`;

const action = (column: string): string =>
  `CASE ${column} WHEN 'c' THEN 'Cascade' WHEN 'r' THEN 'Restrict' WHEN 'n' THEN 'SetNull' WHEN 'd' THEN 'SetDefault' ELSE 'NoAction' END`;

const names = (
  relation: string,
  key: string,
): string => `(SELECT json_agg(a.attname ORDER BY u.n) FROM unnest(${key}) WITH ORDINALITY AS u(attnum, n)
      JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.attnum)`;

export const foreignKeys = (schemas: string): string => `
  SELECT c.oid::int AS "table", k.conname AS name, ${names('k.conrelid', 'k.conkey')} AS columns,
    CASE WHEN rn.nspname = 'public' THEN r.relname::text ELSE rn.nspname || '.' || r.relname END AS "referencedTable",
    ${names('k.confrelid', 'k.confkey')} AS "referencedColumns",
    ${action('k.confdeltype')} AS "onDelete", ${action('k.confupdtype')} AS "onUpdate",
    k.convalidated AS validated, k.condeferrable AS deferrable,
    coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
      AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgenabled = 'D') AS enforced,
    pg_get_constraintdef(k.oid) AS definition
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${relation(schemas)}
  JOIN pg_class r ON r.oid = k.confrelid
  JOIN pg_namespace rn ON rn.oid = r.relnamespace
  WHERE k.contype = 'f' AND k.conparentid = 0
  ORDER BY k.conrelid, k.conname COLLATE "C"`;

const constraints =
  (type: string, more: string) =>
  (schemas: string): string => `
  SELECT c.oid::int AS "table", k.conname AS name, ${more} pg_get_constraintdef(k.oid) AS definition
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${relation(schemas)}
  WHERE k.contype = '${type}'
  ORDER BY k.conrelid, k.conname COLLATE "C"`;

export const checks = constraints('c', 'k.convalidated AS validated,');
export const exclusions = constraints('x', '');

const triggerBit = (bit: number, word: string): string => `CASE WHEN t.tgtype & ${String(bit)} <> 0 THEN '${word}' END`;

/** Triggers and rewrite rules. The bits of `tgtype` are those of `pg_trigger.h`: row 1, before 2, insert 4, delete 8, update 16, truncate 32, instead 64. */
export const triggers = (schemas: string): string => `
  SELECT x."table", x.name, x.kind, x.enabled, x.timing, x.events, x."perRow", x.columns, x.function, x.definition FROM (
    SELECT t.tgrelid::int AS "table", t.tgrelid AS table_oid, t.tgname AS name, 'trigger' AS kind, t.tgenabled <> 'D' AS enabled,
      CASE WHEN t.tgtype & 64 <> 0 THEN 'instead of' WHEN t.tgtype & 2 <> 0 THEN 'before' ELSE 'after' END AS timing,
      to_json(array_remove(ARRAY[${triggerBit(4, 'insert')}, ${triggerBit(16, 'update')}, ${triggerBit(8, 'delete')}, ${triggerBit(32, 'truncate')}], NULL)) AS events,
      t.tgtype & 1 <> 0 AS "perRow",
      coalesce((SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr::int2[])), '[]') AS columns,
      (SELECT CASE WHEN fn.nspname = 'public' THEN f.proname::text ELSE fn.nspname || '.' || f.proname END
        FROM pg_proc f JOIN pg_namespace fn ON fn.oid = f.pronamespace WHERE f.oid = t.tgfoid) AS function,
      pg_get_triggerdef(t.oid) AS definition
    FROM pg_trigger t WHERE NOT t.tgisinternal AND coalesce((to_jsonb(t) ->> 'tgparentid')::oid, 0) = 0
    UNION ALL
    SELECT r.ev_class::int, r.ev_class, r.rulename, 'rule', r.ev_enabled <> 'D', CASE WHEN r.is_instead THEN 'instead of' ELSE 'after' END,
      json_build_array(CASE r.ev_type WHEN '2' THEN 'update' WHEN '3' THEN 'insert' WHEN '4' THEN 'delete' ELSE 'select' END),
      false, '[]', NULL, pg_get_ruledef(r.oid) FROM pg_rewrite r WHERE r.rulename <> '_RETURN'
  ) x
  ${tableFrom(schemas)}
  ORDER BY x."table", x.name COLLATE "C"`;

export const policies = (schemas: string): string => `
  SELECT c.oid::int AS "table", p.polname AS name, p.polpermissive AS permissive,
    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END AS command,
    (SELECT json_agg(coalesce(o.rolname, 'public') ORDER BY o.rolname COLLATE "C") FROM unnest(p.polroles) AS u(role)
      LEFT JOIN pg_roles o ON o.oid = u.role) AS roles,
    pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS "withCheck"
  FROM pg_policy p
  JOIN pg_class c ON c.oid = p.polrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace AND ${relation(schemas)}
  ORDER BY p.polrelid, p.polname COLLATE "C"`;

export const enums = (schemas: string): string => `
  SELECT n.nspname AS schema, t.typname AS name,
    (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) AS values
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype = 'e' AND ${schemas} AND ${notOfExtension('pg_type', 't.oid')}
  ORDER BY n.nspname COLLATE "C", t.typname COLLATE "C"`;

export const sequences = (schemas: string): string => `
  SELECT n.nspname AS schema, c.relname AS name, format_type(s.seqtypid, NULL) AS type,
    concat_ws(' ', 'START ' || nullif(s.seqstart, 1), 'INCREMENT ' || nullif(s.seqincrement, 1), 'MINVALUE ' || nullif(s.seqmin, 1),
      CASE WHEN s.seqmax NOT IN (32767, 2147483647, 9223372036854775807) THEN 'MAXVALUE ' || s.seqmax END,
      'CACHE ' || nullif(s.seqcache, 1), CASE WHEN s.seqcycle THEN 'CYCLE' END) AS options,
    (SELECT CASE WHEN tn.nspname = 'public' THEN '' ELSE tn.nspname || '.' END || tc.relname || '.' || a.attname FROM pg_depend o
      JOIN pg_class tc ON tc.oid = o.refobjid JOIN pg_namespace tn ON tn.oid = tc.relnamespace
      JOIN pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
      WHERE o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.refclassid = 'pg_class'::regclass AND o.deptype IN ('a', 'i') LIMIT 1) AS "ownedBy"
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${relation(schemas)}
  ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`;

export const views = (schemas: string): string => `
  SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'm' AS materialized, pg_get_viewdef(c.oid) AS definition,
    coalesce(to_json(c.reloptions), '[]') AS options,
    (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns,
    coalesce((SELECT json_agg(DISTINCT CASE WHEN rn.nspname = 'public' THEN r.relname::text ELSE rn.nspname || '.' || r.relname END)
      FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
      JOIN pg_class r ON r.oid = d.refobjid AND r.oid <> c.oid JOIN pg_namespace rn ON rn.oid = r.relnamespace
      WHERE w.ev_class = c.oid), '[]') AS reads,
    coalesce((SELECT json_agg(json_build_object('name', ic.relname, 'definition', pg_get_indexdef(i.indexrelid)) ORDER BY ic.relname COLLATE "C")
      FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid WHERE i.indrelid = c.oid), '[]') AS indexes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('v', 'm') AND ${relation(schemas)}
  ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`;

export const functions = (schemas: string): string => `
  SELECT n.nspname AS schema, p.proname AS name,
    CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window' ELSE 'function' END AS kind,
    pg_get_function_identity_arguments(p.oid) AS arguments, format_type(p.prorettype, NULL) AS returns, l.lanname AS language,
    CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END AS volatility, p.prosecdef AS "securityDefiner",
    p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) x WHERE x.grantee = 0 AND x.privilege_type = 'EXECUTE') AS "publicExecute",
    coalesce(to_json(p.proconfig), '[]') AS settings, p.prosrc AS body,
    CASE WHEN p.prokind = 'a' THEN '' ELSE pg_get_functiondef(p.oid) END AS definition
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
  WHERE ${schemas} AND ${notOfExtension('pg_proc', 'p.oid')}
  ORDER BY n.nspname COLLATE "C", p.proname COLLATE "C", pg_get_function_identity_arguments(p.oid) COLLATE "C"`;

export const domains = (schemas: string): string => `
  SELECT n.nspname AS schema, t.typname AS name,
    concat_ws(' ', format_type(t.typbasetype, t.typtypmod), 'DEFAULT ' || t.typdefault, CASE WHEN t.typnotnull THEN 'NOT NULL' END,
      (SELECT string_agg(pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname COLLATE "C") FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c')) AS definition
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype = 'd' AND ${schemas} AND ${notOfExtension('pg_type', 't.oid')}
  ORDER BY n.nspname COLLATE "C", t.typname COLLATE "C"`;

export const compositeTypes = (schemas: string): string => `
  SELECT n.nspname AS schema, c.relname AS name,
    (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS definition
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'c' AND ${relation(schemas)}
  ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`;

/** An extension's path is its name, whatever schema it was put in. */
export const extensions = (): string => `
  SELECT 'public' AS schema, e.extname AS name, e.extversion AS version FROM pg_extension e
  WHERE e.extname <> 'plpgsql' ORDER BY e.extname COLLATE "C"`;

const acl = (
  on: string,
  from: string,
  oid: string,
  name: string,
  list: string,
  owner: string,
  catalog: string,
  where: string,
): string => `
  SELECT '${on}' AS on, n.nspname AS schema, ${name} AS name, coalesce(g.rolname, 'PUBLIC') AS grantee,
    json_agg(x.privilege_type ORDER BY x.privilege_type COLLATE "C") AS privileges
  FROM ${from} JOIN pg_namespace n ON n.oid = ${on === 'schema' ? 'c.oid' : `c.${{ table: 'relnamespace', sequence: 'relnamespace', function: 'pronamespace' }[on] ?? ''}`}
  CROSS JOIN LATERAL aclexplode(c.${list}) x LEFT JOIN pg_roles g ON g.oid = x.grantee
  WHERE x.grantee <> c.${owner} AND ${where} AND ${notOfExtension(catalog, oid)}
  GROUP BY 1, 2, 3, 4`;

/** A privilege that is the default of its kind (PUBLIC may execute a function, use schema public) is no grant of the project. */
export const grants = (schemas: string): string => `
  SELECT * FROM (
    ${acl('table', 'pg_class c', 'c.oid', 'c.relname', 'relacl', 'relowner', 'pg_class', `c.relkind IN ('r', 'p', 'f', 'v', 'm') AND ${relation(schemas)}`)}
    UNION ALL ${acl('sequence', 'pg_class c', 'c.oid', 'c.relname', 'relacl', 'relowner', 'pg_class', `c.relkind = 'S' AND ${relation(schemas)}`)}
    UNION ALL ${acl('function', 'pg_proc c', 'c.oid', 'c.proname', 'proacl', 'proowner', 'pg_proc', `x.grantee <> 0 AND ${schemas}`)}
    UNION ALL ${acl('schema', 'pg_namespace c', 'c.oid', 'c.nspname', 'nspacl', 'nspowner', 'pg_namespace', `x.grantee <> 0 AND ${schemas}`)}
  ) g ORDER BY schema COLLATE "C", name COLLATE "C", "on", grantee COLLATE "C"`;
