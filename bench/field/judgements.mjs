/**
 * Who is right where a tool and we deviate: `ours`; `policy`: both are true, and we say it elsewhere, at another level or on purpose not;
 * `case`: the two do not speak of the same, or the script cannot happen; `theirs`: a miss or a false alarm of ours. `of` names the claims by tool and
 * case, with the rule behind it where a case has several. docs/field.md says the same for readers.
 */
export const judgements = [
  {
    right: 'ours',
    why: 'A default that is constant or STABLE, `now()` among them, rewrites nothing since Postgres 11.',
    of: [
      'postgres-language-server addingFieldWithDefault/basic.sql',
      'postgres-language-server addingFieldWithDefault/non_volatile_default.sql',
      'postgres-language-server addingFieldWithDefault/volatile_default.sql',
      'pgfence should detect ADD COLUMN with function DEFAULT as HIGH risk',
    ],
  },
  {
    right: 'ours',
    why: '`varchar` to a longer one or to `text` rewrites nothing, with USING and a cast of the same type or without.',
    of: [
      'squawk changing-column-type: err',
      'squawk changing-column-type: another_err',
      'pgfence should detect ALTER COLUMN TYPE to text as LOW risk when schema proves the source type is text-family',
    ],
  },
  {
    right: 'ours',
    why: 'A foreign key in ADD COLUMN without a default looks at no row: all are NULL.',
    of: [
      'squawk adding-foreign-key-constraint: add_column_references_lock',
      'pgfence should preserve schema-qualified referenced tables for inline ADD COLUMN REFERENCES',
    ],
  },
  {
    right: 'ours',
    why: 'A new domain has no columns, so its CHECK looks at no row.',
    of: [
      'squawk ban-create-domain-with-constraint: err',
      'squawk ban-create-domain-with-constraint: err_with_multiple_constraints',
      'pgfence should detect CREATE DOMAIN with constraint (ban-create-domain-with-constraint)',
    ],
  },
  {
    right: 'ours',
    why: 'ALTER DOMAIN … SET NOT NULL reads every table that has a column of the domain, as ADD CONSTRAINT does.',
    of: ['squawk ban-alter-domain-with-add-constraint: ok'],
  },
  {
    right: 'ours',
    why: 'A file that is sent as one query is one transaction even where it says COMMIT in front of CONCURRENTLY: Postgres refuses it.',
    of: ['squawk ban-concurrent-index-creation-in-transaction: assuming_in_transaction_ok_also'],
  },
  {
    right: 'ours',
    why: 'A primary key USING INDEX scans only if a column may be NULL, and here it is known that none may.',
    of: ['eugene test_add_pk_using_index'],
  },
  {
    right: 'ours',
    why: 'Run again, these do no harm, or stop nothing: NOT NULL and row security that are there already, a script of one statement.',
    of: [
      'squawk prefer-robust-stmts: alter_column_set_not_null',
      'squawk prefer-robust-stmts: enable_row_level_security_err',
      'squawk prefer-robust-stmts: enable_row_level_security_without_exists_check_err',
      'squawk prefer-robust-stmts: disable_row_level_security_err',
      'postgres-language-server preferRobustStmts/drop_without_if_exists.sql',
    ],
  },
  {
    right: 'ours',
    why: 'CREATE INDEX without a name makes a second index when it runs again.',
    of: ['squawk prefer-robust-stmts: create_index_concurrently_unnamed_ok'],
  },
  {
    right: 'ours',
    why: 'These lock no table: CREATE TYPE; or only against other DDL: COMMENT, VACUUM that is not full; or a table that the file makes.',
    of: [
      'squawk require-timeout-settings: err_other_ddl_operations',
      'squawk require-timeout-settings: err_comment_on_explains_lock_impact',
      'squawk require-timeout-settings: err_vacuum_full_false_uses_non_full_lock',
      'squawk require-timeout-settings: fix_multiple_ddl_statements',
      'postgres-language-server multipleAlterTable/three_alters.sql',
    ],
  },
  {
    right: 'ours',
    why: 'LOCK TABLE outside of a transaction fails, which `explicit-lock` says; a timeout would not help.',
    of: ['squawk require-timeout-settings: err_lock_access_share_uses_correct_article'],
  },
  {
    right: 'ours',
    why: 'BEGIN … COMMIT in a file that Prisma sends as one query nests nothing.',
    of: ['postgres-language-server transactionNesting/begin_commit_combined.sql'],
  },
  {
    right: 'ours',
    why: 'An enum value that is only added, and not used in the same transaction, is harmless since Postgres 12.',
    of: ['postgres-language-server avoidAlterEnumAddValue/basic.sql'],
  },
  {
    right: 'ours',
    why: 'Without CASCADE Postgres drops no schema that holds anything.',
    of: ['postgres-language-server banDropSchema/basic.sql', 'pgfence should detect DROP SCHEMA'],
  },
  {
    right: 'ours',
    why: 'A primary key that is dropped and made again in one transaction leaves the table with its replica identity.',
    of: ['migrationpilot agent-flavored/a06-payments-bigint-migration.sql replication-identity-break'],
  },
  {
    right: 'ours',
    why: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS keeps an index that a failed build left invalid; MigrationPilot calls the same a hazard.',
    of: ['pgfence should pass safe migration patterns with SAFE/LOW risk'],
  },
  {
    right: 'ours',
    why: 'A temporary table is gone with the session that failed, so making it again is no error.',
    of: ['squawk prefer-robust-stmts: create_temp_table_without_on_commit_drop_err'],
  },
  {
    right: 'policy',
    why: 'An index that is built under an ACCESS EXCLUSIVE lock blocks reads, too: `blocking-index` says so of the statement, as one finding.',
    of: ['postgres-language-server runningStatementWhileHoldingAccessExclusive/create_index_after_alter.sql'],
  },
  {
    right: 'policy',
    why: 'We ask for a statement timeout (opt-in) only where a statement reads or writes a whole table, not for a change of the catalog that takes a moment.',
    of: [
      'squawk require-timeout-settings: err_missing_statement_timeout',
      'squawk require-timeout-settings: fix_add_statement_timeout_only',
      'squawk require-statement-timeout: err_only_statement_timeout_rule_enabled',
      'postgres-language-server requireStatementTimeout/basic.sql',
      'postgres-language-server requireStatementTimeout/drop_table.sql',
      'postgres-language-server requireStatementTimeout/reset_after_commit.sql',
      'postgres-language-server requireStatementTimeout/truncate.sql',
      'pgfence should detect missing statement_timeout as policy violation',
      'pgfence should clear policy compliance when RESET or DEFAULT is used missing-statement-timeout',
      'pgfence should warn when statement_timeout exceeds threshold',
    ],
  },
  {
    right: 'policy',
    why: 'How long a lock timeout may be is for the project to say; that there is one is what we ask.',
    of: ['pgfence should warn when lock_timeout exceeds threshold'],
  },
  {
    right: 'policy',
    why: 'A plain CREATE INDEX is one finding of ours, `blocking-index`, whose fix needs no lock timeout.',
    of: [
      'eugene test_no_locktimeout_create_index',
      'postgres-language-server lockTimeoutWarning/create_index_without_timeout.sql',
    ],
  },
  {
    right: 'policy',
    why: 'Two statements that each take a moment may stay two; we ask to combine only those that scan or rewrite.',
    of: [
      'eugene test_altered_table_several_times',
      'postgres-language-server multipleAlterTable/mixed_schema_notation.sql',
      'postgres-language-server multipleAlterTable/with_schema.sql',
    ],
  },
  {
    right: 'policy',
    why: 'Two tables that are locked for a moment each are what every migration of two models does.',
    of: [
      'postgres-language-server avoidWideLockWindow/basic.sql',
      'pgfence should detect wide lock window in SQL migration',
    ],
  },
  {
    right: 'policy',
    why: 'A query or a single row written behind ALTER TABLE holds the lock a moment longer; we speak of work that grows with the table.',
    of: [
      'eugene E4 bad',
      'postgres-language-server runningStatementWhileHoldingAccessExclusive/basic.sql',
      'postgres-language-server runningStatementWhileHoldingAccessExclusive/insert_after_alter.sql',
    ],
  },
  {
    right: 'policy',
    why: 'Making or dropping a trigger blocks for a moment; what is worth a finding is a trigger that is switched off.',
    of: [
      'postgres-language-server avoidCreateTrigger/basic.sql',
      'postgres-language-server avoidEnableDisableTrigger/basic.sql',
      'postgres-language-server banDropTrigger/basic.sql',
      'pgfence should detect CREATE TRIGGER as MEDIUM risk with SHARE ROW EXCLUSIVE',
      'pgfence should detect DROP TRIGGER as MEDIUM risk with ACCESS EXCLUSIVE',
      'pgfence should report CREATE TRIGGER blocks writes but not reads (SHARE ROW EXCLUSIVE)',
    ],
  },
  {
    right: 'policy',
    why: 'Every TRUNCATE loses rows, with CASCADE or without.',
    of: ['squawk ban-truncate-cascade: ok'],
  },
  {
    right: 'policy',
    why: 'VACUUM FULL, CLUSTER and REINDEX SYSTEM stop production in every version; squawk only speaks where it has another command to offer.',
    of: [
      'squawk prefer-repack: cluster_below_pg19_ok',
      'squawk prefer-repack: vacuum_full_below_pg19_ok',
      'squawk require-concurrent-reindex: reindex_system_ok',
    ],
  },
  {
    right: 'policy',
    why: 'The script works; on Prisma 7.4 and later a statement that fails in its middle leaves it half done, which is medium for us and not asked there.',
    of: [
      'squawk ban-concurrent-index-creation-in-transaction: squawk_disable_assume_in_transaction_overrides',
      'migrationpilot safe/s05-foreign-key-not-valid-then-validate.sql',
      'migrationpilot safe/s06-unique-via-concurrent-index.sql',
      'migrationpilot safe/s10-column-type-expand-step1.sql',
      'migrationpilot agent-flavored/a08-agent-got-it-right.sql',
    ],
  },
  {
    right: 'policy',
    why: 'An UPDATE with a condition may be of few rows or of all; we speak of those that have none.',
    of: ['migrationpilot agent-flavored/a02-order-status-enum.sql unbatched-backfill'],
  },
  {
    right: 'case',
    why: 'CONCURRENTLY beside another statement fails there, and that is what we say of the script.',
    of: ['postgres-language-server preferRobustStmts/basic.sql'],
  },
  {
    right: 'case',
    why: 'The file has no BEGIN; where a statement is a transaction of its own, it holds no lock for the next.',
    of: ['pgfence should warn on multiple ACCESS EXCLUSIVE statements compounding danger'],
  },
  {
    right: 'case',
    why: 'The function does not exist with these arguments.',
    of: ['squawk adding-field-with-default: default_random_with_args_err'],
  },
  {
    right: 'case',
    why: 'The name is cut in the same way where the table was made, so DROP TABLE finds it.',
    of: ['squawk identifier-too-long: drop_table_long_name_err'],
  },
  {
    right: 'case',
    why: 'The second ADD CONSTRAINT fails at once, because its index is taken.',
    of: ['squawk prefer-robust-stmts: double_add_after_drop_err'],
  },
  {
    right: 'case',
    why: 'One rule of ours stands for both of theirs.',
    of: ['eugene test_add_pk_with_using_index', 'pgfence should NOT fire rename-schema on RENAME TABLE'],
  },
];

export const judgementOf = (tool, name, rule) =>
  judgements.find(({ of }) => of.includes(`${tool} ${name}`) || of.includes(`${tool} ${name} ${rule}`));
