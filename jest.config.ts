/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const project = (name: string, rootDir: string): Config => ({
  displayName: name,
  rootDir,
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        jsc: { target: 'es2023', parser: { syntax: 'typescript' }, transform: { useDefineForClassFields: false } },
      },
    ],
  },
  testEnvironmentOptions: { customExportConditions: ['@migrate-lint/source', 'node', 'node-addons'] },
});

const config: Config = {
  // A fresh database takes most of a second, and two cores are shared.
  testTimeout: 120_000,
  maxWorkers: '100%',
  projects: [
    project('core', '<rootDir>/packages/core'),
    project('generator-audit', '<rootDir>/packages/generator-audit'),
    project('migrate-lint', '<rootDir>/packages/migrate-lint'),
    project('examples', '<rootDir>/examples'),
  ],
};

export default config;
