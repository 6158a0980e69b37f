/** What pg_proc of Postgres 15 to 18 says of built-in functions that a default may call; of overloads the least constant one. */
const volatile = `
  clock_timestamp current_query currval cursor_to_xml cursor_to_xmlschema gen_random_uuid lastval
  loread lowrite nextval query_to_xml query_to_xml_and_xmlschema query_to_xmlschema random
  random_normal set_config setseed setval timeofday ts_rewrite ts_stat txid_status uuidv4 uuidv7`;

const stable = `
  aclexplode age array_to_json array_to_string col_description concat concat_ws convert convert_from convert_to
  current_database current_schema current_schemas current_setting current_user database_to_xml
  database_to_xml_and_xmlschema database_to_xmlschema date_part date_trunc enum_first enum_last enum_range
  extract format format_type generate_series
  get_current_ts_config getpgusername inet_client_addr inet_client_port inet_server_addr inet_server_port
  json_build_array json_build_object json_populate_record json_populate_recordset json_to_record json_to_recordset
  json_to_tsvector jsonb_build_array jsonb_build_object jsonb_path_exists_tz jsonb_path_match_tz
  jsonb_path_query_array_tz jsonb_path_query_first_tz jsonb_path_query_tz jsonb_populate_record
  jsonb_populate_recordset jsonb_to_record jsonb_to_recordset jsonb_to_tsvector length make_timestamptz mxid_age now
  obj_description oidvectortypes overlaps phraseto_tsquery plainto_tsquery quote_literal quote_nullable
  row_security_active row_to_json schema_to_xml schema_to_xml_and_xmlschema schema_to_xmlschema session_user
  shobj_description statement_timestamp table_to_xml table_to_xml_and_xmlschema table_to_xmlschema timestamp
  timestamptz timezone to_char to_date to_json to_jsonb to_number to_regclass to_regcollation to_regnamespace
  to_regoper to_regoperator to_regproc to_regprocedure to_regrole to_regtype to_timestamp to_tsquery to_tsvector
  transaction_timestamp ts_debug ts_headline ts_parse ts_token_type txid_current txid_current_if_assigned
  txid_current_snapshot version websearch_to_tsquery xml_is_well_formed
`;

const immutable = `
  abbrev abs acldefault acos acosd acosh area array_dims array_fill array_length array_lower array_ndims
  array_position array_positions array_remove array_replace array_to_tsvector array_upper ascii asin asind asinh atan
  atan2 atan2d atand atanh bit_count bit_length box broadcast btrim cardinality
  cbrt ceil ceiling center char_length character_length chr circle cos cosd cosh cot cotd date_bin
  datemultirange daterange decode degrees dexp diagonal diameter div
  dround dtrunc encode exp factorial family floor gcd generate_subscripts
  get_bit get_byte height host hostmask initcap
  int4inc int4multirange int4range int8_sum int8dec int8multirange
  int8range is_normalized
  isclosed isempty isfinite ishorizontal isopen isparallel isperp isvertical json_array_elements
  json_array_elements_text json_array_length json_each json_each_text json_object json_object_keys json_strip_nulls
  json_typeof jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_each jsonb_each_text
  jsonb_insert jsonb_object jsonb_object_keys jsonb_path_exists jsonb_path_match jsonb_path_query
  jsonb_path_query_array jsonb_path_query_first jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_typeof
  justify_days justify_hours justify_interval lcm left like like_escape line ln log log10 lower lower_inc lower_inf
  lpad lseg ltrim macaddr8_set7bit make_date make_interval make_time make_timestamp makeaclitem masklen md5 min_scale
  mod multirange netmask network normalize notlike npoints num_nonnulls num_nulls numeric_div_trunc
  numeric_exp numeric_ln numeric_log numeric_sqrt nummultirange numnode numrange
  octet_length overlay parse_ident pclose pi point polygon popen position
  pow power querytree quote_ident radians radius range_merge regexp_count regexp_instr regexp_like regexp_match
  regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr repeat replace reverse
  right round rpad rtrim scale set_bit set_byte set_masklen setweight sha224 sha256 sha384
  sha512 sign similar_escape similar_to_escape sin sind sinh slope split_part sqrt string_to_array
  string_to_table strip strpos substr substring tan tand tanh text
  to_ascii to_hex translate trim_array trim_scale trunc ts_delete ts_filter ts_lexize
  ts_rank ts_rank_cd tsmultirange tsquery_phrase tsrange tstzmultirange tstzrange
  tsvector_to_array txid_visible_in_snapshot unistr unnest upper upper_inc upper_inf
  width width_bucket xml_is_well_formed_content xml_is_well_formed_document xmlcomment xmlexists xmlvalidate xpath
  xpath_exists
`;

/** Aggregates and window functions: none is in a default, but queries call them. */
const ofQueries = `
  array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp cume_dist dense_rank every
  first_value json_agg json_object_agg jsonb_agg jsonb_object_agg lag last_value lead max min mode nth_value ntile
  percent_rank percentile_cont percentile_disc range_agg range_intersect_agg rank regr_avgx regr_avgy regr_count
  regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy row_number stddev stddev_pop stddev_samp string_agg
  sum var_pop var_samp variance xmlagg
`;

export type Volatility = 'immutable' | 'stable' | 'volatile';

let known: ReadonlyMap<string, Volatility> | undefined;

/** Undefined for what is no function of Postgres itself. */
export function builtinVolatility(name: string): Volatility | undefined {
  known ??= new Map(
    (
      [
        ['immutable', immutable + ofQueries],
        ['stable', stable],
        ['volatile', volatile],
      ] as const
    ).flatMap(([volatility, names]) => names.split(/\s+/).map(each => [each, volatility] as const)),
  );
  return known.get(name);
}
