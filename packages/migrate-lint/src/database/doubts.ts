import type { Fault } from '@migrate-lint/core';

/** A fault with its place in the body. */
export interface BodyFault {
  readonly kind: Fault['kind'];
  readonly name: string;
  readonly of: string | null;
  /** Postgres's own words. */
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** What the body probably means. */
  readonly correction: string | null;
}

export interface Surroundings {
  readonly body: string;
  /** The conditions that handlers around the statement catch. */
  readonly handled: readonly string[];
  /** The schema that the body says before the name. */
  readonly schema: string | undefined;
  /** Schemas of the project: what is in others, such as a platform's, is not known. */
  readonly schemas: readonly string[];
  readonly isTrigger: boolean;
}

const lookUps =
  /\b(?:information_schema|pg_class|pg_tables|pg_views|pg_proc|pg_type|pg_attribute|pg_extension|to_reg\w+)\b/i;
const ofNames = [
  'undefined_table',
  'undefined_column',
  'undefined_function',
  'undefined_object',
  'invalid_schema_name',
];
const ofValues = ['invalid_text_representation', 'data_exception', 'others'];

/** Functions of extensions that platforms put into a database without a migration: pgcrypto, uuid-ossp, PostGIS, pg_net, dblink, … */
const ofExtensions =
  /^(?:digest|hmac|crypt|gen_salt|gen_random_\w+|encrypt\w*|decrypt\w*|armor|dearmor|pgp_\w+|uuid_\w+|st_\w+|geo\w+|http\w*|url(?:en|de)code|dblink\w*|similarity|(?:strict_)?word_similarity\w*|show_trgm|unaccent|levenshtein\w*|soundex|d?metaphone\w*|earth\w*|ll_to_earth|crosstab\w*|create_hypertable|time_bucket\w*|h3_\w+|hstore\w*|slugify|sign|verify|jsonb_matches_schema|json_matches_schema|akeys|avals|nlevel|subpath|lca|create_graph|cypher|cosine_distance|l2_distance|inner_product|l1_distance|vector_\w+|pg_stat_statements\w*|bm25\w*|pgmq_\w+)$/i;

/** Whether what is missing may be there when the statement runs, or its absence is reckoned with. */
export function isDoubtful(fault: BodyFault, { body, handled, schema, schemas, isTrigger }: Surroundings): boolean {
  const { kind, name } = fault;
  if (schema !== undefined && !schemas.includes(schema)) return true;
  if (handled.some(condition => ofNames.includes(condition))) return true;
  // A handler for everything hides a defect as well as it allows for a missing extension.
  if (kind === 'function' && (handled.includes('others') || ofExtensions.test(name))) return true;
  if (kind === 'value' && fault.of === null && handled.some(condition => ofValues.includes(condition))) return true;
  if (lookUps.test(body)) {
    if (kind === 'function' || body.includes(`'${name}'`) || body.includes(`.${name}'`)) return true;
  }
  if (kind !== 'table') return false;
  // A trigger can name its old and new rows as it likes, and a table that EXECUTE makes has any name.
  return isTrigger || /\bexecute\b[^;]*\bcreate\b[^;]*\btable\b/i.test(body);
}
