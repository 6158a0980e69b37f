import { afterAll, jest } from '@jest/globals';
import type * as testing from '../src/testing.ts';
import type { Database } from '../src/database/database.ts';

/**
 * `auditOf` on one embedded database for a whole test file, emptied between the audits: starting one takes longer than replaying a small
 * history. Those that want extensions start their own.
 */
export async function pooledTesting(): Promise<Pick<typeof testing, 'auditOf'>> {
  const { openEmbedded } = await import('../src/database/embedded.ts');
  let pooled: Promise<Database> | undefined;
  jest.unstable_mockModule('../src/database/embedded.ts', () => ({
    openEmbedded: async (extensions: readonly string[]): Promise<Database> => {
      if (extensions.length > 0) return openEmbedded(extensions);
      pooled ??= openEmbedded([]);
      const database = await pooled;
      return { ...database, close: () => database.execute(empty) };
    },
  }));
  afterAll(async () => {
    await (await pooled)?.close();
  });
  return import('../src/testing.ts');
}

const empty = `RESET ALL; RESET ROLE;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP;
  FOR name IN SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> current_user LOOP
    EXECUTE format('DROP OWNED BY %I; DROP ROLE %I', name, name);
  END LOOP;
  CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC;
END $$;`;
