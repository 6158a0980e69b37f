/** @type {import('@prisma/config').PrismaConfig} */
export default {
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
};
