-- Every writer was in UTC, so that is what the old values mean.
SET LOCAL timezone = 'UTC';

DO $$
DECLARE
  stamp record;
BEGIN
  FOR stamp IN
    SELECT c.table_name, c.column_name
    FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public'
      AND t.table_type = 'BASE TABLE'
      AND c.data_type = 'timestamp without time zone'
      AND c.table_name <> '_prisma_migrations'
    ORDER BY c.table_name, c.column_name
  LOOP
    EXECUTE format(
      'ALTER TABLE %I ALTER COLUMN %I SET DATA TYPE timestamptz(3)',
      stamp.table_name,
      stamp.column_name
    );
  END LOOP;
END
$$;
