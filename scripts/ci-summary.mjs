// Closes a CI run with jest's own counts: `N passed, N failed`, and `, N skipped` where tests did not run.
import { readFileSync } from 'node:fs';

const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
);
// A suite that could not be loaded has no tests to count, and must not pass unseen.
const failed = numFailedTests + numRuntimeErrorTestSuites;
const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
console.log(`${numPassedTests} passed, ${failed} failed${skipped}`);
process.exitCode = failed > 0 || numPassedTests === 0 ? 1 : 0;
