import { extensionsIn } from './extensions.ts';

/** What a hosting platform puts into every database before the first migration runs. */
export interface Prelude {
  readonly sql: string;
  /** The schemas that are the platform's and not the project's. */
  readonly schemas: readonly string[];
  /** The extensions that the platform installs and no migration asks for. */
  readonly extensions: readonly string[];
}

export const noPrelude: Prelude = { sql: '', schemas: [], extensions: [] };

/**
 * The objects that Supabase histories expect (https://supabase.com/docs/guides/database/postgres/roles and …/auth/managing-user-data),
 * if this history speaks of them and does not make them itself. Columns of the platform's tables are those that projects refer to.
 */
export function preludeFor(history: string): Prelude {
  const schemas = ['auth', 'storage', 'extensions', 'realtime', 'vault'].filter(
    schema =>
      new RegExp(`\\b"?${schema}"?\\s*\\.|\\bschema\\s+"?${schema}"?\\b`, 'i').test(history) &&
      !new RegExp(`create\\s+schema\\s+(if\\s+not\\s+exists\\s+)?"?${schema}"?`, 'i').test(history) &&
      (schema !== 'auth' || /\bauth"?\s*\.\s*"?(uid|jwt|role|email|users)\b/i.test(history)),
  );
  const made = schemas.includes('extensions')
    ? Object.keys(installed).filter(name => installed[name]?.test(history) && !isMadeAnew(name, history))
    : [];
  const sql = [
    ...schemas.map(schema => `CREATE SCHEMA "${schema}"; ${contents[schema] ?? ''}`),
    ...made.map(name => `CREATE EXTENSION "${name}" SCHEMA extensions;`),
    ...(made.length > 0 ? ['SET search_path = "$user", public, extensions;'] : []),
  ];
  const own = extensionsIn(history);
  return { schemas, extensions: made.filter(name => !own.includes(name)), sql: sql.join('\n') };
}

/** `CREATE EXTENSION` without IF NOT EXISTS fails where it is installed, so there it was not. */
function isMadeAnew(name: string, history: string): boolean {
  return new RegExp(`\\bcreate\\s+extension\\s+"?${name}"?`, 'i').test(history);
}

/** What Supabase installs into the schema `extensions`, by the functions of it that a history calls there. */
const installed: Readonly<Record<string, RegExp>> = {
  'uuid-ossp': /\bextensions"?\s*\.\s*"?uuid_/i,
  pgcrypto: /\bextensions"?\s*\.\s*"?(?:crypt|gen_salt|gen_random_bytes|digest|hmac|encrypt|decrypt|pgp_\w+)\b/i,
};

const contents: Readonly<Record<string, string>> = {
  auth: `
    CREATE TABLE auth.users (id uuid PRIMARY KEY, email text, phone text, raw_app_meta_data jsonb, raw_user_meta_data jsonb,
      email_confirmed_at timestamptz, last_sign_in_at timestamptz, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz);
    CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$;
    CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('request.jwt.claim.role', true) $$;
    CREATE FUNCTION auth.email() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('request.jwt.claim.email', true) $$;
    CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;`,
  storage: `
    CREATE TABLE storage.buckets (id text PRIMARY KEY, name text NOT NULL, owner uuid, public boolean DEFAULT false, file_size_limit bigint,
      allowed_mime_types text[], created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
    CREATE TABLE storage.objects (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), bucket_id text REFERENCES storage.buckets, name text, owner uuid,
      metadata jsonb, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
    CREATE FUNCTION storage.foldername(name text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$ SELECT (string_to_array(name, '/'))[1:array_length(string_to_array(name, '/'), 1) - 1] $$;
    CREATE FUNCTION storage.filename(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT split_part(name, '/', -1) $$;`,
};
