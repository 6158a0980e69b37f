// What bench/rules.mjs runs, bundled as the command lines are.
export { audit } from '@migrate-lint/core';
export * as lint from 'migrate-lint';
export * as generator from 'prisma-generator-audit';
