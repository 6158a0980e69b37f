import { defineRule } from '@migrate-lint/core';
import { code } from '../places.ts';

export default defineRule({
  id: 'history/provider-mismatch',
  level: 'critical',
  category: 'migrations',
  needs: ['schema', 'migrations'],
  docs: {
    summary: 'The migrations were written for another kind of database than the schema names.',
    why: `\`prisma migrate\` refuses to run (P3019) when the provider in \`migration_lock.toml\` is not the one of the datasource, and it is
right: the SQL of one database does not run on another, or does something else. A project that moves to another database archives
its migrations and starts a new history.`,
    bad: `# migration_lock.toml
provider = "mysql"
// schema.prisma
datasource db {
  provider = "postgresql"
}
model User {
  id Int @id
}`,
    good: `# migration_lock.toml
provider = "postgresql"
// schema.prisma
datasource db {
  provider = "postgresql"
}
model User {
  id Int @id
}`,
    guards: [
      '`postgres` is a name for `postgresql`.',
      'A lock file without a provider is `history/missing-lock-file`.',
    ],
  },

  subjects: ({ migrations: { lockFile } }) =>
    lockFile?.provider === undefined ? [] : [{ path: lockFile.span.file, lockFile }],
  check: ({ lockFile: { provider = '', span } }, { schema }) => {
    const written = provider === 'postgres' ? 'postgresql' : provider;
    if (written === schema.provider) return undefined;
    return {
      span,
      message: `The migrations are for ${code(provider)} and the schema is for ${code(schema.provider)}, so ${code('prisma migrate')} refuses to run (P3019).`,
      related: [{ message: 'the provider of the schema', span: schema.datasource }],
    };
  },
});
