/**
 * What a Prisma config imports where dotenv is not installed, as in a job that runs before the packages are there. What it
 * would set is the url, which is not needed.
 */
export function config(): { readonly parsed: Readonly<Record<string, string>> } {
  return { parsed: {} };
}

export default { config };
