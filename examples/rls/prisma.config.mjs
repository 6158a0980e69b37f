/** @type {import('@prisma/config').PrismaConfig} */
export default {
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
};
