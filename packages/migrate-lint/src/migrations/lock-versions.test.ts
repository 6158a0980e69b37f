import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lockReaders } from './lock-versions.ts';

const texts = [
  '{"lockfileVersion":3,"packages":{"node_modules/prisma":{"version":"7.1.0"}},"dependencies":{"prisma":{"version":"7.1.0"}}}',
  "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    devDependencies:\n      prisma:\n        specifier: ^7\n        version: 7.1.0(a@1)\n",
  'prisma@^7.0.0, "prisma@npm:^7":\n  version "7.1.0"\n  dependencies:\n    a "1"\n',
  '{\n  "packages": {\n    "prisma": ["prisma@7.1.0", "", {}, "sha512-x=="],\n  },\n}\n',
];

/** A text with pieces of it taken out, doubled or replaced. */
const mutated = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(fc.tuple(fc.nat(300), fc.nat(40), fc.string({ maxLength: 8 })), { maxLength: 6 }),
  )
  .map(([text, cuts]) =>
    cuts.reduce((now, [at, length, piece]) => now.slice(0, at) + piece + now.slice(at + length), text),
  );

test.each(Object.entries(lockReaders))(
  '%s: whatever stands in it, the reader ends with a text or nothing',
  (_file, read) => {
    fc.assert(
      fc.property(mutated, fc.constantFrom('.', 'packages/db', '..'), (text, folder) => {
        const found = read(text, { name: 'prisma', folder, range: '^7', workspace: 'app' });
        expect(['string', 'undefined']).toContain(typeof found);
      }),
      { numRuns: 300 },
    );
  },
);

test.each(Object.entries(lockReaders))('%s: a long file is read in a moment', (_file, read) => {
  const start = performance.now();
  for (const piece of ['prisma@^7, ', '  prisma:\n', '"prisma": ["prisma@', ' ', '\n', '"'])
    read(piece.repeat(200_000), { name: 'prisma', folder: '.', range: '^7', workspace: undefined });
  expect(performance.now() - start).toBeLessThan(10_000);
});
