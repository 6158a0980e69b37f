const core = '^packages/core/src/';
const tests = '(\\.test\\.ts$|/test/)';
const heavy = '(@prisma/|@electric-sql/|libpg-query|pg/|pg-[a-z]+/|typescript/|ts-morph/|commander/)';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment:
        'Files in a circle can only be understood together; facts flow from sources through rules to the report.',
      from: {},
      // Types may name each other; nothing runs in a circle.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment:
        'A file that nobody imports is dead, or somebody forgot to register a rule; absent-dotenv is loaded by its place.',
      from: { orphan: true, pathNot: [tests, '/(index|bin|absent-dotenv)\\.ts$', '\\.d\\.ts$', '/facts/'] },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'What cannot be resolved here cannot be resolved by whoever installs the package.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'only-declared-dependencies',
      severity: 'error',
      comment: 'A library that the package does not declare is there by accident of hoisting.',
      from: { path: '^packages/[^/]+/src/', pathNot: tests },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
    {
      name: 'packages-by-name',
      severity: 'error',
      comment: 'Packages are installed apart, so they meet through their names and exports and never through a path.',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local', 'localmodule'] },
    },
    {
      name: 'core-knows-no-parser',
      severity: 'error',
      comment:
        'Core is what every package installs: it knows no Prisma, no SQL parser, no database and no TypeScript compiler.',
      from: { path: core },
      to: { path: `node_modules/${heavy}` },
    },
    {
      name: 'core-knows-no-package',
      severity: 'error',
      comment: 'The packages depend on core; the other way round would be a circle.',
      from: { path: core },
      to: { path: '^packages/(?!core/)' },
    },
    {
      name: 'generator-knows-no-database',
      severity: 'error',
      comment:
        'The generator runs in every `prisma generate` and must stay light: no SQL parser and no embedded Postgres.',
      from: { path: '^packages/generator-audit/src/' },
      to: { path: ['^packages/migrate-lint/', 'node_modules/(@electric-sql|libpg-query|pg)/'] },
    },
    {
      name: 'rules-read-facts-only',
      severity: 'error',
      comment:
        'A rule is a question to the facts: core, the edits of its package, the words of its group and zod are all that it needs.',
      from: { path: '^packages/([^/]+)/src/rules/', pathNot: tests },
      to: {
        pathNot: [
          '^packages/core/',
          '^packages/$1/src/rules/',
          '^packages/$1/src/edits(?:\\.ts$|/)',
          'node_modules/zod/',
        ],
      },
    },
    {
      name: 'reporters-only-format',
      severity: 'error',
      comment:
        'A reporter turns a report into text; files, environment and output belong to sources, config, the command line and the generator.',
      from: { path: '/src/reporters/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'reporters-know-the-report',
      severity: 'error',
      comment: 'A reporter that imports the engine would tempt the engine to wait for it; types and spans are enough.',
      from: { path: '/src/reporters/', pathNot: tests },
      to: { path: core, pathNot: `${core}(reporters/|report\\.ts|rule\\.ts|facts/)` },
    },
    {
      name: 'no-reading-outside-sources',
      severity: 'error',
      comment:
        'The engine runs on facts in memory; of core only config, baseline and testing read files, background starts threads, and folders and compiled-code keep what was computed.',
      from: { path: core, pathNot: [tests, `${core}(config|baseline|testing|background|folders|compiled-code)\\.ts$`] },
      to: { path: '^(node:)?(fs|child_process|net|http|https|process|worker_threads)(/|$)' },
    },
    {
      name: 'zod-off-the-hot-path',
      severity: 'error',
      comment:
        'Loading zod takes a tenth of a warm run; in core it waits until there is a config file or a docs page to make.',
      from: { path: core, pathNot: [tests, `${core}(config-schema|docs)\\.ts$`] },
      to: { path: 'node_modules/zod/', dependencyTypesNot: ['type-only', 'dynamic-import'] },
    },
    {
      name: 'heavy-modules-later',
      severity: 'error',
      comment: 'A library for one reporter or one kind of config file is loaded when it is asked for.',
      from: { path: `${core}(index|run|check|config|reporters/index)\\.ts$` },
      to: {
        path: ['node_modules/(c12|@babel)/', `${core}reporters/(pretty|frame|github|json|verified)\\.ts$`],
        dependencyTypesNot: ['type-only', 'dynamic-import'],
      },
    },
    {
      name: 'no-tests-in-code',
      severity: 'error',
      comment: 'Tests are not shipped.',
      from: { pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tools.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@migrate-lint/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.d.ts'],
    },
  },
};
