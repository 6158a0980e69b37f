// A generator that does nothing: what `prisma generate` costs without an audit.
import helper from '@prisma/generator-helper';

helper.generatorHandler({
  onManifest: () => ({ defaultOutput: '.', prettyName: 'nothing' }),
  onGenerate: () => Promise.resolve(),
});
